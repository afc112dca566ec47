import { defineRule } from "../../../findings/rule";
import type { AccessGraph, Role, User } from "../../../iam/graph";
import type { Pair } from "../../principals/principal-pairs";
import { type Draft, listed } from "../../review-finding";
import { aboutIdentity, type IdentitySides } from "./identity-sides";

export const TAG_WITH_MEANING_CHANGED = defineRule({
  id: "tag-with-meaning-changed",
  area: "review",
  title: "A tag that conditions of policies or this baseline read changes",
  severities: ["high", "medium"],
  why: "A condition on aws:PrincipalTag makes the tag a permission: whoever carries the value has what the statement allows. The tag owner says whose device a user is: it is whom findings and people ask.",
  example: { before: 'tags = { team = "web" }', after: 'tags = { team = "payments" }' },
  remedy: "Treat the tag as a permission: change it only if the access is meant.",
  reference: {
    title: "IAM tutorial: define permissions to access AWS resources based on tags",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/tutorial_attribute-based-access-control.html",
  },
  since: "0.1.0",
});

export function tagWithMeaningChanged(
  { before, after }: Pair<User | Role>,
  sides: IdentitySides,
): readonly Draft[] {
  if (after === undefined || sides.isNew) return [];
  const old = before?.tags ?? {};
  const changed = Object.keys(after.tags).filter((key) => old[key] !== after.tags[key]);
  const removed = Object.keys(old).filter((key) => !(key in after.tags));
  const names = [...changed, ...removed].filter((key) =>
    [sides.before, sides.after].some((graph) => tagKeysOf(graph).has(key.toLowerCase())),
  );
  const handedOn = names.includes("owner") ? [] : ownerChanged(after, old["owner"]);
  if (names.length === 0) return handedOn;
  return [
    ...handedOn,
    {
      ...aboutIdentity(after),
      rule: TAG_WITH_MEANING_CHANGED,
      severity: "high",
      category: "access",
      predicate: `gets other values of ${listed(names)}, which conditions of policies read (aws:PrincipalTag)`,
      evidence: names.map((key) => `+ tags.${key}: ${after.tags[key] ?? "(removed)"}`),
    },
  ];
}

/** A user that belonged to one person and is said to belong to another, or to nobody. */
function ownerChanged(after: User | Role, before: string | undefined): readonly Draft[] {
  const owner = after.tags["owner"];
  if (after.kind !== "user" || before === undefined || owner === before) return [];
  return [
    {
      ...aboutIdentity(after),
      rule: TAG_WITH_MEANING_CHANGED,
      severity: "medium",
      category: "identities",
      predicate: `changes hands: it belonged to ${before}, and is said to belong to ${owner ?? "nobody"}`,
      remedy: "A device that changes hands gets a user of its own: remove this one, and add another.",
      evidence: [`- tags.owner: ${before}`, ...(owner === undefined ? [] : [`+ tags.owner: ${owner}`])],
    },
  ];
}

const tagKeys = new WeakMap<AccessGraph, ReadonlySet<string>>();

/** Tags, in lower case, that some condition or resource of a policy reads. */
function tagKeysOf(graph: AccessGraph): ReadonlySet<string> {
  let keys = tagKeys.get(graph);
  if (keys === undefined) {
    keys = readTagKeys(graph);
    tagKeys.set(graph, keys);
  }
  return keys;
}

function readTagKeys(graph: AccessGraph): ReadonlySet<string> {
  const policies = [
    ...graph.managedPolicies,
    ...[...graph.users, ...graph.roles, ...graph.groups].flatMap((principal) => principal.policies),
    ...graph.roles.map(({ trust }) => trust),
  ];
  const documents = new Set(policies.map(({ document }) => document));
  const texts = [...documents].flatMap((document) =>
    "unknown" in document
      ? []
      : document.Statement.map(({ Condition, Resource }) => JSON.stringify([Condition, Resource])),
  );
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/(?:principaltag|resourcetag)\/([^"}]+)/gi)].map(([, key = ""]) => key.toLowerCase()),
    ),
  );
}
