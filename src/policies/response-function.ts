import type { Statement } from "../iam/policy-document";

/**
 * What the response may do: end keys of the account's users, and write versions of one policy. UpdateAccessKey has no
 * condition key for the status; the code only ever sends `Inactive`.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export function responseStatements(settings: {
  /** Whose keys may leak: every user of the account. */
  readonly userArns: readonly string[];
  /** The policy that denies sessions. */
  readonly cutoffPolicyArn: string;
}): readonly Statement[] {
  return [
    {
      Sid: "EndLeakedKeys",
      Effect: "Allow",
      Action: ["iam:GetAccessKeyLastUsed", "iam:GetUser", "iam:ListAccessKeys", "iam:UpdateAccessKey"],
      Resource: settings.userArns,
    },
    denySessionsStatement(settings.cutoffPolicyArn),
  ];
}

/** What it takes to cut sessions: versions of that policy, and nothing else. */
export function denySessionsStatement(cutoffPolicyArn: string): Statement {
  return {
    Sid: "DenySessions",
    Effect: "Allow",
    Action: [
      "iam:CreatePolicyVersion",
      "iam:DeletePolicyVersion",
      "iam:GetPolicy",
      "iam:GetPolicyVersion",
      "iam:ListPolicyVersions",
    ],
    Resource: cutoffPolicyArn,
  };
}
