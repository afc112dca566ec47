import { defineRule } from "../../../findings/rule";
import type { User } from "../../../iam/graph";
import { subjectOf } from "../../principals/placed-policies";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";
import type { IdentitySides } from "../identities/identity-sides";
import { isGuarded } from "./guard-statement";

export const USER_UNGUARDED = defineRule({
  id: "user-unguarded",
  area: "review",
  title: "A new user is in no group with a guard",
  severities: ["high", "medium"],
  why: "A long-term key of this user needs neither MFA nor an allowed network. It weighs high where the user is in no group at all or others of its path are guarded.",
  example: {
    before: "no user",
    after: 'aws_iam_user: { name: "tablet", path: "/baseline/device/" }, and no membership',
  },
  remedy: "Put the user into a group that carries the guard.",
  since: "0.1.0",
});

export function userUnguarded({ before, after }: Pair<User>, sides: IdentitySides): readonly Draft[] {
  if (before !== undefined || after === undefined) return [];
  if (isGuarded(after) || isLikeCi(after, sides)) return [];
  return [
    {
      rule: USER_UNGUARDED,
      severity: after.groups.length === 0 || hasGuardedSiblings(after, sides) ? "high" : "medium",
      category: "guard-rails",
      address: after.address,
      subjects: [subjectOf(after)],
      predicate: "is new and in no group with a guard: a long-term key needs neither MFA nor a network",
    },
  ];
}

/** Others of the same path are not guarded either: users of repositories, whose runners have no MFA. */
function isLikeCi(user: User, { before, after }: IdentitySides): boolean {
  if (user.groups.length === 0) return false;
  if (user.path.endsWith("/ci/")) return true;
  return [...before.users, ...after.users].some(
    (other) =>
      other.path === user.path &&
      other.arn !== user.arn &&
      other.address !== user.address &&
      !isGuarded(other),
  );
}

function hasGuardedSiblings(user: User, { after }: IdentitySides): boolean {
  return after.users.some((other) => other.path === user.path && other !== user && isGuarded(other));
}
