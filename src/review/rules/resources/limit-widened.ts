import { defineRule } from "../../../findings/rule";
import type { Uncovered } from "../../../iam/comparison/coverage";
import type { Draft } from "../../review-finding";
import { statementDiff } from "../../statement-diff";
import { atomsText } from "../../weight";

export const LIMIT_WIDENED = defineRule({
  id: "limit-widened",
  area: "review",
  title: "A policy that only limits holds back less",
  severities: ["high", "medium"],
  why: "A VPC endpoint policy, a service or resource control policy or a session policy gives nobody anything. What it lets through now is open to whoever is allowed to by other policies. A Deny of a control policy that goes weighs high.",
  example: { before: '"Resource": "arn:aws:s3:::site/*"', after: '"Resource": "*"' },
  remedy: "Keep the limit as narrow as it was.",
  reference: {
    title: "Control access to VPC endpoints using endpoint policies",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
  },
  since: "0.2.0",
});

export function limitWidened(difference: Uncovered, base: Pick<Draft, "address">, whom: string): Draft {
  const { atoms, grant, but } = difference;
  const isDeny = grant.effect === "Deny";
  return {
    ...base,
    rule: LIMIT_WIDENED,
    severity: isDeny ? "high" : "medium",
    category: "guard-rails",
    subjects: [],
    predicate: `${base.address} holds ${whom} back less: ${isDeny ? "no longer denied is" : "let through is"} ${atomsText(atoms)}`,
    evidence: isDeny
      ? statementDiff(grant.statement, but?.grant.statement)
      : statementDiff(but?.grant.statement, grant.statement),
  };
}
