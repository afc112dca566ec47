import { servicePrefixes } from "../actions";
import { isMentionedByAws, mentions } from "./mentioned-by-aws";
import { isRegion } from "./regions";

/**
 * Services that roles trust under a name that is no prefix of actions and that no policy of AWS passes a role to.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
const FURTHER: ReadonlySet<string> = new Set(
  `
    accountdiscovery.ssm airflow-env batchoperations.s3 billingconsole billingreports build.apprunner cks.kms
    cloudwatch-crossaccount comprehend.application-autoscaling custom-resource.application-autoscaling drt.shield edgelambda
    ecs-tasks eks-fargate eks-fargate-pods eks-nodegroup elasticache.application-autoscaling export.rds
    gamelift.application-autoscaling hooks.cloudformation kafka.application-autoscaling logdelivery.elasticloadbalancing
    logger.cloudfront logging.s3 maintenance.s3tables management.chatbot member.org.stacksets.cloudformation monitoring
    neptune.application-autoscaling ops.apigateway opsdatasync.ssm osis-pipelines pinpoint preview-inspector
    replicator.lambda resources.cloudformation scheduler.redshift stacksets.cloudformation storage-lens.s3
    streams.metrics.cloudwatch tagpolicies.tag tasks.apprunner vpc-flow-logs wam
  `
    .trim()
    .split(/\s+/),
);

const SUFFIX = /\.amazonaws\.com(?:\.cn)?$/;

/**
 * Whether roles may trust a service under this name, as far as the lists know: `ec2.amazonaws.com`, with a region
 * (`states.eu-central-1.amazonaws.com`) or the suffix of China too.
 */
export function isServicePrincipal(principal: string): boolean {
  if (!SUFFIX.test(principal)) return false;
  const names = principal.replace(SUFFIX, "").split(".");
  const name = (isRegion(names.at(-1) ?? "") ? names.slice(0, -1) : names).join(".");
  return (
    name !== "" &&
    (FURTHER.has(name) || servicePrefixes().includes(name) || isMentionedByAws(`${name}.amazonaws.com`))
  );
}

/** Names to look for a near one in. */
export function servicePrincipals(): readonly string[] {
  return [
    ...new Set([
      ...[...mentions()].filter((word) => SUFFIX.test(word) && !/[*$/:]/.test(word)),
      ...[...FURTHER, ...servicePrefixes()].map((name) => `${name}.amazonaws.com`),
    ]),
  ];
}
