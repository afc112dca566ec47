import { defineRule } from "../../../findings/rule";
import { UNKNOWN_PART, type User } from "../../../iam/graph";
import type { Pair } from "../../principals/principal-pairs";
import { type Draft, listed } from "../../review-finding";
import { aboutIdentity, type IdentitySides } from "./identity-sides";

export const KEY_RULES_ESCAPED = defineRule({
  id: "key-rules-escaped",
  area: "review",
  title: "A user is outside of the paths that key rules look after",
  severities: ["high"],
  why: "The nightly run deactivates keys of the paths that it is told. Keys of this user are looked at by no run and stay active for ever.",
  example: { before: 'path = "/baseline/device/"', after: 'path = "/people/"' },
  remedy: "Put the user under a path that the key rules manage.",
  since: "0.1.0",
});

export function keyRulesEscaped(
  { before, after }: Pair<User>,
  { keyRules, isNew }: IdentitySides,
): readonly Draft[] {
  if (after === undefined || keyRules === undefined || isNew) return [];
  if (before?.path === after.path || after.path.includes(UNKNOWN_PART)) return [];
  const isManaged = (path: string) =>
    keyRules.managedPaths.some((managed) => path.startsWith(managed)) &&
    !keyRules.exemptPaths.some((exempt) => path.startsWith(exempt));
  if (isManaged(after.path) || (before !== undefined && !isManaged(before.path))) return [];
  return [
    {
      ...aboutIdentity(after),
      rule: KEY_RULES_ESCAPED,
      severity: "high",
      category: "hygiene",
      predicate: `is outside of the paths that key rules look after (${after.path}): its access keys stay active for ever`,
      remedy: `Put the user under ${listed(keyRules.managedPaths)}.`,
    },
  ];
}
