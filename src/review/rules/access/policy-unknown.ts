import { defineRule } from "../../../findings/rule";
import type { Role, Unknown } from "../../../iam/graph";
import { type Holder, type PlacedPolicy, placedPolicies, subjectOf } from "../../principals/placed-policies";
import { shownName } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import { capped } from "../../statement-diff";

export const POLICY_UNKNOWN = defineRule({
  id: "policy-unknown",
  area: "review",
  title: "A policy's content is not known before the apply",
  severities: ["high", "medium"],
  why: "What nobody can read nobody can judge: the document may allow anything. Policies of principals and trust policies weigh high, policies of resources medium.",
  example: {
    before: "policy = jsonencode({ ... })",
    after: "policy = aws_cloudformation_stack.x.outputs.policy",
  },
  remedy:
    "Write the document so that a plan shows it: from values, not from what another resource or call answers.",
  since: "0.1.0",
});

/** Documents of a principal that nobody can read: told where they come new. */
export function policyUnknown(before: Holder | undefined, after: Holder): readonly Draft[] {
  const keyOf = ({ policy }: PlacedPolicy, document: Unknown) =>
    `${policy.arn ?? policy.name} ${document.reason}`;
  const known = new Set(
    placedPolicies(before).flatMap((placed) =>
      "unknown" in placed.policy.document ? [keyOf(placed, placed.policy.document)] : [],
    ),
  );
  return placedPolicies(after).flatMap((placed): Draft[] => {
    const { document, name, attachedBy } = placed.policy;
    if (!("unknown" in document) || known.has(keyOf(placed, document))) return [];
    return [
      {
        rule: POLICY_UNKNOWN,
        severity: "high",
        category: "unknown",
        address: attachedBy || after.address,
        subjects: [subjectOf(after)],
        predicate: `carries policy ${shownName(name)}, whose content is not known before the apply: ${document.reason}`,
      },
    ];
  });
}

export function trustUnknown(before: Role | undefined, after: Role, reason: string): readonly Draft[] {
  const earlier = before?.trust.document;
  if (earlier !== undefined && "unknown" in earlier && earlier.reason === reason) return [];
  return [
    {
      rule: POLICY_UNKNOWN,
      severity: "high",
      category: "unknown",
      address: after.address,
      subjects: [subjectOf(after)],
      predicate: `has a trust policy that is not known before the apply: ${reason}`,
      remedy: "Write the trust policy so that a plan shows it.",
    },
  ];
}

export function resourcePolicyUnknown(address: string, type: string, attribute: string): Draft {
  return {
    rule: POLICY_UNKNOWN,
    severity: "medium",
    category: "unknown",
    address,
    subjects: [],
    predicate: `${attribute} of ${type} is not known before the apply`,
    remedy: "Write the document so that a plan shows it.",
    evidence: capped([`+ ${attribute}: not known`]),
  };
}

/** A document in which a key stands twice: AWS and Terraform need not take the same one. */
export function policyAmbiguous(address: string, key: string): Draft {
  return {
    rule: POLICY_UNKNOWN,
    severity: "high",
    category: "unknown",
    address,
    subjects: [],
    predicate: `the policy of ${address} has ${key} twice: which of them counts is not certain`,
    remedy: "Write each key once.",
  };
}
