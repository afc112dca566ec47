// Plans the stacks of one environment and says what the plans mean:
//   node plan-environment.mjs OUTDIR RESULT
// Environment variables: STACKS, a JSON list of their names; CODE, the checkout whose `baseline` judges them (default: the
// one that this file is in); LOCK_STATE=true where the plan is about to be applied. Writes to RESULT: review.md (masked),
// <stack>.json, digests.json; beside each stack's configuration plan.bin. Outputs: `digests` and `changes`.
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { foreignParts } from "./check-stack.mjs";
import { baseline, run, runExpecting, TERRAFORM } from "./program.mjs";
import { lockStack } from "./stack-lock.mjs";

const [outdir = "", result = ""] = process.argv.slice(2);
if (outdir === "" || result === "") throw new Error("expected OUTDIR RESULT, got less");
const code = resolve(process.env["CODE"] ?? join(import.meta.dirname ?? ".", "../.."));
const stacks = stackNames(process.env["STACKS"] ?? "");
mkdirSync(result, { recursive: true });

let refused = false;
for (const stack of stacks) {
  for (const fault of foreignParts(join(outdir, "stacks", stack))) {
    console.error(`error: ${stack}: ${fault}; terraform was not run`);
    refused = true;
  }
}
if (refused) process.exit(1);

let changes = false;
for (const stack of stacks) {
  const folder = join(outdir, "stacks", stack);
  const lock = join(code, "terraform.lock.hcl");
  const isLocked = existsSync(lock);
  if (isLocked) lockStack(folder, readFileSync(lock, "utf8"));
  const cwd = { cwd: folder };
  runExpecting(
    [0],
    TERRAFORM,
    ["init", "-input=false", "-no-color", ...(isLocked ? ["-lockfile=readonly"] : [])],
    cwd,
  );
  const lockState = process.env["LOCK_STATE"] === "true" ? [] : ["-lock=false"];
  // quiet: values are in the plan, and logs of public repositories are public
  const planned = run(
    TERRAFORM,
    ["plan", "-input=false", "-no-color", "-detailed-exitcode", "-out=plan.bin", ...lockState],
    { ...cwd, quiet: true },
  );
  if (planned.status !== 0 && planned.status !== 2)
    throw new Error(`${stack}: terraform plan failed with ${planned.status}`);
  changes ||= planned.status === 2;
  const shown = runExpecting([0], TERRAFORM, ["show", "-json", "-no-color", "plan.bin"], {
    ...cwd,
    quiet: true,
  });
  writeFileSync(join(result, `${stack}.json`), shown.stdout);
  // artifacts leave out hidden files
  if (existsSync(join(folder, ".terraform.lock.hcl"))) {
    copyFileSync(join(folder, ".terraform.lock.hcl"), join(folder, "plan.lock.hcl"));
  }
}

rmSync(join(result, "review.md"), { force: true });
const plans = stacks.map((stack) => `${stack}.json`);
const judged = baseline(
  code,
  ["review", "--plan", ...plans, "--project", code, "--mask", "--format", "json", "--summary", "review.md"],
  { cwd: result, quiet: true },
);
if (judged.status !== 0 && judged.status !== 2) process.exit(1);
const { sources } = JSON.parse(judged.stdout);
const digests = Object.fromEntries(
  stacks.map((stack) => {
    const digest = sources.find(({ file }) => file.endsWith(`${stack}.json`))?.digest;
    if (!/^sha256:[0-9a-f]{64}$/.test(digest ?? ""))
      throw new Error(`${stack}: expected a digest of its plan, got none`);
    return [stack, digest];
  }),
);
writeFileSync(join(result, "digests.json"), `${JSON.stringify(digests, undefined, 2)}\n`);

const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY } = process.env;
if (GITHUB_OUTPUT) appendFileSync(GITHUB_OUTPUT, `digests=${JSON.stringify(digests)}\nchanges=${changes}\n`);
if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, readFileSync(join(result, "review.md")));
console.log(`planned ${stacks.join(", ")}: ${changes ? "there are changes" : "no changes"}`);

function stackNames(text) {
  const names = JSON.parse(text === "" ? "null" : text);
  if (
    !Array.isArray(names) ||
    names.length === 0 ||
    !names.every((name) => /^[a-z0-9][a-z0-9-]*$/.test(String(name)))
  ) {
    throw new Error(`STACKS: expected a JSON list of names of stacks, got ${text.slice(0, 200)}`);
  }
  return names;
}
