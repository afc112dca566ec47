import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document";

export interface GuardSettings {
  /** ARN pattern of every user of the account: makes the policy inert where somebody attaches it to a role. */
  readonly anyUserArn: string;
  /** Deny everything but enrolling MFA and starting an MFA session to callers without MFA. */
  readonly mfa: boolean;
  /** Deny everything from elsewhere than these networks and VPCs; absent: from anywhere. */
  readonly networks?: { readonly cidrs: readonly string[]; readonly vpcs: readonly string[] };
}

/**
 * What a caller without MFA may do at most: enrol a device and start a session. Deleting or deactivating a device,
 * listing users and handling access keys are left out on purpose.
 */
export const ALLOWED_WITHOUT_MFA = [
  "iam:CreateVirtualMFADevice",
  "iam:EnableMFADevice",
  "iam:GetMFADevice",
  "iam:GetUser",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "iam:ResyncMFADevice",
  "sts:GetSessionToken",
] as const;

/**
 * Denies everything from elsewhere than some networks and VPCs, but what services of AWS do on the caller's behalf
 * (`aws:ViaAWSService`, which `aws:CalledVia` goes with): that was looked at on its first hop.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html
 */
export function denyElsewhere(networks: {
  readonly cidrs: readonly string[];
  readonly vpcs: readonly string[];
}): Statement {
  return {
    Sid: "DenyOutsideAllowedNetworks",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: {
      NotIpAddressIfExists: { "aws:SourceIp": networks.cidrs },
      ...(networks.vpcs.length > 0 && { StringNotEqualsIfExists: { "aws:SourceVpc": networks.vpcs } }),
      BoolIfExists: { "aws:ViaAWSService": "false" },
    },
  };
}

/**
 * The guard of human groups. A Deny uses the IfExists form: a long-term access key sends no
 * `aws:MultiFactorAuthPresent` at all, so `Bool` would never deny it. `aws:SourceIp` and `aws:SourceVpc` are never in
 * one request; as both conditions must hold to deny, either an allowed address or an allowed VPC lets a call pass,
 * and neither denies. Calls that a service makes with the user's credentials (`aws:ViaAWSService`) were guarded at
 * their first hop. Federation tokens can carry no MFA and outlive the key, so they are always denied.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
 */
export function guardDocument({ anyUserArn, mfa, networks }: GuardSettings): PolicyDocument {
  const users = { ArnLike: { "aws:PrincipalArn": anyUserArn } };
  const statements: Statement[] = [];
  if (networks !== undefined) {
    const outside = denyElsewhere(networks);
    statements.push({ ...outside, Condition: { ...outside.Condition, ...users } });
  }
  if (mfa) {
    statements.push({
      Sid: "DenyMostActionsWithoutMfa",
      Effect: "Deny",
      NotAction: ALLOWED_WITHOUT_MFA,
      Resource: "*",
      Condition: {
        BoolIfExists: { "aws:MultiFactorAuthPresent": "false", "aws:ViaAWSService": "false" },
        ...users,
      },
    });
  }
  statements.push({
    Sid: "DenyFederationTokens",
    Effect: "Deny",
    Action: "sts:GetFederationToken",
    Resource: "*",
  });
  return policyDocument(...statements);
}
