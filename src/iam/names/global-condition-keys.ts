import type { ConditionKey, ConditionKeyType } from "./condition-key";

const WRITTEN: Readonly<Record<ConditionKeyType, string>> = {
  string: `
    aws:CalledViaAWSMCP aws:CalledViaFirst aws:CalledViaLast aws:Ec2InstanceSourceVpc aws:FederatedProvider
    aws:PrincipalAccount aws:PrincipalOrgID aws:PrincipalOrgMasterAccountId aws:PrincipalServiceName
    aws:PrincipalTag/\${TagKey} aws:PrincipalType aws:RequestTag/\${TagKey} aws:RequestedRegion aws:ResourceAccount
    aws:ResourceOrgID aws:ResourceTag/\${TagKey} aws:SourceAccount aws:SourceIdentity aws:SourceOrgID aws:SourceOwner
    aws:SourceVpc aws:SourceVpce aws:UserAgent aws:VpceAccount aws:VpceOrgID aws:referer aws:userid aws:username
    glue:CredentialIssuingService identitystore:UserId`,
  boolean: `
    aws:AssumedRoot aws:IsMcpServiceAction aws:MultiFactorAuthPresent aws:PrincipalIsAWSService aws:SecureTransport
    aws:ViaAWSMCPService aws:ViaAWSService`,
  number: "aws:MultiFactorAuthAge ec2:RoleDelivery",
  date: "aws:CurrentTime aws:EpochTime aws:TokenIssueTime",
  address: "aws:Ec2InstanceSourcePrivateIPv4 aws:SourceIp aws:VpcSourceIp",
  arn: `
    aws:ChatbotSourceArn aws:PrincipalArn aws:SignInSessionArn aws:SourceArn aws:SourceVpcArn codebuild:BuildArn
    codebuild:ProjectArn ec2:SourceInstanceArn lambda:SourceFunctionArn ssm:SourceInstanceArn`,
};
const MANY = `
  aws:CalledVia aws:PrincipalOrgPaths aws:PrincipalServiceNamesList aws:ResourceOrgPaths aws:SourceOrgPaths aws:TagKeys
  aws:VpceOrgPaths`;
/** A service's by its name, and its role session's by meaning; IAM's page gives it no type. */
const ROLE_ASSUMED_BY = "glue:RoleAssumedBy";

const words = (text: string) => text.trim().split(/\s+/);

/**
 * Condition keys that a request of any service may carry: those of IAM, and those of services that follow their
 * sessions everywhere.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const GLOBAL_CONDITION_KEYS: readonly ConditionKey[] = [
  ...Object.entries(WRITTEN).flatMap(([type, names]) =>
    words(names).map((name) => ({ name, type: type as ConditionKeyType, many: false })),
  ),
  ...[...words(MANY)].map((name) => ({ name, type: "string" as const, many: true })),
  { name: ROLE_ASSUMED_BY, type: "string", many: false },
];
