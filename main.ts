import { environments } from "./environments";
import { BrokenProofsError } from "./src/access/proofs/broken-proofs-error";
import { requireProofs } from "./src/access/proofs/prove-stacks";
import { InvalidEnvironmentsError, validateBaseline } from "./src/baseline/validate-baseline";
import { addBaseline } from "./src/stacks/baseline";
import { synthesize } from "./src/stacks/synthesize";

try {
  const now = new Date();
  const valid = validateBaseline(environments, now);
  synthesize({
    outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out",
    build: (app) => addBaseline(app, valid),
    check: (stacks) => requireProofs(stacks, valid, now),
  });
} catch (error) {
  if (!(error instanceof InvalidEnvironmentsError || error instanceof BrokenProofsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
