import type { Construct } from "constructs";
import { StateBucket } from "../constructs/state-bucket";
import type { S3BackendSettings } from "../environment/backend";
import type { Environment } from "../environment/environment";
import { AccountStack } from "./account-stack";

/**
 * The bucket that keeps the other stacks' state: `<environment>-state-backend`. Its own state is a local file, as the
 * bucket cannot hold the state that makes it; it names nothing but the bucket.
 */
export class StateBackendStack extends AccountStack {
  constructor(scope: Construct, environment: Environment, backend: S3BackendSettings) {
    super(scope, environment, "state-backend", {
      backend: { type: "local", directory: "state" },
      region: backend.region,
    });
    new StateBucket(this, "state", {
      bucketName: backend.bucket,
      partition: environment.partition,
      kmsKeyArn: backend.kmsKeyArn,
    });
  }
}
