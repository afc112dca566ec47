import type { Expectation } from "./world/expectation";
import { type AcceptedProof, type BrokenProof, findingOf, PROOFS } from "./world/proof";

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
  const today = now.toISOString().slice(0, 10);
  const broken: BrokenProof[] = [];
  const accepted: AcceptedProof[] = [];
  const used = new Set<unknown>();
  for (const proof of found) {
    const own = expectations.find(({ environment }) => environment === proof.environment)?.accepted ?? [];
    const matching = own.filter(
      ({ finding, subject }) =>
        (finding === proof.proof || finding === findingOf(proof)) && subject === proof.subject,
    );
    for (const exception of matching) used.add(exception);
    const current = matching.find(({ expires }) => expires >= today);
    const [expired] = matching;
    if (current !== undefined)
      accepted.push({ broken: proof, reason: current.reason, expires: current.expires });
    else if (expired === undefined) broken.push(proof);
    else
      broken.push({
        ...proof,
        message: `${proof.message}. The exception for it expired on ${expired.expires} (${expired.reason})`,
      });
  }
  const notes = expectations.flatMap(({ environment, accepted: exceptions }) =>
    exceptions
      .filter((exception) => !used.has(exception) && (exception.finding.split("/")[0] ?? "") in PROOFS)
      .map(
        ({ finding, subject, expires }) =>
          `environments/${environment}.ts: the exception for ${finding} of ${subject} until ${expires} matches nothing: remove it`,
      ),
  );
  return { broken, accepted, notes };
}
