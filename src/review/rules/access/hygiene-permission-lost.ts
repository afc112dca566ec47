import { defineRule } from "../../../findings/rule";
import type { Uncovered } from "../../../iam/comparison/coverage";
import type { Draft } from "../../review-finding";
import { atomsText } from "../../weight";
import { lossEvidence } from "./loss";
import { addressOf, type PolicyContext, placedBy } from "./policy-context";

export const HYGIENE_PERMISSION_LOST = defineRule({
  id: "hygiene-permission-lost",
  area: "review",
  title: "A function that keeps credentials short-lived may no longer do its work",
  severities: ["high"],
  why: "Without the permission the nightly run fails for these users, or skips them, and their access keys stay active. Nobody notices less access of a function before a key is stolen.",
  example: {
    before: '{ "Effect": "Allow", "Action": ["iam:ListAccessKeys", "iam:UpdateAccessKey"], ... }',
    after: '{ "Effect": "Allow", "Action": "iam:ListAccessKeys", ... }',
  },
  remedy: "Give the function's role the permission back, or take its users out of the key rules in the open.",
  since: "0.1.0",
});

export function hygienePermissionLost(difference: Uncovered, context: PolicyContext): Draft {
  const { principal, subject, before, after } = context;
  const placed = placedBy(difference.grant.statement, [...before, ...after]);
  const verb = difference.grant.effect === "Deny" ? "is now denied" : "may no longer do";
  return {
    rule: HYGIENE_PERMISSION_LOST,
    severity: "high",
    category: "hygiene",
    address: addressOf(placed, principal),
    subjects: [subject],
    predicate: `${verb} ${atomsText(difference.atoms)}: what it looks after stays as it is, silently`,
    evidence: lossEvidence(difference, context),
  };
}
