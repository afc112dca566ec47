import { defineRule } from "../../../findings/rule";
import type { User } from "../../../iam/graph";
import { shownName } from "../../principals/principal-names";
import type { Pair } from "../../principals/principal-pairs";
import { type Draft, listed } from "../../review-finding";
import { guardEscaped } from "../guard-rails/guard-escaped";
import { isGuarded } from "../guard-rails/guard-statement";
import { aboutIdentity } from "./identity-sides";

export const GROUP_LEFT = defineRule({
  id: "group-left",
  area: "review",
  title: "A user leaves a group",
  severities: ["medium"],
  why: "Guard rails hang on groups: a Deny that is added to the group later does not reach who has left it.",
  example: { before: 'groups = ["developers"]', after: "groups = []" },
  remedy: "Keep the user in a group that carries the guard.",
  since: "0.1.0",
});

/** Leaving is told even where no policy differs: later policies reach members only. */
export function groupLeft({ before, after }: Pair<User>): readonly Draft[] {
  if (before === undefined || after === undefined) return [];
  const kept = new Set(after.groups.map(({ name }) => shownName(name)));
  const left = before.groups.map(({ name }) => shownName(name)).filter((name) => !kept.has(name));
  if (left.length === 0) return [];
  if (isGuarded(before) && !isGuarded(after)) return [guardEscaped(after, left)];
  return [
    {
      ...aboutIdentity(after),
      rule: GROUP_LEFT,
      severity: "medium",
      category: "identities",
      predicate: `leaves group ${listed(left)}`,
    },
  ];
}
