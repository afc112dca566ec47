import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAtLeast } from "../../src/findings/severity";
import { environmentsFromStacks } from "../../src/review/environments-from-stacks";
import { type EnvironmentReview, reviewEnvironment } from "../../src/review/review";
import { DANGEROUS } from "../fixtures/review/stacks/dangerous";
import { HARMLESS } from "../fixtures/review/stacks/harmless";
import { type Mutation, StackEditor } from "../fixtures/review/stacks/stack-editor";
import { environments } from "../shipped";
import { synthesize } from "../support/synthesize";

const shipped = synthesize(...environments);
const folder = mkdtempSync(join(tmpdir(), "iam-baseline-review-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let runs = 0;

function stacksOf(environment: string): StackEditor {
  const own = [...shipped].filter(([name]) => name.startsWith(`${environment}-`));
  return new StackEditor(Object.fromEntries(own.map(([name, { text }]) => [name, JSON.parse(text)])));
}

function written(stacks: StackEditor): string {
  const outdir = join(folder, String(runs++));
  for (const [name, json] of Object.entries(stacks.stacks)) {
    mkdirSync(join(outdir, "stacks", name), { recursive: true });
    writeFileSync(join(outdir, "stacks", name, "cdk.tf.json"), JSON.stringify(json));
  }
  return outdir;
}

function reviewOf({ environment = "personal", prepare, change }: Mutation): EnvironmentReview {
  const base = stacksOf(environment);
  prepare?.(base);
  const head = base.copy();
  change(head);
  const [reviewed] = environmentsFromStacks(written(base), written(head));
  if (reviewed === undefined) throw new Error("no environment");
  return reviewEnvironment(reviewed);
}

describe("a single dangerous change is told", () => {
  test.each(DANGEROUS.map((mutation) => [mutation.name, mutation] as const))("%s", (_name, mutation) => {
    const { findings } = reviewOf(mutation);
    const told = findings.filter(({ rule }) => rule === mutation.rule);
    expect(findings.map(({ rule }) => rule)).toContain(mutation.rule);
    expect(told.some(({ severity }) => isAtLeast(severity, mutation.severity))).toBe(true);
    if (mutation.only === true) expect(findings).toHaveLength(1);
    if (mutation.says !== undefined)
      expect(told.map(({ message }) => message).join("\n")).toMatch(mutation.says);
  });

  test("in at least 40 ways", () => {
    expect(new Set(DANGEROUS.map(({ name }) => name)).size).toBeGreaterThanOrEqual(40);
  });
});

describe("a single harmless change raises nothing", () => {
  test.each(HARMLESS.map((mutation) => [mutation.name, mutation] as const))("%s", (_name, mutation) => {
    expect(reviewOf(mutation).findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });

  test("in at least 20 ways", () => {
    expect(new Set(HARMLESS.map(({ name }) => name)).size).toBeGreaterThanOrEqual(20);
  });
});
