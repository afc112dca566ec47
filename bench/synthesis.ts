/**
 * What synthesis costs: `npm run bench -- synthesis`.
 *
 * The shipped environments from a bundle (alone, as the template proves nothing, and with the proofs) and through tsx, beside the template that `cdktf init` writes (ts-node, barrel
 * import of the provider) on the same resources; and the growth with users and environments. CPU seconds are user and
 * system time of all processes, medians of interleaved runs; `BENCH_ROUNDS` sets how many.
 *
 * Exit code 0: every target met. 1: something failed. 2: a target was missed.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import Table from "cli-table3";
import { bundledApp } from "./synthesis/bundled-app";
import { type Cost, measure, medianCosts, type Program } from "./synthesis/measured-run";
import { readStacks, resourcesOf, templateProgram } from "./synthesis/template-program";

const ROOT = join(__dirname, "..");
const CACHE = join(".cache", "bench");
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const TARGETS = { bundle: 25, tsx: 8, peakMegabytes: 250, growth: 1.25 } as const;
/** What the template's `package.json` brings; TypeScript 7 has no API for ts-node. */
const TEMPLATE_PACKAGES = { "ts-node": "10.9.2", typescript: "5.9.3" } as const;

const verdicts: boolean[] = [];

function verdict(met: boolean): string {
  verdicts.push(met);
  return met ? "met" : "MISSED";
}

/** The template's folder, with main.ts for the same resources, and ts-node beside it. */
function prepareTemplate(synthesized: string): Program {
  const folder = join(ROOT, CACHE, "template");
  mkdirSync(folder, { recursive: true });
  const template = join(ROOT, "node_modules", "cdktf-cli", "bundle", "templates", "typescript");
  cpSync(join(template, "tsconfig.json"), join(folder, "tsconfig.json"));
  const installed = Object.entries(TEMPLATE_PACKAGES).every(([name, version]) => {
    const file = join(folder, "node_modules", name, "package.json");
    return existsSync(file) && JSON.parse(readFileSync(file, "utf8")).version === version;
  });
  if (!installed) {
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ private: true, dependencies: TEMPLATE_PACKAGES }),
    );
    const { status } = spawnSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0) throw new Error(`npm could not install ts-node and typescript into ${folder}`);
  }
  writeFileSync(join(folder, "main.ts"), templateProgram(readStacks(synthesized)));
  // what `npx ts-node main.ts` of the template's cdktf.json starts, without the cost of npx
  return program("template", [join("node_modules", "ts-node", "dist", "bin.js"), "main.ts"], folder);
}

function program(name: string, args: readonly string[], cwd = ROOT, environment = {}): Program {
  const outdir = join(ROOT, CACHE, `out-${name.replaceAll(/[^a-z0-9]+/gi, "-")}`);
  rmSync(outdir, { recursive: true, force: true });
  return { name, args, cwd, environment: { ...environment, CDKTF_OUTDIR: outdir } };
}

const outdirOf = ({ environment }: Program): string => environment?.["CDKTF_OUTDIR"] ?? "";

