import {
  type ConditionBlock,
  type PolicyDocument,
  policyDocument,
  type Statement,
} from "../iam/policy-document";

export interface HumanTrustSettings {
  /** ARNs of the users who may assume the role. Never an account, never `*`. */
  readonly userArns: readonly string[];
  /** Oldest MFA that is accepted, in seconds. */
  readonly maxMfaAgeSeconds: number;
  /** Where the role can be assumed from; absent: anywhere. */
  readonly networks?: { readonly cidrs: readonly string[]; readonly vpcs: readonly string[] };
  /** Require the session's source identity to be the user's name. */
  readonly sourceIdentity: boolean;
  /** Require the session's name to be the user's. @default false */
  readonly sessionName?: boolean;
  readonly externalId?: string | undefined;
}

const NAMED_USER = /^arn:aws[a-z-]*:iam::\d{12}:user\/[^*?]+$/;

/**
 * The statements by which listed users assume a role: with MFA (`Bool`, as an Allow must not pass where the key is
 * absent), recent MFA, from an allowed network. One statement for all users; where VPCs are allowed, a second one, as
 * a request holds either an address or a VPC.
 *
 * @throws RangeError where a principal is anything but one user's ARN.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
 */
export function humanTrustStatements(settings: HumanTrustSettings): readonly Statement[] {
  const wrong = settings.userArns.find((arn) => !NAMED_USER.test(arn));
  if (wrong !== undefined) {
    throw new RangeError(
      `a trust policy lists users by their ARN (arn:aws:iam::<account id>:user/<path><name>), got "${wrong}"; name each user`,
    );
  }
  const { networks } = settings;
  if (networks === undefined) return [statement(settings, "AllowListedUsersWithRecentMfa", {})];
  return [
    statement(settings, "AllowListedUsersWithRecentMfaFromAllowedNetworks", {
      IpAddress: { "aws:SourceIp": networks.cidrs },
    }),
    ...(networks.vpcs.length === 0
      ? []
      : [
          statement(settings, "AllowListedUsersWithRecentMfaFromAllowedVpcs", {
            StringEquals: { "aws:SourceVpc": networks.vpcs },
          }),
        ]),
  ];
}

function statement(settings: HumanTrustSettings, sid: string, from: ConditionBlock): Statement {
  const { userArns, maxMfaAgeSeconds, sourceIdentity, sessionName = false, externalId } = settings;
  const equals = {
    ...from["StringEquals"],
    ...(externalId !== undefined && { "sts:ExternalId": externalId }),
    ...(sourceIdentity && { "sts:SourceIdentity": "${aws:username}" }),
    ...(sessionName && { "sts:RoleSessionName": "${aws:username}" }),
  };
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { AWS: userArns },
    Action: sourceIdentity ? ["sts:AssumeRole", "sts:SetSourceIdentity"] : "sts:AssumeRole",
    Condition: {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThanEquals: { "aws:MultiFactorAuthAge": String(maxMfaAgeSeconds) },
      ...from,
      ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    },
  };
}

/** A trust policy of some users alone. */
export function humanTrustDocument(settings: HumanTrustSettings): PolicyDocument {
  return policyDocument(...humanTrustStatements(settings));
}
