import { defineRule } from "../../../findings/rule";
import { UNKNOWN_PART } from "../../../iam/graph";
import { shownName } from "../../principals/principal-names";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";
import { aboutIdentity, type Identity } from "./identity-sides";

export const IDENTITY_RENAMED = defineRule({
  id: "identity-renamed",
  area: "review",
  title: "A user, group or role gets another name",
  severities: ["medium"],
  why: "Policies, trusts and profiles of people name identities. Those that are not changed with it miss it: a Deny no longer meets it, and an Allow may meet whoever takes the old name.",
  example: { before: 'name = "deploy"', after: 'name = "deployer"' },
  remedy: "Keep the name, or change everything that names it in the same change.",
  since: "0.1.0",
});

export function identityRenamed({ before, after }: Pair<Identity>): readonly Draft[] {
  if (before === undefined || after === undefined || before.name === after.name) return [];
  const isKnown = !before.name.includes(UNKNOWN_PART) && !after.name.includes(UNKNOWN_PART);
  const stem = ({ name }: Identity) => name.split(UNKNOWN_PART)[0];
  if (!isKnown && stem(before) === stem(after)) return [];
  return [
    {
      ...aboutIdentity(after),
      rule: IDENTITY_RENAMED,
      severity: "medium",
      category: "identities",
      predicate: `was ${shownName(before.name)}: policies that name it, trusts and profiles of people miss it`,
      evidence: [`- name: ${shownName(before.name)}`, `+ name: ${shownName(after.name)}`],
    },
  ];
}
