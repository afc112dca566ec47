import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAtLeast } from "../../src/findings/severity";
import { environmentFromPlan } from "../../src/review/environment-from-plan";
import { environmentsFromStacks } from "../../src/review/environments-from-stacks";
import { type EnvironmentReview, reviewEnvironment } from "../../src/review/review";
import type { ReviewFinding } from "../../src/review/review-finding";
import { DANGEROUS_WORLD } from "../fixtures/review/world/dangerous";
import { HARMLESS_WORLD } from "../fixtures/review/world/harmless";
import { type World, world } from "../fixtures/review/world/world";
import type { WorldChange } from "../fixtures/review/world/world-change";
import { planOf, stackOf } from "../fixtures/review/world/world-forms";

const folder = mkdtempSync(join(tmpdir(), "iam-baseline-world-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let runs = 0;

function written(resources: World, more: Record<string, unknown> = {}): string {
  const outdir = join(folder, String(runs++));
  mkdirSync(join(outdir, "stacks", "handmade-identity"), { recursive: true });
  writeFileSync(
    join(outdir, "stacks", "handmade-identity", "cdk.tf.json"),
    JSON.stringify(stackOf(resources, more)),
  );
  return outdir;
}

function sides({ prepare, change }: WorldChange): readonly [World, World] {
  const before = world();
  prepare?.(before);
  const after = structuredClone(before);
  change(after);
  return [before, after];
}

const REVIEWS: Readonly<Record<string, (change: WorldChange) => EnvironmentReview>> = {
  stacks: (change) => {
    const [before, after] = sides(change);
    const moved = Object.entries(change.moved ?? {}).map(([from, to]) => ({ from, to }));
    const [reviewed] = environmentsFromStacks(written(before), written(after, { moved }));
    if (reviewed === undefined) throw new Error("no environment");
    return reviewEnvironment(reviewed);
  },
  plan: (change) => {
    const [before, after] = sides(change);
    const plan = planOf(before, after, change.moved);
    return reviewEnvironment(environmentFromPlan(plan, { file: "plan.json" }));
  },
};

const lines = (findings: readonly ReviewFinding[]) =>
  findings.map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`);

describe.each(Object.entries(REVIEWS))("hand-written Terraform, by %s", (_form, review) => {
  test.each(DANGEROUS_WORLD.map((change) => [change.name, change] as const))("tells: %s", (_name, change) => {
    const { findings } = review(change);
    const told = findings.filter(
      ({ rule, severity }) => rule === change.rule && isAtLeast(severity, change.severity),
    );
    expect(told.length > 0 ? [] : [`${change.rule} ${change.severity}`, ...lines(findings)]).toEqual([]);
    if (change.says !== undefined) expect(lines(told).join("\n")).toMatch(change.says);
  });

  test.each(HARMLESS_WORLD.map((change) => [change.name, change] as const))(
    "raises nothing: %s",
    (_name, change) => {
      expect(lines(review(change).findings)).toEqual([]);
    },
  );
});
