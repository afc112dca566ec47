import { actionsOfService } from "../../iam/actions";

/**
 * Whose actions make a service run code as a role that trusts it, by prefix of the actions. By itself it is the first
 * part of the service principal's name; here stand the principals of which that is not so, or not all.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_passedtoservice
 */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  "ec2.amazonaws.com": [
    "ec2",
    "autoscaling",
    "imagebuilder",
    "elasticbeanstalk",
    "elasticmapreduce",
    "batch",
    "eks",
    "datapipeline",
    "cloud9",
    "opsworks",
  ],
  "spotfleet.amazonaws.com": ["ec2"],
  "spot.amazonaws.com": ["ec2"],
  "ec2fleet.amazonaws.com": ["ec2"],
  "vmie.amazonaws.com": ["ec2"],
  "vpc-flow-logs.amazonaws.com": ["ec2"],
  "dlm.amazonaws.com": ["dlm"],
  "ecs-tasks.amazonaws.com": ["ecs", "batch"],
  "ecs.amazonaws.com": ["ecs"],
  "tasks.apprunner.amazonaws.com": ["apprunner"],
  "build.apprunner.amazonaws.com": ["apprunner"],
  "elasticmapreduce.amazonaws.com": ["elasticmapreduce", "datapipeline"],
  "edgelambda.amazonaws.com": ["lambda", "cloudfront"],
  "lambda.amazonaws.com": ["lambda"],
  "states.amazonaws.com": ["states"],
  "events.amazonaws.com": ["events"],
  "pods.eks.amazonaws.com": ["eks"],
  "credentials.iot.amazonaws.com": ["iot"],
  "airflow-env.amazonaws.com": ["airflow"],
  "airflow.amazonaws.com": ["airflow"],
  "cognito-identity.amazonaws.com": ["cognito-identity"],
  "cognito-idp.amazonaws.com": ["cognito-idp"],
  "member.org.stacksets.cloudformation.amazonaws.com": ["cloudformation"],
  "stacksets.cloudformation.amazonaws.com": ["cloudformation"],
  "kinesisanalytics.amazonaws.com": ["kinesisanalytics"],
  "rolesanywhere.amazonaws.com": ["rolesanywhere"],
  "account-access.amazonaws.com": ["account-access"],
  "opensearchservice.amazonaws.com": ["es", "opensearch"],
  "es.amazonaws.com": ["es"],
  "elasticfilesystem.amazonaws.com": ["elasticfilesystem"],
  "identitystore.amazonaws.com": ["identitystore", "sso"],
  "migrationhub.amazonaws.com": ["mgh"],
  "mobileanalytics.amazonaws.com": ["mobileanalytics"],
  "pinpoint.amazonaws.com": ["mobiletargeting"],
  "macie.amazonaws.com": ["macie2"],
  "elasticbeanstalk.amazonaws.com": ["elasticbeanstalk"],
  "bedrock-agentcore.amazonaws.com": ["bedrock-agentcore"],
};

/**
 * Prefixes of the actions by which a service that a role trusts is set to work: of the principals that have parts
 * (`ops.emr-serverless.amazonaws.com`, `monitoring.rds.amazonaws.com`) those which are services.
 */
export function servicesOfTrust(service: string): readonly string[] {
  const plain = service.replace(/\.cn$/, "").replace(/^([a-z-]+)\.[a-z]{2}(?:-[a-z]+)+-\d\./, "$1.");
  const known = ACTIONS[plain];
  if (known !== undefined) return known;
  const parts = plain.replace(/\.amazonaws\.com$/, "").split(".");
  const prefixes = parts.filter((part) => actionsOfService(part).length > 0);
  return prefixes.length > 0 ? prefixes : [parts[0] ?? plain];
}

/** Service principals that are known by name to run code as roles. */
export const KNOWN_SERVICES: readonly string[] = Object.keys(ACTIONS);
