/** Who may do all of these on principals and policies of any name holds the account: the rest can be had with them. */
export const DECISIVE: readonly (readonly [action: string, type: "role" | "user" | "policy"])[] = [
  ["iam:AttachRolePolicy", "role"],
  ["iam:PutRolePolicy", "role"],
  ["iam:UpdateAssumeRolePolicy", "role"],
  ["iam:AttachUserPolicy", "user"],
  ["iam:CreateAccessKey", "user"],
  ["iam:CreatePolicyVersion", "policy"],
];
