/**
 * A synthesis that is ended in the middle of what it writes: `tsx synthesis-in-pieces.ts OUTDIR VALUE SIGNAL AT`. The
 * process sends itself the signal when the file of that number is moved into place.
 */
import fs from "node:fs";
import { type App, TerraformOutput, TerraformStack } from "cdktf";
import { synthesize } from "../../src/stacks/synthesize";

const [outdir = "", value = "", signal = "", at = "0"] = process.argv.slice(2);
const STACKS = 30;

let moved = 0;
const rename = fs.renameSync;
fs.renameSync = (from, to) => {
  moved += 1;
  if (signal !== "" && moved === Number(at)) process.kill(process.pid, signal);
  rename(from, to);
};
const writeFile = fs.writeFileSync;
let written = 0;
fs.writeFileSync = (...args: Parameters<typeof writeFile>) => {
  written += 1;
  if (signal === "ENOSPC" && written === Number(at))
    throw Object.assign(new Error("full"), { code: "ENOSPC" });
  writeFile(...args);
};

synthesize({
  outdir,
  build: (app: App) => {
    for (let index = 0; index < STACKS; index++) {
      const stack = new TerraformStack(app, `stack-${index}`);
      new TerraformOutput(stack, "said", { value });
    }
  },
  check: () => undefined,
});
