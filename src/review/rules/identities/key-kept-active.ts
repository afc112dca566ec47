import { REACTIVATION_TAGS } from "../../../credentials/reactivation";
import { defineRule } from "../../../findings/rule";
import type { Role, User } from "../../../iam/graph";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";
import { aboutIdentity } from "./identity-sides";

export const KEY_KEPT_ACTIVE = defineRule({
  id: "key-kept-active",
  area: "review",
  title: "A user carries the tags of a temporary reactivation in Terraform",
  severities: ["high"],
  why: "The nightly run spares a key whose user carries these tags until they end. Written in Terraform they come back with every apply, without a reason and an end that somebody gave.",
  example: { before: "tags = {}", after: 'tags = { "baseline:reactivated-until" = "2099-01-01T00:00:00Z" }' },
  remedy: "Reactivate by `keys reactivate`, which asks for a reason and an end.",
  since: "0.1.0",
});

const REACTIVATION_KEYS: ReadonlySet<string> = new Set(Object.values(REACTIVATION_TAGS));

export function keyKeptActive({ before, after }: Pair<User | Role>): readonly Draft[] {
  if (after === undefined) return [];
  const old = before?.tags ?? {};
  const isChanged = Object.entries(after.tags).some(
    ([key, value]) => REACTIVATION_KEYS.has(key) && old[key] !== value,
  );
  if (!isChanged) return [];
  return [
    {
      ...aboutIdentity(after),
      rule: KEY_KEPT_ACTIVE,
      severity: "high",
      category: "hygiene",
      predicate:
        "carries the tags of a temporary reactivation in Terraform: a key stays active past the nightly run",
    },
  ];
}
