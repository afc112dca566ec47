/**
 * The review of plans: CPU and peak memory of whole processes by size, beside pyrrho and tfprivesc on the same plans, and
 * what each of them says of the recorded changes: `npm run bench -- review`.
 *
 * Targets: 1,000 changed policies in one second of CPU, linear growth, a 50 MB plan under 500 MB.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { type Change, plan, policy } from "../test/review/builders";

const ROOT = join(__dirname, "..");
const CACHE = join(ROOT, ".cache", "bench");
const TOOLS = join(CACHE, "policy-tools");
const OUT = join(CACHE, "review");
const FIXTURES = join(ROOT, "test", "fixtures", "terraform");

/** Runs a program and prints its exit code, CPU seconds and peak memory in kB. */
const MEASURE = `
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss)
`;

interface Measured {
  readonly code: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

function measure(command: readonly string[]): Measured {
  const { stdout, status } = spawnSync("python3", ["-c", MEASURE, ...command], { encoding: "utf8" });
  const [code, cpuSeconds, kilobytes] = stdout.trim().split(" ").map(Number);
  if (status !== 0 || code === undefined || cpuSeconds === undefined || kilobytes === undefined) {
    throw new Error(`${command.join(" ")}: could not be measured`);
  }
  return { code, cpuSeconds, megabytes: kilobytes / 1024 };
}

/** The least CPU of three runs: what the noise of a busy machine adds is no cost of the program. */
function best(command: readonly string[]): Measured {
  const runs = [measure(command), measure(command), measure(command)];
  return runs.reduce((least, run) => (run.cpuSeconds < least.cpuSeconds ? run : least));
}

function installTools(): boolean {
  if (existsSync(join(TOOLS, "bin", "tfprivesc"))) return true;
  mkdirSync(CACHE, { recursive: true });
  const made = spawnSync("python3", ["-m", "venv", TOOLS], { stdio: "inherit" }).status === 0;
  return (
    made &&
    spawnSync(join(TOOLS, "bin", "pip"), ["install", "-q", "pyrrho==0.2.1", "tfprivesc==0.1.1"], {
      stdio: "inherit",
    }).status === 0
  );
}

function bundledCommand(): readonly string[] {
  const outfile = join(OUT, "cli.js");
  buildSync({
    entryPoints: [join(ROOT, "src", "cli", "index.ts")],
    bundle: true,
    platform: "node",
    minify: true,
    external: ["tsx", "tsx/cjs/api"],
    outfile,
    logLevel: "error",
  });
  return [process.execPath, outfile, "review", "--plan"];
}

/** Policies that gain an action, each another one. */
function changedPolicies(count: number): readonly Change[] {
  return Array.from({ length: count }, (_, index) => {
    const statement = (...more: readonly string[]) => [
      {
        Sid: "Read",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:ListBucket", ...more],
        Resource: [`arn:aws:s3:::b-${index}`, `arn:aws:s3:::b-${index}/*`],
      },
      { Sid: "NoIam", Effect: "Deny", Action: "iam:*", Resource: "*" },
    ];
    const name = `policy-${index}`;
    return {
      type: "aws_iam_policy",
      name: `p${index}`,
      before: policy(name, statement()),
      after: policy(name, statement("s3:PutObject")),
    };
  });
}

/** A plan of so many bytes, of which a thousand policies change. */
function largePlan(bytes: number): string {
  const unchanged = (index: number): Change => {
    const statement = Array.from({ length: 8 }, (_, at) => ({
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:ListBucket"],
      Resource: [`arn:aws:s3:::large-${index}-${at}-${"x".repeat(20)}/*`],
    }));
    const values = policy(`large-${index}`, statement);
    return { type: "aws_iam_policy", name: `l${index}`, before: values, after: values, actions: ["no-op"] };
  };
  const each = JSON.stringify(plan([unchanged(0)])).length;
  const changes = [
    ...changedPolicies(1_000),
    ...Array.from({ length: Math.ceil(bytes / each) }, (_, index) => unchanged(index)),
  ];
  return JSON.stringify(plan(changes));
}

function written(name: string, text: string): string {
  const file = join(OUT, name);
  writeFileSync(file, text);
  return file;
}

const seconds = (value: number) => `${value.toFixed(2)} s`.padStart(9);
const megabytes = (value: number) => `${value.toFixed(0)} MB`.padStart(8);

mkdirSync(OUT, { recursive: true });
const ours = bundledCommand();
const others: readonly (readonly [string, readonly string[]])[] = installTools()
  ? [
      ["pyrrho 0.2.1", [join(TOOLS, "bin", "pyrrho"), "--quiet"]],
      ["tfprivesc 0.1.1", [join(TOOLS, "bin", "tfprivesc")]],
    ]
  : [];
if (others.length === 0) console.log("pyrrho and tfprivesc could not be installed: only ours is measured");
const programs: readonly (readonly [string, readonly string[]])[] = [["iam-baseline", ours], ...others];

console.log("changed policies: CPU and peak memory of the whole process");
const growth: number[] = [];
let missed = false;
for (const count of [0, 250, 500, 1_000, 2_000, 4_000]) {
  const file = written(`changed-${count}.json`, JSON.stringify(plan(changedPolicies(count))));
  for (const [name, command] of programs) {
    const { cpuSeconds, megabytes: memory } = best([...command, file]);
    console.log(`${String(count).padStart(6)}  ${name.padEnd(16)}${seconds(cpuSeconds)}${megabytes(memory)}`);
    if (name !== "iam-baseline") continue;
    growth.push(cpuSeconds);
    if (count === 1_000 && cpuSeconds >= 1) missed = true;
  }
}
const [none = 0, , , thousand = 0, , fourThousand = 0] = growth;
const ratio = (fourThousand - none) / (thousand - none);
console.log(`4,000 cost ${ratio.toFixed(1)} times what 1,000 cost, beside starting (linear: 4)`);
if (ratio > 6) missed = true;

const large = largePlan(50_000_000);
const largeFile = written("large.json", large);
console.log(`\na plan of ${(large.length / 1e6).toFixed(0)} MB`);
for (const [name, command] of programs) {
  const { cpuSeconds, megabytes: memory } = measure([...command, largeFile]);
  console.log(`        ${name.padEnd(16)}${seconds(cpuSeconds)}${megabytes(memory)}`);
  if (name === "iam-baseline" && memory >= 500) missed = true;
}

console.log("\nrecorded changes: exit code (ours 2, theirs 1: something found)");
for (const name of [
  "no-change",
  "guard-weakened",
  "guard-detached",
  "device-added",
  "hygiene-schedule-disabled",
  "hygiene-permission-dropped",
]) {
  const file = join(FIXTURES, `${name}.plan.json`);
  const codes = programs.map(([program, command]) => `${program} ${measure([...command, file]).code}`);
  console.log(`  ${name.padEnd(28)}${codes.join("   ")}`);
}
if (missed) {
  console.log("a target was missed");
  process.exitCode = 2;
}
