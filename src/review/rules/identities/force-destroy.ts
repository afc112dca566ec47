import { defineRule } from "../../../findings/rule";
import type { User } from "../../../iam/graph";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";
import { aboutIdentity } from "./identity-sides";

export const FORCE_DESTROY = defineRule({
  id: "force-destroy",
  area: "review",
  title: "A user can be destroyed with its keys and MFA devices",
  severities: ["low"],
  why: "Without force_destroy an apply stops at a user that still has keys. With it, one wrong apply takes somebody's access.",
  example: { before: "force_destroy = false", after: "force_destroy = true" },
  remedy: "Leave it off for users that must not go.",
  since: "0.1.0",
});

export function forceDestroy({ before, after }: Pair<User>): readonly Draft[] {
  if (before?.forceDestroy !== false || after?.forceDestroy !== true) return [];
  return [
    {
      ...aboutIdentity(after),
      rule: FORCE_DESTROY,
      severity: "low",
      category: "identities",
      predicate: "can now be destroyed with its keys and MFA devices (force_destroy)",
    },
  ];
}
