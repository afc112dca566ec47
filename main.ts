import { setFlagsFromString } from "node:v8";
import { environments } from "./environments";
import { BrokenProofsError } from "./src/access/proofs/broken-proofs-error";
import { requireProofs } from "./src/access/proofs/prove-stacks";
import { RefusedDocumentsError } from "./src/access/refused-documents";
import { InvalidEnvironmentsError, validateBaseline } from "./src/baseline/validate-baseline";
import { addBaseline } from "./src/stacks/baseline";
import { synthesize } from "./src/stacks/synthesize";

// collect garbage sooner: 5,000 users then fit into 250 MB, at no cost for fewer
setFlagsFromString("--heap-growing-percent=30");

try {
  const now = new Date();
  const valid = validateBaseline(environments, now);
  synthesize({
    outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out",
    build: (app) => addBaseline(app, valid),
    check: (stacks) => requireProofs(stacks, valid, now),
  });
} catch (error) {
  const told = [InvalidEnvironmentsError, RefusedDocumentsError, BrokenProofsError];
  if (!(error instanceof Error) || !told.some((kind) => error instanceof kind)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
