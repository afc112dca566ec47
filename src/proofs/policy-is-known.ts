import { defineRule } from "../findings/rule";
import { UNKNOWN_PART } from "../iam/graph";
import type { UnknownPolicy } from "./world/known-documents";
import type { BrokenProof } from "./world/proof";
import { subjectOf } from "./world/subject";
import type { World } from "./world/world";

export const POLICY_IS_KNOWN = defineRule({
  id: "policy-is-known",
  area: "proof",
  title: "The document of a policy is not known",
  severities: ["medium"],
  why: "A policy that is named by its ARN alone may allow anything. Every other proof is held without it; this one tells that, and an exception for it is bound to the one policy on the one principal, so that whatever is added beside it is judged.",
  example: {
    before: 'managedPolicies: ["arn:aws:iam::111122223333:policy/team/Shared"]',
    after:
      'the same, with documents: { "arn:aws:iam::111122223333:policy/team/Shared": { Statement: [...] } }',
  },
  remedy: "Give the document in `documents`, or accept this unknown alone.",
  since: "0.2.0",
});

/** A policy whose document is not known, each bound to itself: an exception for one says nothing of another. */
export function provePoliciesAreKnown(
  world: World,
  unknown: readonly UnknownPolicy[],
): readonly BrokenProof[] {
  return unknown.flatMap(({ kind, principal, policy, unknown: document, isBoundary }) => {
    const expectation = world.expectationFor(principal);
    if (expectation === undefined) return [];
    // AWS writes the document and alone acts as the role: nobody of the account can change or assume it
    if (principal.path.startsWith("/aws-service-role/")) return [];
    const holder = subjectOf({ kind, name: principal.name });
    const name = (policy.arn ?? document.address).replaceAll(UNKNOWN_PART, "(unknown)");
    const subject = `${holder} ${name}`;
    const isAws = /:iam::aws:policy\//.test(name);
    const effect = isBoundary ? "what it limits is not proven" : "what it grants is not proven";
    return [
      {
        proof: POLICY_IS_KNOWN.id,
        environment: expectation.environment,
        subject,
        message: `the document of ${name} on ${holder} is not known, so ${effect}`,
        remedy: isAws
          ? "name a policy that AWS has, or give its document in `documents`"
          : `give its document (documents: { "${name}": { Version, Statement } } in environments/${expectation.environment}.ts), or accept this unknown alone: accepted: [{ finding: "${POLICY_IS_KNOWN.id}", subject: "${subject}", reason: "...", expires: "YYYY-MM-DD" }]`,
        unknowns: [`${document.address}: ${document.reason}`],
      },
    ];
  });
}
