import { formatBrokenProofs } from "./format-proofs";
import { type BrokenProof, findingOf, type ProofReport } from "./world/proof";

/** A proof does not hold: nothing was written. */
export class BrokenProofsError extends Error {
  readonly broken: readonly BrokenProof[];

  constructor(readonly report: ProofReport) {
    const { broken } = report;
    const example = broken.slice(0, 1).map((proof) => acceptance(findingOf(proof), proof.subject));
    const count = `${broken.length} proof${broken.length === 1 ? " does" : "s do"}`;
    super(
      `${count} not hold, nothing was written:\n\n${formatBrokenProofs(broken)}\n\n` +
        `What has to stand for now is accepted in its environment: ${example.join("")}`,
    );
    this.name = "BrokenProofsError";
    this.broken = broken;
  }
}

const acceptance = (finding: string, subject: string) =>
  `accepted: [{ finding: "${finding}", subject: "${subject}", reason: "...", expires: "YYYY-MM-DD" }]`;
