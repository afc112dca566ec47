import { defineRule } from "../../../findings/rule";
import type { User } from "../../../iam/graph";
import { subjectOf } from "../../principals/placed-policies";
import { type Draft, listed } from "../../review-finding";

export const GUARD_ESCAPED = defineRule({
  id: "guard-escaped",
  area: "review",
  title: "A user leaves the group that guards it",
  severities: ["critical"],
  why: "The guard is attached to the group. Outside of it the user's long-term access key works without MFA and from any network.",
  example: { before: 'groups = ["developers"]', after: "groups = []" },
  remedy: "Keep the user in a group that carries the guard.",
  since: "0.1.0",
});

export function guardEscaped(user: User, left: readonly string[]): Draft {
  return {
    rule: GUARD_ESCAPED,
    severity: "critical",
    category: "guard-rails",
    address: user.address,
    subjects: [subjectOf(user)],
    predicate: `leaves group ${listed(left)} and with it the guard: no MFA and no network is asked of its keys`,
  };
}
