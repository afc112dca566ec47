import { defineRule } from "../../../findings/rule";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";
import { aboutIdentity, type Identity } from "./identity-sides";

export const IDENTITY_DESTROYED = defineRule({
  id: "identity-destroyed",
  area: "review",
  title: "A user, group or role is destroyed",
  severities: ["high", "medium"],
  why: "A destroyed identity does not come back: one of the same name has another id, and trust policies keep naming the old one. A user takes its access keys and MFA devices along, a group its guard.",
  example: { before: "devices: { work: ..., home: ... }", after: "devices: { work: ... }" },
  remedy: "Confirm that it is meant: a destroyed identity does not come back with the same id.",
  reference: {
    title: "IAM identifiers: unique identifiers",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids",
  },
  since: "0.1.0",
});

const CONSEQUENCES = {
  user: ", with its access keys and MFA devices; trust policies that name it break",
  group: ": who was in it loses its guard and its permissions",
  role: ": nobody can assume it any more",
} as const;

export function identityDestroyed({ before, after }: Pair<Identity>): readonly Draft[] {
  if (before === undefined || after !== undefined) return [];
  return [
    {
      ...aboutIdentity(before),
      rule: IDENTITY_DESTROYED,
      severity: before.kind === "user" ? "high" : "medium",
      category: "identities",
      predicate: `is destroyed${CONSEQUENCES[before.kind]}`,
    },
  ];
}
