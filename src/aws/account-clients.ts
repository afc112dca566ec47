import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SNSClient } from "@aws-sdk/client-sns";
import { STSClient } from "@aws-sdk/client-sts";
import { awsClient, type ClientSettings } from "./client-factory";
import type { RegionalClients } from "./regional-inventory";

/** IAM has one control plane a partition, and CloudTrail records its events there. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/disaster-recovery-resiliency.html */
const CONTROL_PLANES: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
};

/** Of the many questions of an inventory one that is refused again and again is told, and the others are asked. */
const INVENTORY_ATTEMPTS = 5;
/** A page of a thousand users and their policies takes IAM longer than any single answer. */
const INVENTORY_LIMITS = { connectMs: 5_000, answerMs: 30_000, silentTries: 3 };

export interface AccountClients extends RegionalClients {
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly cloudTrail: CloudTrailClient;
  /** Ends their connections. */
  readonly destroy: () => void;
}

/**
 * Clients of one account: for IAM at its control plane, for functions, schedules and topics in a region.
 *
 * @param partition `aws`, `aws-cn` or `aws-us-gov`
 */
export function accountClients({
  partition,
  ...given
}: ClientSettings & { readonly partition: string }): AccountClients {
  const settings: ClientSettings = { maxAttempts: INVENTORY_ATTEMPTS, ...given };
  const central: ClientSettings = {
    ...settings,
    region: CONTROL_PLANES[partition] ?? "us-east-1",
    limits: INVENTORY_LIMITS,
  };
  const clients = {
    iam: awsClient(IAMClient, "IAM", central),
    sts: awsClient(STSClient, "STS", central),
    cloudTrail: awsClient(CloudTrailClient, "CLOUDTRAIL", central),
    lambda: awsClient(LambdaClient, "LAMBDA", settings),
    scheduler: awsClient(SchedulerClient, "SCHEDULER", settings),
    sns: awsClient(SNSClient, "SNS", settings),
  };
  return {
    ...clients,
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
