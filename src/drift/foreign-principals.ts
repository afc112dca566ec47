import type { Role } from "../iam/graph";

/** Paths that only AWS can make roles in: for its services, and for IAM Identity Center. */
const AWS_PATHS = ["/aws-service-role/", "/aws-reserved/"];

/**
 * Roles that AWS Control Tower makes in every account of its landing zone, by their whole names. Names are unique in an
 * account: where Control Tower is in use, nobody else can have one of them.
 *
 * @see https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html
 */
const CONTROL_TOWER =
  /^(?:AWSControlTowerExecution|AWSControlTowerAdmin|AWSControlTowerStackSetRole|AWSControlTowerCloudTrailRole|AWSControlTowerConfigAggregatorRoleForOrganizations|aws-controltower-(?:AdministratorExecutionRole|ConfigRecorderRole|ForwardSnsNotificationRole|ReadOnlyExecutionRole|SecurityAuditRole|CloudWatchLogsRole|AuditAdministratorRole|AuditReadOnlyRole)|stacksets-exec-[0-9a-f]{32})$/;

/** Whether AWS itself made a role, so that nobody here declares it and nobody here can change it. */
export function isForeignRole({ path, name }: Role): boolean {
  return AWS_PATHS.some((prefix) => path.startsWith(prefix)) || CONTROL_TOWER.test(name);
}

/** Identity Center's own provider. */
export function isForeignProvider(arn: string): boolean {
  return /:saml-provider\/AWSSSO_/.test(arn);
}
