import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readJsonFile } from "../../src/cli/input-file";
import { sortFindings } from "../../src/findings/finding";
import { environmentFromPlan } from "../../src/review/environment-from-plan";
import { environmentsFromStacks } from "../../src/review/environments-from-stacks";
import { formatReviewMarkdown } from "../../src/review/format/markdown";
import { reviewEnvironments } from "../../src/review/review";
import { reviewReport } from "../../src/review/review-report";
import type { ReviewedEnvironment } from "../../src/review/reviewed-environment";
import { EXPECTED_PLANS } from "../fixtures/review/cases/plans.expected";
import { EXPECTED } from "../fixtures/review/cases/stack-changes.expected";
import { environments } from "../shipped";
import { synthesize } from "../support/synthesize";

const fixtures = join(__dirname, "../fixtures/review/cases");
const plans = join(fixtures, "plans");
const folder = mkdtempSync(join(tmpdir(), "iam-baseline-cases-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The gravest finding, or that there is none. */
function gravest(read: () => readonly ReviewedEnvironment[]): string {
  let reviewed: readonly ReviewedEnvironment[];
  try {
    reviewed = read();
  } catch {
    return "refused";
  }
  const [worst] = sortFindings(reviewEnvironments(reviewed).flatMap(({ findings }) => findings));
  return worst === undefined ? "nothing" : `${worst.severity} ${worst.rule}`;
}

function planOf(name: string): readonly ReviewedEnvironment[] {
  const file = `${name}.json`;
  return [environmentFromPlan(readJsonFile(file, { directory: plans }, "a plan"), { file })];
}

describe("plans of public reports", () => {
  const names = [...new Set(readdirSync(plans).map((name) => name.replace(/\.json$|-(?:base|head)$/, "")))];

  test("each has an expectation", () => {
    expect(names.sort()).toEqual(Object.keys(EXPECTED_PLANS).sort());
  });

  test.each(names)("%s", (name) => {
    const read = () =>
      readdirSync(plans).includes(`${name}-base`)
        ? environmentsFromStacks(join(plans, `${name}-base`), join(plans, `${name}-head`))
        : planOf(name);
    expect(gravest(read)).toBe(EXPECTED_PLANS[name]);
  });

  test("no sensitive value is printed", () => {
    const text = readFileSync(join(plans, "03-sensitive-values.json"), "utf8");
    const secrets = [...text.matchAll(/"(?:value|secret_string|password)":\s*"([^"]{4,})"/g)].map(
      ([, secret = ""]) => secret,
    );
    const reviewed = planOf("03-sensitive-values");
    const report = reviewReport({
      reviewed,
      reviews: reviewEnvironments(reviewed),
      acceptances: new Map(),
      notChecked: [],
      now: new Date("2026-11-23T00:00:00Z"),
    });
    const shown = `${JSON.stringify(report)}${formatReviewMarkdown(report, { mask: false })}`;
    expect(secrets.length).toBeGreaterThan(2);
    expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
  });
});

/** A stack of somebody else's, with nothing but an account. */
const BARE = {
  provider: { aws: [{ region: "eu-central-1", allowed_account_ids: ["111122223333"] }] },
  terraform: {
    backend: { local: { path: "x" } },
    required_providers: { aws: { source: "aws", version: "6.25.0" } },
  },
  resource: { aws_iam_group: { present: { name: "present" } } },
};

interface Change {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly add?: unknown;
  readonly remove?: unknown;
}

interface StackCase {
  readonly id: string;
  readonly environment: string;
  readonly what: string;
  readonly prepare?: readonly { readonly file: string; readonly path: string; readonly value: unknown }[];
  readonly diff: readonly {
    readonly file: string;
    readonly new?: unknown;
    readonly changes?: readonly Change[];
  }[];
}

type Files = Map<string, Record<string, unknown>>;

/** Sets what a JSON pointer names, with the objects on the way; `undefined` takes it away. */
function put(files: Files, file: string, pointer: string, value: unknown): void {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  let at = files.get(file) as Record<string, unknown>;
  for (const step of steps.slice(0, -1)) {
    at[step] ??= {};
    at = at[step] as Record<string, unknown>;
  }
  const last = steps.at(-1) ?? "";
  if (value === undefined) delete at[last];
  else at[last] = structuredClone(value);
}

describe("single changes of synthesized stacks", () => {
  const shipped = synthesize(...environments);
  const cases = JSON.parse(
    readFileSync(join(fixtures, "stack-changes.json"), "utf8"),
  ) as readonly StackCase[];

  function stacksOf(environment: string): Files {
    if (environment === "bare") return new Map([["stacks/bare-stack/cdk.tf.json", structuredClone(BARE)]]);
    const own = [...shipped].filter(([name]) => name.startsWith(`${environment}-`));
    return new Map(
      own.map(([name, { text }]) => [
        `stacks/${name}/cdk.tf.json`,
        JSON.parse(text) as Record<string, unknown>,
      ]),
    );
  }

  function written(files: Files, outdir: string): string {
    for (const [file, content] of files) {
      mkdirSync(dirname(join(outdir, file)), { recursive: true });
      writeFileSync(join(outdir, file), JSON.stringify(content));
    }
    return outdir;
  }

  function reviewedOf({ id, environment, prepare = [], diff }: StackCase): readonly ReviewedEnvironment[] {
    const [base, head] = [stacksOf(environment), stacksOf(environment)];
    for (const { file, path, value } of prepare) {
      for (const side of [base, head]) put(side, file, path, value);
    }
    for (const { file, changes = [], new: created } of diff) {
      if (created !== undefined) head.set(file, created as Record<string, unknown>);
      for (const change of changes) {
        put(base, file, change.path, "add" in change ? undefined : (change.before ?? change.remove));
        put(head, file, change.path, "add" in change ? change.add : change.after);
      }
    }
    return environmentsFromStacks(
      written(base, join(folder, id, "base")),
      written(head, join(folder, id, "head")),
    );
  }

  test("each has an expectation", () => {
    expect(cases.map(({ id }) => id).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  test.each(cases.map((each) => [each.id, each.what, each] as const))("%s: %s", (id, _what, each) => {
    expect(gravest(() => reviewedOf(each))).toBe(EXPECTED[id]);
  });

  const neighbours = JSON.parse(
    readFileSync(join(fixtures, "neighbours.json"), "utf8"),
  ) as readonly (StackCase & { readonly is: "dangerous" | "harmless" })[];

  test.each(neighbours.map((each) => [each.is, each.id, each] as const))(
    "%s neighbour %s",
    (is, _id, each) => {
      expect(gravest(() => reviewedOf(each)) === "nothing").toBe(is === "harmless");
    },
  );
});
