import { defineRule } from "../../../findings/rule";
import type { Uncovered } from "../../../iam/comparison/coverage";
import { type Holder, placedPolicies, subjectOf, throughText } from "../../principals/placed-policies";
import { shownName } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import { atomsText } from "../../weight";
import { lossEvidence } from "./loss";
import { addressOf, type PolicyContext, placedBy } from "./policy-context";

export const ACCESS_LOST = defineRule({
  id: "access-lost",
  area: "review",
  title: "A principal may no longer do what it could do",
  severities: ["info"],
  why: "Less access is no danger to the account; it is told so that whoever needs it hears of it before the apply.",
  example: {
    before: '"Action": ["s3:GetObject", "s3:PutObject"]',
    after: '"Action": "s3:GetObject"',
  },
  remedy: "Nothing, if it is meant.",
  since: "0.1.0",
});

export function accessLost(difference: Uncovered, context: PolicyContext): Draft {
  const { principal, subject, before, after } = context;
  const placed = placedBy(difference.grant.statement, [...before, ...after]);
  const verb = difference.grant.effect === "Deny" ? "is now denied" : "loses";
  return {
    rule: ACCESS_LOST,
    severity: "info",
    category: "access",
    address: addressOf(placed, principal),
    subjects: [subject],
    predicate: `${verb} ${atomsText(difference.atoms)}${throughText(placed)}`,
    evidence: lossEvidence(difference, context),
    isNote: true,
  };
}

/** A policy that nobody could read goes. */
export function unknownPolicyLost(before: Holder | undefined, after: Holder): readonly Draft[] {
  const kept = new Set(placedPolicies(after).map(({ policy }) => policy.arn ?? policy.name));
  return placedPolicies(before).flatMap(({ policy }): Draft[] => {
    if (!("unknown" in policy.document) || kept.has(policy.arn ?? policy.name)) return [];
    return [
      {
        rule: ACCESS_LOST,
        severity: "info",
        category: "access",
        address: policy.attachedBy || after.address,
        subjects: [subjectOf(after)],
        predicate: `loses policy ${shownName(policy.name)}, whose content is not known here`,
        isNote: true,
      },
    ];
  });
}
