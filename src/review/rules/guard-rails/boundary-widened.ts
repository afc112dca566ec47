import { defineRule } from "../../../findings/rule";
import type { Uncovered } from "../../../iam/comparison/coverage";
import type { Draft } from "../../review-finding";
import { statementDiff } from "../../statement-diff";
import { atomsText, weightOf, worse } from "../../weight";
import { type PolicyContext, sameSid } from "../access/policy-context";

export const BOUNDARY_WIDENED = defineRule({
  id: "boundary-widened",
  area: "review",
  title: "A permissions boundary holds back less than it did",
  severities: ["critical", "high"],
  why: "A boundary limits what every policy of the principal can give, also policies that others write for it later. What is inside it now is one statement away from being allowed.",
  example: {
    before: 'boundary: { "Action": ["ec2:*", "s3:Get*"] }',
    after: 'boundary: { "Action": ["ec2:*", "s3:*"] }',
  },
  remedy: "Keep the boundary as narrow as it was.",
  reference: {
    title: "Permissions boundaries for IAM entities",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  },
  since: "0.1.0",
});

export function boundaryWidened(difference: Uncovered, { principal, subject, after }: PolicyContext): Draft {
  const before =
    difference.but?.grant.statement ?? difference.narrower?.statement ?? sameSid(difference, after);
  return {
    rule: BOUNDARY_WIDENED,
    severity: worse(weightOf(difference.atoms).severity, "high"),
    category: "guard-rails",
    address: principal.permissionsBoundary?.address || principal.address,
    subjects: [subject],
    predicate: `is no longer held back by its permissions boundary from ${atomsText(difference.atoms)}`,
    evidence: statementDiff(before, difference.grant.statement),
  };
}
