import { defineRule } from "../../../findings/rule";
import type { User } from "../../../iam/graph";
import { shownName } from "../../principals/principal-names";
import type { Pair } from "../../principals/principal-pairs";
import { type Draft, listed } from "../../review-finding";
import { aboutIdentity, type Identity, type IdentitySides } from "./identity-sides";

export const IDENTITY_ADDED = defineRule({
  id: "identity-added",
  area: "review",
  title: "A user, group or role is new",
  severities: ["low", "info"],
  why: "A new user is one more long-term credential to look after. What it may do is told apart from this.",
  example: { before: "devices: { work: ... }", after: "devices: { work: ..., tablet: ... }" },
  remedy: "Nothing, if it is meant.",
  since: "0.1.0",
});

export function identityAdded({ before, after }: Pair<Identity>, { isNew }: IdentitySides): readonly Draft[] {
  if (before !== undefined || after === undefined) return [];
  const isNote = isNew || after.kind !== "user";
  return [
    {
      ...aboutIdentity(after),
      rule: IDENTITY_ADDED,
      severity: isNote ? "info" : "low",
      category: "identities",
      predicate: `is new${after.kind === "user" ? groupsText(after) : ""}`,
      isNote,
    },
  ];
}

function groupsText({ groups }: User): string {
  return groups.length === 0
    ? ", in no group"
    : `, in group ${listed(groups.map(({ name }) => shownName(name)))}`;
}