function compareWithTemplate(): void {
  const bundle = program("bundle", [bundledApp(join(CACHE, "main.cjs"))]);
  const alone = program("alone", [bundledApp(join(CACHE, "alone.cjs"), undefined, false)]);
  const tsx = program("tsx", ["--import", "tsx", "main.ts"]);
  measure(bundle);
  const template = prepareTemplate(outdirOf(bundle));
  measure(template);
  const [ours, theirs] = [readStacks(outdirOf(bundle)), readStacks(outdirOf(template))];
  if (!isDeepStrictEqual(resourcesOf(ours), resourcesOf(theirs))) {
    throw new Error("the template's program declares other resources: the comparison would mean nothing");
  }
  const resources = Object.values(ours).reduce(
    (sum, { resource }) =>
      sum + Object.values(resource).reduce((n, byName) => n + Object.keys(byName).length, 0),
    0,
  );
  const costs = medianCosts([alone, bundle, tsx, template], ROUNDS);
  const cost = (name: string): Cost =>
    costs.get(name) ?? { cpuSeconds: Number.NaN, peakMegabytes: Number.NaN };
  const than = cost("template").cpuSeconds;
  const table = new Table({
    head: ["shipped environments", "CPU s", "peak MB", "faster than the template", "target", ""],
    style: { head: [], border: [] },
  });
  const rows = [
    ["alone", "bundle, synthesis alone", TARGETS.bundle],
    ["bundle", "bundle, with the proofs", undefined],
    ["tsx", "tsx, with the proofs", TARGETS.tsx],
    ["template", "ts-node main.ts, barrel import", undefined],
  ] as const;
  for (const [name, title, target] of rows) {
    const { cpuSeconds, peakMegabytes } = cost(name);
    const ratio = than / cpuSeconds;
    table.push([
      title,
      cpuSeconds.toFixed(2),
      peakMegabytes.toFixed(0),
      name === "template" ? "" : `${ratio.toFixed(1)} x`,
      target === undefined ? "" : `>= ${target} x`,
      target === undefined ? "" : verdict(ratio >= target),
    ]);
  }
  console.log(
    `${Object.keys(ours).length} stacks, ${resources} resources, the same in all three; medians of ${ROUNDS} runs`,
  );
  console.log(table.toString());
}

/** One point of a growth curve. */
interface Size {
  readonly environments: number;
  readonly users: number;
}

function growth(unit: string, count: (size: Size) => number, sizes: readonly Size[], maxPeak?: number): void {
  const app = bundledApp(join(CACHE, "growth.cjs"), "bench/synthesis/growth-environments");
  const named = sizes.map((size) => ({ size, name: `${size.environments} x ${size.users}` }));
  const programs = named.map(({ size, name }) =>
    program(name, [app], ROOT, {
      BENCH_ENVIRONMENTS: String(size.environments),
      BENCH_USERS: String(size.users),
    }),
  );
  const costs = medianCosts(programs, Math.max(3, Math.ceil(ROUNDS / 2)));
  const table = new Table({
    head: ["environments x users", "CPU s", "peak MB", `ms per further ${unit}`, "target", ""],
    style: { head: [], border: [] },
  });
  let smaller: { count: number; seconds: number; marginal?: number } | undefined;
  for (const { size, name } of named) {
    const { cpuSeconds = Number.NaN, peakMegabytes = Number.NaN } = costs.get(name) ?? {};
    const marginal = smaller && ((cpuSeconds - smaller.seconds) / (count(size) - smaller.count)) * 1000;
    const targets: [text: string, met: boolean][] = [];
    if (marginal !== undefined && smaller?.marginal !== undefined) {
      const limit = smaller.marginal * TARGETS.growth;
      targets.push([`at most linear: <= ${limit.toFixed(3)} ms`, marginal <= limit]);
    }
    if (maxPeak !== undefined && size === sizes.at(-1)) {
      targets.push([`< ${maxPeak} MB`, peakMegabytes < maxPeak]);
    }
    table.push([
      name,
      cpuSeconds.toFixed(2),
      peakMegabytes.toFixed(0),
      marginal === undefined ? "" : marginal.toFixed(3),
      targets.map(([text]) => text).join("\n"),
      targets.map(([, met]) => verdict(met)).join("\n"),
    ]);
    smaller = { count: count(size), seconds: cpuSeconds, ...(marginal !== undefined && { marginal }) };
  }
  console.log(table.toString());
}

mkdirSync(join(ROOT, CACHE), { recursive: true });
compareWithTemplate();
console.log(
  "\nGrowth, from a bundle. A further user must not cost more than 1.25 times what the users before it cost.",
);
const users = [10, 100, 1_000, 5_000].map((users) => ({ environments: 1, users }));
growth("user", ({ users }) => users, users, TARGETS.peakMegabytes);
const environments = [1, 10, 50].map((environments) => ({ environments, users: 100 }));
growth("environment", ({ environments }) => environments, environments);
process.exitCode = verdicts.every(Boolean) ? 0 : 2;
