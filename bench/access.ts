/**
 * What the proofs cost on top of synthesis, and one question: `npm run bench -- access`.
 *
 * CPU milliseconds of this process, the median of some rounds (`BENCH_ROUNDS`); stacks are synthesized first and not
 * counted. Exit code 0: every target met. 2: a target was missed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { compileGraph, evaluate } from "../src/iam/evaluate";
import { graphOfStacks, proveStacks } from "../src/proofs/prove-stacks";
import { validateBaseline } from "../src/proofs/validate-baseline";
import { addBaseline } from "../src/stacks/baseline";
import { type SynthesizedStack, synthesize } from "../src/stacks/synthesize";
import { grownEnvironment, type Size } from "./access/grown-environment";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3);
const TARGETS = { proofsMilliseconds: 1000, questionMicroseconds: 1000, growth: 1.5 } as const;
const NOW = new Date("2026-11-23T12:00:00Z");
const REFERENCE: Size = { users: 1000, roles: 200, ciGroups: 250, developerGroups: 20 };
const GROWTH: readonly Size[] = [100, 500, 1000, 2000, 5000].map((users) => ({ ...REFERENCE, users }));

const verdicts: boolean[] = [];
function verdict(met: boolean): string {
  verdicts.push(met);
  return met ? "met" : "MISSED";
}

function cpuMilliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Stacks of an environment, as `check` is given them. */
function stacksOf(size: Size) {
  const environments = validateBaseline([grownEnvironment(size)], NOW);
  const outdir = mkdtempSync(join(tmpdir(), "iam-baseline-bench-"));
  let stacks: readonly SynthesizedStack[] = [];
  try {
    synthesize({
      outdir,
      build: (app) => addBaseline(app, environments),
      check: (synthesized) => {
        stacks = synthesized;
      },
    });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
  return { environments, stacks };
}

const table = new Table({
  head: ["users", "roles", "policies", "questions", "proofs, CPU ms", "ms per user"],
  style: { head: [], border: [] },
});
const perUser: number[] = [];
for (const size of GROWTH) {
  const { environments, stacks } = stacksOf(size);
  const graph = graphOfStacks(stacks);
  const policies =
    graph.managedPolicies.length +
    [...graph.groups, ...graph.roles].reduce(
      (sum, { policies: own }) => sum + own.filter(({ kind }) => kind === "inline").length,
      0,
    );
  let questions = 0;
  const rounds = Array.from({ length: ROUNDS }, () =>
    cpuMilliseconds(() => {
      const report = proveStacks(stacks, environments, NOW);
      if (report.broken.length > 0) throw new Error(`a proof does not hold: ${report.broken[0]?.message}`);
      questions = report.questions;
    }),
  );
  const cost = median(rounds);
  perUser.push(cost / size.users);
  const target = size.users === REFERENCE.users ? ` (${verdict(cost < TARGETS.proofsMilliseconds)})` : "";
  table.push([
    size.users,
    size.roles,
    policies,
    questions,
    `${cost.toFixed(0)}${target}`,
    (cost / size.users).toFixed(3),
  ]);
}
console.log(table.toString());
const [small = 0, large = 0] = [perUser[1], perUser.at(-1)];
console.log(
  `5,000 users cost ${(large / small).toFixed(2)} times as much a user as 500: ${verdict(large <= small * TARGETS.growth)}`,
);

const { stacks } = stacksOf(REFERENCE);
let compiled = compileGraph(graphOfStacks(stacks));
const loading = cpuMilliseconds(() => {
  compiled = compileGraph(graphOfStacks(stacks));
});
const QUESTIONS = 20_000;
const { users, roles } = compiled.graph;
const asking = cpuMilliseconds(() => {
  for (let index = 0; index < QUESTIONS; index++) {
    evaluate(
      {
        principal: users[index % users.length]?.arn ?? "",
        credentials: { kind: "session-token", mfaAgeSeconds: 60 },
        network: { sourceIp: "203.0.113.7" },
        action: index % 2 === 0 ? "iam:CreateAccessKey" : "sts:AssumeRole",
        resource: (index % 2 === 0 ? users : roles)[index % roles.length]?.arn ?? "",
      },
      compiled,
    );
  }
});
const microseconds = (asking * 1000) / QUESTIONS;
console.log(
  `one question after loading (${loading.toFixed(0)} ms): ${microseconds.toFixed(1)} µs (${verdict(microseconds < TARGETS.questionMicroseconds)})`,
);
process.exitCode = verdicts.every(Boolean) ? 0 : 2;
