import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/cli/run";
import { plan, widened } from "../review/builders";

const fixture = (name: string) => join(__dirname, "../fixtures/terraform", name);
const folder = mkdtempSync(join(tmpdir(), "iam-baseline-review-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function baseline(...argv: readonly string[]) {
  let result = "";
  let progress = "";
  const output = {
    result: (text: string) => {
      result += text;
    },
    progress: (text: string) => {
      progress += text;
    },
    columns: undefined,
  };
  const now = new Date("2026-11-23T00:00:00Z");
  const code = await run(argv, output, { directory: folder, now, version: "1.2.3" });
  return { code, result, progress };
}

function file(name: string, content: unknown): string {
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return name;
}

describe("exit codes", () => {
  test.each([
    ["no-change.plan.json", [], 0],
    ["guard-weakened.plan.json", [], 2],
    ["device-added.plan.json", ["--fail-on", "high"], 0],
    ["device-added.plan.json", ["--fail-on", "medium"], 2],
    ["create.plan.json", [], 0],
  ] as const)("%s %j: %i", async (name, options, code) => {
    expect(await baseline("review", "--plan", fixture(name), ...options)).toMatchObject({
      code,
      progress: "",
    });
  });
});

describe("input that cannot be reviewed", () => {
  test.each([
    ["no choice", [], /expected --base DIR and --head DIR, or --plan FILE/],
    ["half a choice", ["--base", "."], /expected --base DIR and --head DIR/],
    ["both", ["--base", ".", "--head", ".", "--plan", "x"], /another choice/],
    [
      "a file that is not there",
      ["--plan", "nowhere.json"],
      /nowhere\.json: expected a plan that can be read/,
    ],
    ["an outdir that is not there", ["--base", "nowhere", "--head", "nowhere"], /no such folder/],
  ] as const)("refuses %s", async (_name, options, message) => {
    const { code, result, progress } = await baseline("review", ...options);
    expect([code, result]).toEqual([1, ""]);
    expect(progress).toMatch(message);
  });

  test.each([
    ["a truncated plan", readFileSync(fixture("no-change.plan.json"), "utf8").slice(0, 5_000), /cut off/],
    ["an errored plan", { ...plan([]), errored: true }, /failed half-way/],
    ["a newer format", { ...plan([]), format_version: "2.0" }, /format_version/],
    ["foreign JSON", { hello: "world" }, /format_version/],
    ["a list", [], /an object, got an array/],
  ])("refuses %s", async (_name, content, message) => {
    const { code, result, progress } = await baseline("review", "--plan", file("bad.json", content));
    expect([code, result]).toEqual([1, ""]);
    expect(progress).toMatch(message);
  });

  test("a policy that is none is a finding, and the rest of the plan is reviewed", async () => {
    const content = plan([{ ...widened("p"), after: { name: "p", policy: "hello" } }]);
    const { code, result } = await baseline("review", "--plan", file("bad.json", content));
    expect(code).toBe(2);
    expect(result).toMatch(/policy document, JSON with a Statement, got "hello"/);
  });

  test("a policy that is none is a finding, and the rest of the plan is reviewed", async () => {
    const content = plan([{ ...widened("p"), after: { name: "p", policy: "hello" } }]);
    const { code, result } = await baseline("review", "--plan", file("bad.json", content));
    expect(code).toBe(2);
    expect(result).toMatch(/policy document, JSON with a Statement, got "hello"/);
  });
});

describe("formats", () => {
  const guard = fixture("guard-weakened.plan.json");

  test("json is as its schema says", async () => {
    const { result } = await baseline("review", "--plan", guard, "--format", "json");
    const report = JSON.parse(result) as Record<string, unknown>;
    const schema = JSON.parse(
      readFileSync(join(__dirname, "../../docs/schemas/review.schema.json"), "utf8"),
    ) as Schema;
    expect(problems(report, schema, schema)).toEqual([]);
    expect(problems({ ...report, findings: [{}] }, schema, schema)).not.toEqual([]);
  });

  test("sarif has one result a finding, with a stable fingerprint", async () => {
    const { result } = await baseline("review", "--plan", guard, "--format", "sarif");
    const { version, runs } = JSON.parse(result) as {
      version: string;
      runs: { results: Record<string, unknown>[] }[];
    };
    expect([version, runs[0]?.results.map(({ ruleId, level }) => [ruleId, level])]).toEqual([
      "2.1.0",
      [["guard-weakened", "error"]],
    ]);
  });

  test("a summary is appended, and the result written to a file", async () => {
    file("summary.md", "before\n");
    const { result } = await baseline(
      "review",
      "--plan",
      guard,
      "--output",
      "out.txt",
      "--summary",
      "summary.md",
    );
    expect(result).toBe("");
    expect(readFileSync(join(folder, "summary.md"), "utf8")).toMatch(/^before\n<!-- iam-baseline-review -->/);
    expect(readFileSync(join(folder, "out.txt"), "utf8")).toMatch(/^Do not merge without a reason/);
  });

  test.each(["--output", "--summary"])(
    "refuses %s where no file can be, and names the option",
    async (option) => {
      const outcome = await baseline("review", "--plan", fixture("no-change.plan.json"), option, "none/x.md");
      expect(outcome).toMatchObject({ code: 1, result: "" });
      expect(outcome.progress).toMatch(new RegExp(`${option} none/x\\.md: .*ENOENT`));
    },
  );

  test("an accepted finding does not count, and is listed", async () => {
    const accepted = file("accepted.json", [
      {
        finding: "guard-weakened",
        subject: "aws_iam_policy.guard",
        reason: "a drill of the team",
        expires: "2026-12-01",
      },
    ]);
    const { code, result } = await baseline("review", "--plan", guard, "--accepted", accepted);
    expect(code).toBe(0);
    expect(result).toContain("a drill of the team");
  });

  test("refuses exceptions without a reason", async () => {
    const accepted = file("accepted.json", [
      { finding: "guard-weakened", subject: "x", expires: "2026-12-01" },
    ]);
    const { code, progress } = await baseline("review", "--plan", guard, "--accepted", accepted);
    expect(code).toBe(1);
    expect(progress).toMatch(/reason/);
  });
});

interface Schema {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** As much of JSON Schema as the published schema uses. */
function problems(value: unknown, given: Schema, root: Schema, path = "$"): readonly string[] {
  const schema = given.$ref === undefined ? given : (root.$defs?.[given.$ref.replace("#/$defs/", "")] ?? {});
  const type =
    value === null
      ? "null"
      : Array.isArray(value)
        ? "array"
        : Number.isInteger(value)
          ? "integer"
          : typeof value;
  const types = typeof schema.type === "string" ? [schema.type] : schema.type;
  if (types !== undefined && !types.includes(type)) return [`${path}: ${type}`];
  if (schema.const !== undefined && schema.const !== value) return [`${path}: const`];
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${path}: ${String(value)}`];
  if (Array.isArray(value)) {
    return schema.items === undefined
      ? []
      : value.flatMap((item, index) => problems(item, schema.items ?? {}, root, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null) return [];
  const record = value as Readonly<Record<string, unknown>>;
  return [
    ...(schema.required ?? []).filter((name) => !(name in record)).map((name) => `${path}.${name}: missing`),
    ...Object.entries(record).flatMap(([name, item]) => {
      const own = schema.properties?.[name];
      if (own !== undefined) return problems(item, own, root, `${path}.${name}`);
      return schema.additionalProperties === false ? [`${path}.${name}: unexpected`] : [];
    }),
  ];
}
