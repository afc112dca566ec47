import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document";

/** Roles of other accounts, and the users of one group who may ask for them. */
export interface AssumableElsewhere {
  readonly roleArns: readonly string[];
  /** ARNs of the users; absent: every member of the group. */
  readonly onlyUserArns?: readonly string[];
  /** Whether the roles ask for a source identity. */
  readonly sourceIdentity: boolean;
}

/**
 * The caller's side of roles in other accounts: exactly these roles, and of a group exactly these members. Within one
 * account the trust policy alone is enough; across accounts both sides must allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function assumeRolesDocument(grants: readonly AssumableElsewhere[]): PolicyDocument {
  return policyDocument(...grants.map(statement));
}

function statement({ roleArns, onlyUserArns, sourceIdentity }: AssumableElsewhere): Statement {
  return {
    Effect: "Allow",
    Action: sourceIdentity ? ["sts:AssumeRole", "sts:SetSourceIdentity"] : "sts:AssumeRole",
    Resource: roleArns,
    ...(onlyUserArns && { Condition: { ArnEquals: { "aws:PrincipalArn": onlyUserArns } } }),
  };
}
