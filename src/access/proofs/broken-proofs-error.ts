import { formatBrokenProofs } from "./format-proofs";
import type { BrokenProof, ProofReport } from "./proof";

/** A proof does not hold: nothing was written. */
export class BrokenProofsError extends Error {
  readonly broken: readonly BrokenProof[];

  constructor(readonly report: ProofReport) {
    const { broken } = report;
    const count = `${broken.length} proof${broken.length === 1 ? " does" : "s do"}`;
    super(`${count} not hold, nothing was written:\n\n${formatBrokenProofs(broken)}`);
    this.name = "BrokenProofsError";
    this.broken = broken;
  }
}
