import { environments } from "./environments";
import { InvalidEnvironmentsError, validateBaseline } from "./src/baseline/validate-baseline";
import { addBaseline } from "./src/stacks/baseline";
import { synthesize } from "./src/stacks/synthesize";

try {
  const valid = validateBaseline(environments, new Date());
  synthesize({
    outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out",
    build: (app) => addBaseline(app, valid),
    check: () => {},
  });
} catch (error) {
  if (!(error instanceof InvalidEnvironmentsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
