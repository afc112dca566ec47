import { defineRule } from "../../../findings/rule";
import type { Uncovered } from "../../../iam/comparison/coverage";
import { conditionKind, lostText } from "../../condition-words";
import { shownName } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import { worse } from "../../weight";
import { openness } from "./openness";
import type { TrustGain } from "./trust-gain";

export const TRUST_CONDITION_LOST = defineRule({
  id: "trust-condition-lost",
  area: "review",
  title: "A role is assumed on weaker conditions than before",
  severities: ["critical", "high", "medium"],
  why: "MFA, its age, the network, the external id and the claims of a token are what keeps a stolen credential, a confused service or another repository from the role. MFA and claims weigh critical, networks and external ids high, others medium; for an administrator role at least high.",
  example: {
    before: '"Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }',
    after: '"Condition": {}',
  },
  remedy: "Put the condition back into the trust policy, as strict as it was.",
  reference: {
    title: "AWS global condition context keys",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  },
  since: "0.1.0",
});

export function trustConditionLost(gain: TrustGain, but: NonNullable<Uncovered["but"]>): Draft {
  const { context, difference, base } = gain;
  const severity = but.clauses
    .map((clause) => conditionKind(clause).severity)
    .reduce(worse, openness(gain) ?? "medium");
  return {
    ...base,
    rule: TRUST_CONDITION_LOST,
    severity: context.settings.isAdministrator(context.after) ? worse(severity, "high") : severity,
    category: "conditions",
    predicate: `may assume role ${shownName(context.after.name)} ${lostText(but.clauses, difference.grant.clauses)}`,
  };
}
