import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import { guardWords } from "./guard-statement";
import type { LostDeny } from "./lost-deny";

export const GUARD_WEAKENED = defineRule({
  id: "guard-weakened",
  area: "review",
  title: "A guard denies less than it did",
  severities: ["critical"],
  why: "A further network, a spared action, another operator: each is a way around the guard for a stolen key. `Bool` instead of `BoolIfExists` is the usual mistake, because a long-term key sends no aws:MultiFactorAuthPresent at all.",
  example: {
    before: '"BoolIfExists": { "aws:MultiFactorAuthPresent": "false" }',
    after: '"Bool": { "aws:MultiFactorAuthPresent": "false" }',
  },
  remedy: "Restore the guard: it is what keeps long-term keys without MFA, and other networks, out.",
  reference: {
    title: "AWS global condition context keys: aws:MultiFactorAuthPresent",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent",
  },
  since: "0.1.0",
});

export function guardWeakened({ difference, base, isDenied }: LostDeny): Draft {
  return {
    ...base,
    rule: GUARD_WEAKENED,
    severity: "critical",
    category: "guard-rails",
    predicate: `${guardWords(difference.grant.clauses, "less strictly")}${isDenied}`,
  };
}
