import { defineRefusal, Refusal } from "../findings/refusal";
import { formatBrokenProofs } from "./format-proofs";
import { type BrokenProof, findingOf, type ProofReport } from "./world/proof";

export const PROOF_BROKEN = defineRefusal({
  code: "proof-broken",
  title: "A proof does not hold",
  why: "The synthesized policies were asked what they allow, and the answer is not what an environment may allow. Nothing was written.",
  example:
    "error[proof-broken]: 1 proof does not hold, nothing was written:\n\nprod: ci-stays-in-ci: user/octo.website\n  A CI identity reaches a role of people or changes IAM.\n  where: environments/prod.ts: repositories.octo/website, environments/prod.ts: ciGroups.deployers\n  what: user/octo.website may change IAM: iam:CreateUser on arn:aws:iam::111122223333:user/baseline/ci/octo.website",
  remedy:
    "Change the environment as the proof says, or accept it for a time with a reason; `baseline explain` tells about each proof.",
  since: "0.1.0",
});

/** A proof does not hold: nothing was written. */
export class BrokenProofsError extends Refusal {
  override readonly name = "BrokenProofsError";
  readonly broken: readonly BrokenProof[];

  constructor(readonly report: ProofReport) {
    const { broken } = report;
    const example = broken.slice(0, 1).map((proof) => acceptance(findingOf(proof), proof.subject));
    const count = `${broken.length} proof${broken.length === 1 ? " does" : "s do"}`;
    super(
      PROOF_BROKEN,
      `${count} not hold, nothing was written:\n\n${formatBrokenProofs(broken)}\n\n` +
        `What has to stand for now is accepted in its environment: ${example.join("")}`,
    );
    this.broken = broken;
  }
}

const acceptance = (finding: string, subject: string) =>
  `accepted: [{ finding: "${finding}", subject: "${subject}", reason: "...", expires: "YYYY-MM-DD" }]`;
