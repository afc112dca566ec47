import { defineRule } from "../../../findings/rule";
import type { Atom } from "../../../iam/comparison/remainder";
import { principalWords, shownName } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import { atomsText, meetsAction } from "../../weight";
import type { TrustContext } from "./trust-settings";

export const TRUST_ACTION_GAINED = defineRule({
  id: "trust-action-gained",
  area: "review",
  title: "Who assumes a role may bring along session tags or a source identity",
  severities: ["medium", "low"],
  why: "Session tags are values that the caller chooses. Policies with aws:PrincipalTag conditions take them for attributes that somebody checked. A source identity alone weighs low.",
  example: {
    before: '"Action": "sts:AssumeRole"',
    after: '"Action": ["sts:AssumeRole", "sts:TagSession"]',
  },
  remedy: "Leave session tags and source identities to trusts that need them.",
  reference: {
    title: "Pass session tags in AWS STS",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html",
  },
  since: "0.1.0",
});

/** Actions of a trust policy beside the assuming itself. */
export function trustActionGained(
  atoms: readonly Atom[],
  { after, settings }: TrustContext,
  evidence: readonly string[],
): Draft {
  const patterns = [...new Set(atoms.flatMap(({ principals }) => principals.patterns))];
  const isSourceIdentityOnly = atoms.every(
    ({ actions }) => !meetsAction(actions, "sts:tagsession") && !meetsAction(actions, "sts:setcontext"),
  );
  return {
    rule: TRUST_ACTION_GAINED,
    severity: isSourceIdentityOnly ? "low" : "medium",
    category: "access",
    address: after.address,
    subjects: patterns.map((text) => principalWords(text, settings.after)),
    predicate: `may do ${atomsText(atoms)} with role ${shownName(after.name)}${
      isSourceIdentityOnly ? "" : ": callers choose session tags, which conditions may trust"
    }`,
    evidence,
  };
}
