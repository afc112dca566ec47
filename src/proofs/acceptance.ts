import { environmentFile } from "../environment/source-file";
import { matchAcceptances } from "../findings/acceptance";
import { proofRule } from "./proof-rules";
import type { Expectation } from "./world/expectation";
import { type AcceptedProof, type BrokenProof, findingOf } from "./world/proof";

/**
 * Sets aside what environments accept, by proof (or `proof/method`) and subject. An exception that has expired sets
 * nothing aside any more, and that is said; one that matches nothing is a note.
 */
export function accept(
  found: readonly BrokenProof[],
  expectations: readonly Expectation[],
  now: Date,
): {
  readonly broken: readonly BrokenProof[];
  readonly accepted: readonly AcceptedProof[];
  readonly notes: readonly string[];
} {
  const outcomes = new Map<
    BrokenProof,
    { readonly broken: BrokenProof } | { readonly accepted: AcceptedProof }
  >();
  const notes: string[] = [];
  for (const { environment, accepted: exceptions } of expectations) {
    const { open, accepted, unused } = matchAcceptances(
      found.filter((proof) => proof.environment === environment),
      exceptions,
      (proof) => ({ rules: [proof.proof, findingOf(proof)], subject: proof.subject }),
      now,
    );
    for (const { item, lapsed } of open) if (lapsed) outcomes.set(item, { broken: told(item, lapsed) });
    for (const { item, acceptance } of accepted) {
      const { reason, expires } = acceptance;
      outcomes.set(item, { accepted: { broken: item, reason, expires } });
    }
    for (const { finding, subject, expires } of unused) {
      // of another command's rules it is that command which knows
      if (proofRule(finding.split("/")[0] ?? "") === undefined) continue;
      notes.push(
        `${environmentFile(environment)}: the exception for ${finding} of ${subject} until ${expires} matches nothing: remove it`,
      );
    }
  }
  const settled = found.map((proof) => outcomes.get(proof) ?? { broken: proof });
  return {
    broken: settled.flatMap((outcome) => ("broken" in outcome ? [outcome.broken] : [])),
    accepted: settled.flatMap((outcome) => ("accepted" in outcome ? [outcome.accepted] : [])),
    notes,
  };
}

function told(
  proof: BrokenProof,
  lapsed: { readonly expires: string; readonly reason: string },
): BrokenProof {
  return {
    ...proof,
    message: `${proof.message}. The exception for it expired on ${lapsed.expires} (${lapsed.reason})`,
  };
}
