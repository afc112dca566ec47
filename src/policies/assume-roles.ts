import { type PolicyDocument, policyDocument } from "./policy-document";

/**
 * The caller's side of roles in other accounts: exactly these roles. Within one account the trust policy alone is
 * enough; across accounts both sides must allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function assumeRolesDocument(roleArns: readonly string[], sourceIdentity: boolean): PolicyDocument {
  return policyDocument({
    Sid: "AssumeRolesOfOtherAccounts",
    Effect: "Allow",
    Action: sourceIdentity ? ["sts:AssumeRole", "sts:SetSourceIdentity"] : "sts:AssumeRole",
    Resource: roleArns,
  });
}
