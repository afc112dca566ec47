import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";

/** IAM has one control plane a partition, and CloudTrail records its events there. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/disaster-recovery-resiliency.html */
const CONTROL_PLANES: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
};

export interface AccountClients {
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly cloudTrail: CloudTrailClient;
  /** Ends their connections. */
  readonly destroy: () => void;
}

/**
 * Clients of one account. Credentials come from the environment variables given, or from where the SDK finds them
 * (profiles, single sign-on, the machine's role).
 *
 * @param partition `aws`, `aws-cn` or `aws-us-gov`
 */
export function accountClients(
  environmentVariables: Readonly<Record<string, string | undefined>>,
  partition: string,
): AccountClients {
  const region = CONTROL_PLANES[partition] ?? "us-east-1";
  const settings = (service: string) => ({
    region,
    maxAttempts: Number(environmentVariables["AWS_MAX_ATTEMPTS"]) || 5,
    ...endpoint(environmentVariables, service),
    ...credentials(environmentVariables),
  });
  const iam = new IAMClient(settings("IAM"));
  const sts = new STSClient(settings("STS"));
  const cloudTrail = new CloudTrailClient(settings("CLOUDTRAIL"));
  return {
    iam,
    sts,
    cloudTrail,
    destroy: () => {
      for (const client of [iam, sts, cloudTrail]) client.destroy();
    },
  };
}

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpoint(variables: Readonly<Record<string, string | undefined>>, service: string) {
  const url = variables[`AWS_ENDPOINT_URL_${service}`] ?? variables["AWS_ENDPOINT_URL"];
  return url === undefined || url === "" ? {} : { endpoint: url };
}

function credentials(variables: Readonly<Record<string, string | undefined>>) {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = variables;
  if (id !== undefined && id !== "" && secret !== undefined) {
    const session = token === undefined || token === "" ? {} : { sessionToken: token };
    return { credentials: { accessKeyId: id, secretAccessKey: secret, ...session } };
  }
  const profile = variables["AWS_PROFILE"];
  return profile === undefined || profile === "" ? {} : { profile };
}
