import { defineRule } from "../../../findings/rule";
import type { Clause } from "../../../iam/comparison/clause";
import { clausesText } from "../../condition-words";
import { shownName } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import type { TrustLoss } from "./trust-loss";

export const TRUST_CONDITION_ADDED = defineRule({
  id: "trust-condition-added",
  area: "review",
  title: "A role is assumed on narrower conditions than before",
  severities: ["info"],
  why: "A stricter trust is no danger to the account; it is told so that whoever needs the role hears of it before the apply.",
  example: {
    before: '"Condition": {}',
    after: '"Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }',
  },
  remedy: "Nothing, if it is meant.",
  since: "0.1.0",
});

export function trustConditionAdded({ role, base }: TrustLoss, added: readonly Clause[]): Draft {
  return {
    ...base,
    rule: TRUST_CONDITION_ADDED,
    severity: "info",
    category: "access",
    predicate: `may assume role ${shownName(role.name)} only on narrower conditions: ${clausesText(added)}`,
    isNote: true,
  };
}
