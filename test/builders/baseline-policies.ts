import { type PolicyDocument, policyDocument, type Statement } from "../../src/iam/policy-document";
import { ACCOUNT } from "./access-graph";

export const NETWORKS = ["203.0.113.0/24", "2001:db8:1::/48"];
export const VPC = "vpc-0a1b2c3d4e5f60718";
const OWN_USER = `arn:aws:iam::${ACCOUNT}:user/baseline/device/\${aws:username}`;
const OWN_MFA = [
  `arn:aws:iam::${ACCOUNT}:mfa/\${aws:username}`,
  `arn:aws:iam::${ACCOUNT}:mfa/\${aws:username}/*`,
];
const ONLY_USERS = { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:user/*` };
const WITH_MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

/** What a guard in its strict form denies: other networks, no MFA, federation tokens. */
export const guardStatements: readonly Statement[] = [
  {
    Sid: "DenyOutsideAllowedNetworks",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: {
      NotIpAddressIfExists: { "aws:SourceIp": NETWORKS },
      StringNotEqualsIfExists: { "aws:SourceVpc": [VPC] },
      BoolIfExists: { "aws:ViaAWSService": "false" },
      ArnLike: ONLY_USERS,
    },
  },
  {
    Sid: "DenyMostActionsWithoutMfa",
    Effect: "Deny",
    NotAction: [
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:GetMFADevice",
      "iam:GetUser",
      "iam:ListMFADevices",
      "iam:ListVirtualMFADevices",
      "iam:ResyncMFADevice",
      "sts:GetSessionToken",
    ],
    Resource: "*",
    Condition: {
      BoolIfExists: { "aws:MultiFactorAuthPresent": "false", "aws:ViaAWSService": "false" },
      ArnLike: ONLY_USERS,
    },
  },
  { Sid: "DenyFederationTokens", Effect: "Deny", Action: "sts:GetFederationToken", Resource: "*" },
];

/** What common recipes have instead of `BoolIfExists` and "false": it never fires for an access key. */
export const recipeGuardStatement: Statement = {
  Sid: "RecipeGuard",
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
};

export const guardPolicy: PolicyDocument = policyDocument(...guardStatements);

export const selfServicePolicy: PolicyDocument = policyDocument(
  {
    Sid: "ManageOwnKeysAndReadOwnMfa",
    Effect: "Allow",
    Action: [
      "iam:GetUser",
      "iam:ListAccessKeys",
      "iam:GetAccessKeyLastUsed",
      "iam:CreateAccessKey",
      "iam:UpdateAccessKey",
      "iam:DeleteAccessKey",
      "iam:ListMFADevices",
      "iam:GetMFADevice",
      "iam:EnableMFADevice",
      "iam:ResyncMFADevice",
    ],
    Resource: OWN_USER,
  },
  {
    Sid: "DeactivateOwnMfaOnlyWithMfa",
    Effect: "Allow",
    Action: "iam:DeactivateMFADevice",
    Resource: OWN_USER,
    Condition: WITH_MFA,
  },
  { Sid: "CreateOwnVirtualMfa", Effect: "Allow", Action: "iam:CreateVirtualMFADevice", Resource: OWN_MFA },
  {
    Sid: "DeleteOwnVirtualMfaOnlyWithMfa",
    Effect: "Allow",
    Action: "iam:DeleteVirtualMFADevice",
    Resource: OWN_MFA,
    Condition: WITH_MFA,
  },
  { Sid: "ListVirtualMfaForEnrolment", Effect: "Allow", Action: "iam:ListVirtualMFADevices", Resource: "*" },
);

/** A human role's trust: listed users, recent MFA, allowed networks. */
export function humanTrustStatement(userArns: readonly string[]): Statement {
  return {
    Sid: "AllowListedUsersWithRecentMfaFromAllowedNetworks",
    Effect: "Allow",
    Principal: { AWS: userArns },
    Action: "sts:AssumeRole",
    Condition: {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThanEquals: { "aws:MultiFactorAuthAge": "3600" },
      IpAddress: { "aws:SourceIp": NETWORKS },
    },
  };
}

export const GITHUB = "token.actions.githubusercontent.com";

/** The trust of a role that GitHub workflows of one environment assume. */
export function githubTrustStatement(parts: Partial<Statement> = {}): Statement {
  return {
    Sid: "GitHubApplyFromProtectedEnvironment",
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${GITHUB}:aud`]: "sts.amazonaws.com",
        [`${GITHUB}:sub`]: [
          "repo:octo-org/iam-baseline:environment:prod",
          "repo:octo-org@123456/iam-baseline@456789:environment:prod",
        ],
        [`${GITHUB}:repository_id`]: "456789",
      },
    },
    ...parts,
  };
}
