import { defineRule } from "../../../findings/rule";
import type { User } from "../../../iam/graph";
import { shownName } from "../../principals/principal-names";
import type { Pair } from "../../principals/principal-pairs";
import { type Draft, listed } from "../../review-finding";
import { aboutIdentity } from "./identity-sides";

export const GROUP_JOINED = defineRule({
  id: "group-joined",
  area: "review",
  title: "A user joins a group",
  severities: ["info"],
  why: "What the group gives today is told for itself; what it is given later reaches this user, too.",
  example: { before: 'groups = ["readers"]', after: 'groups = ["readers", "writers"]' },
  remedy: "Nothing, if it is meant.",
  since: "0.1.0",
});

export function groupJoined({ before, after }: Pair<User>): readonly Draft[] {
  if (before === undefined || after === undefined) return [];
  const known = new Set(before.groups.map(({ name }) => shownName(name)));
  const joined = after.groups.map(({ name }) => shownName(name)).filter((name) => !known.has(name));
  if (joined.length === 0) return [];
  return [
    {
      ...aboutIdentity(after),
      rule: GROUP_JOINED,
      severity: "info",
      category: "identities",
      predicate: `joins group ${listed(joined)}`,
      isNote: true,
    },
  ];
}
