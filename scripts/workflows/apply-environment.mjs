// Applies the reviewed plans of one environment, stack by stack, or stops at the first that is not what was reviewed:
//   node apply-environment.mjs OUTDIR
// Environment variables: DIGESTS, JSON of what the review printed by stack; CODE as for plan-environment.mjs. IAM is
// eventually consistent: a role may be refused because a user in its trust policy is seconds old. On exactly that error
// the rest is planned again, held to what was reviewed, and applied once more.
import { copyFileSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { baseline, runExpecting, TERRAFORM } from "./program.mjs";
import { unreviewedChanges } from "./remaining-changes.mjs";

const [outdir = ""] = process.argv.slice(2);
if (outdir === "") throw new Error("expected OUTDIR, got nothing");
const code = resolve(process.env["CODE"] ?? join(import.meta.dirname ?? ".", "../.."));
const waitSeconds = Number(process.env["RETRY_WAIT_SECONDS"] ?? "30");

/** Terraform wraps messages: blanks may be line ends. */
const TOO_YOUNG = /MalformedPolicyDocument:\s+Invalid\s+principal\s+in\s+policy/;

for (const [stack, digest] of Object.entries(digestsOf(process.env["DIGESTS"] ?? ""))) {
  const folder = resolve(outdir, "stacks", stack);
  const lock = join(folder, "plan.lock.hcl");
  if (existsSync(lock)) copyFileSync(lock, join(folder, ".terraform.lock.hcl"));
  const readonly = existsSync(lock) ? ["-lockfile=readonly"] : [];
  runExpecting([0], TERRAFORM, ["init", "-input=false", "-no-color", ...readonly], { cwd: folder });
  const reviewed = applyPlan(folder, "plan.bin", digest);
  if (reviewed.status === 0) continue;
  if (!TOO_YOUNG.test(`${reviewed.stdout}\n${reviewed.stderr}`.replace(/[│╷╵]/g, " "))) stop(stack);
  console.log(`${stack}: IAM does not know a new user everywhere yet; planning the rest in ${waitSeconds} s`);
  await new Promise((done) => setTimeout(done, waitSeconds * 1_000));
  const second = planRest(stack, folder);
  if (applyPlan(folder, "plan.second.bin", second).status !== 0) stop(stack);
}

function applyPlan(folder, planFile, digest) {
  return baseline(
    code,
    ["apply-reviewed", "--directory", folder, "--plan-file", planFile, "--digest", digest],
    {
      cwd: folder,
    },
  );
}

/** The digest of a plan of what is left; the step stops where it is not a rest of what was reviewed. */
function planRest(stack, folder) {
  const cwd = { cwd: folder, quiet: true };
  const show = (planFile) =>
    runExpecting([0], TERRAFORM, ["show", "-json", "-no-color", planFile], cwd).stdout;
  runExpecting([0], TERRAFORM, ["plan", "-input=false", "-no-color", "-out=plan.second.bin"], cwd);
  const text = show("plan.second.bin");
  const others = unreviewedChanges(JSON.parse(text), JSON.parse(show("plan.bin")));
  for (const other of others) console.error(`error: ${stack}: ${other}; review a new plan`);
  if (others.length > 0) stop(stack);
  const file = join(folder, "plan.second.json");
  writeFileSync(file, text);
  try {
    const judged = baseline(code, ["review", "--plan", file, "--format", "json"], cwd);
    const [{ digest = "" } = {}] = judged.status === 1 ? [] : JSON.parse(judged.stdout).sources;
    if (digest === "") stop(stack);
    return digest;
  } finally {
    rmSync(file);
  }
}

function stop(stack) {
  console.error(`error: ${stack}: not applied, or not all of it; no further stack was touched`);
  process.exit(1);
}

function digestsOf(text) {
  const digests = JSON.parse(text === "" ? "null" : text);
  const isDigest = ([stack, digest]) =>
    /^[a-z0-9][a-z0-9-]*$/.test(stack) && /^sha256:[0-9a-f]{64}$/.test(String(digest));
  const entries = typeof digests === "object" && digests !== null ? Object.entries(digests) : [];
  if (entries.length === 0 || !entries.every(isDigest)) {
    throw new Error(`DIGESTS: expected JSON of sha256:... by stack, got ${text.slice(0, 200)}`);
  }
  return digests;
}
