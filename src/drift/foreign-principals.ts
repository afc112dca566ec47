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

/**
 * Whether AWS itself made a role, so that nobody here declares it and nobody here can change it. Paths only AWS can use;
 * a name is taken for Control Tower's as long as no more than one account comes in by it.
 *
 * @param strangers whom its trust policy lets in of other accounts
 */
export function isForeignRole({ path, name }: Role, strangers: readonly { readonly who: string }[]): boolean {
  if (AWS_PATHS.some((prefix) => path.startsWith(prefix))) return true;
  const isOneAccount = strangers.length <= 1 && strangers.every(({ who }) => /\baccount \d{12}$/.test(who));
  return CONTROL_TOWER.test(name) && isOneAccount;
}

/**
 * Identity Center's own provider: by its whole name, and by the roles that trust it, which nobody but Identity Center can
 * make in their path.
 */
export function isForeignProvider(arn: string, trusting: readonly Role[]): boolean {
  return (
    /:saml-provider\/AWSSSO_[0-9a-f]+_DO_NOT_DELETE$/.test(arn) &&
    trusting.every(({ path }) => path.startsWith("/aws-reserved/"))
  );
}
