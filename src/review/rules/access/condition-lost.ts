import { defineRule } from "../../../findings/rule";
import type { Uncovered } from "../../../iam/comparison/coverage";
import { conditionKind, lostText } from "../../condition-words";
import type { Draft } from "../../review-finding";
import { statementDiff } from "../../statement-diff";
import { worse } from "../../weight";
import type { Gain } from "./gain";

export const CONDITION_LOST = defineRule({
  id: "condition-lost",
  area: "review",
  title: "A permission is no longer held to a condition, or to a weaker one",
  severities: ["critical", "high", "medium", "low"],
  why: "The condition was what kept the permission to callers with MFA, to a network, to a tag or an encrypted request. Without it the same action works for whoever has the credentials. MFA and claims of a token weigh critical, networks and external ids high, others medium.",
  example: {
    before: '"Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }',
    after: '"Condition": {}',
  },
  remedy: "Put the condition back, as strict as it was.",
  reference: {
    title: "IAM JSON policy elements: Condition",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html",
  },
  since: "0.1.0",
});

export function conditionLost(
  { difference, weight, base, text, through }: Gain,
  but: NonNullable<Uncovered["but"]>,
): Draft {
  return {
    ...base,
    rule: CONDITION_LOST,
    severity: but.clauses.map((clause) => conditionKind(clause).severity).reduce(worse, weight.severity),
    category: "conditions",
    predicate: `may do ${text} ${lostText(but.clauses, difference.grant.clauses)}${through}`,
    evidence: statementDiff(but.grant.statement, difference.grant.statement),
  };
}
