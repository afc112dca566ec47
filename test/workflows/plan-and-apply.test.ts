import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentDigest } from "../../src/review/digest";
import { labStack, writeStack } from "./support/lab-stack";
import { runScript } from "./support/script";

// terraform and the command line start a dozen times
jest.setTimeout(60_000);

const STACK = "lab-identity";
const hasTerraform = spawnSync("terraform", ["version"]).status === 0;
const withTerraform = hasTerraform ? describe : describe.skip;

let folder: string;
let stack: string;
const planned = () => join(folder, "planned");
const outputs = () =>
  Object.fromEntries(
    readFileSync(join(folder, "output"), "utf8")
      .trim()
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const),
  );

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "iam-baseline-apply-"));
  stack = writeStack(folder, STACK, labStack());
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const STATE = () => join(folder, "lab.tfstate");

/** The stack as another job has it: without what terraform keeps beside it. */
function fresh(): void {
  rmSync(join(folder, "stacks"), { recursive: true });
  stack = writeStack(folder, STACK, labStack());
}

function plan(variables: Readonly<Record<string, string>> = {}) {
  rmSync(join(folder, "output"), { force: true });
  return runScript("plan-environment.mjs", [folder, planned()], {
    STACKS: JSON.stringify([STACK]),
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
    ...variables,
  });
}

function apply(digests: string, variables: Readonly<Record<string, string>> = {}) {
  return runScript("apply-environment.mjs", [folder], {
    DIGESTS: digests,
    RETRY_WAIT_SECONDS: "0",
    ...variables,
  });
}

/** What terraform's state holds. */
function deployed(): readonly string[] {
  const text = execFileSync("terraform", ["state", "list"], { cwd: stack, encoding: "utf8", stdio: "pipe" });
  return text.trim().split("\n");
}

withTerraform("plan and apply", () => {
  test("applies the plan whose digest was reviewed, nothing else, and then there are no changes", async () => {
    expect(await plan()).toMatchObject({ status: 0 });
    const { digests = "", changes } = outputs();
    expect(changes).toBe("true");
    expect(JSON.parse(digests)).toEqual({ [STACK]: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(readFileSync(join(folder, "summary.md"), "utf8")).toContain("## Access review");

    // where plans are not kept, the same is planned again: it has the same digest
    fresh();
    await plan({ LOCK_STATE: "true" });
    expect(outputs()["digests"]).toBe(digests);

    const other = await apply(JSON.stringify({ [STACK]: `sha256:${"0".repeat(64)}` }));
    expect(other.stderr).toContain("expected the reviewed plan");
    expect([other.status, existsSync(STATE())]).toEqual([1, false]);

    expect(await apply(digests)).toMatchObject({ status: 0 });
    expect(deployed()).toEqual(["terraform_data.role", "terraform_data.user"]);

    fresh();
    await plan();
    expect(outputs()["changes"]).toBe("false");
  });

  test("a plan that fails is a failure and has no digest", async () => {
    stack = writeStack(folder, STACK, {
      ...labStack(),
      output: { x: { value: "${terraform_data.nobody.id}" } },
    });
    expect(await plan()).toMatchObject({ status: 1 });
    expect(existsSync(join(folder, "output"))).toBe(false);
  });

  test("a user that IAM does not know everywhere yet: the rest is planned again and applied once more", async () => {
    const calls = join(folder, "calls");
    const condition = '${terraform_data.user.id != "" && fileexists("${path.module}/ready")}';
    const error_message =
      "creating IAM Role (daily): MalformedPolicyDocument: Invalid principal in policy: the user";
    const role = { lifecycle: { precondition: [{ condition, error_message }] } };
    stack = writeStack(folder, STACK, labStack(role));
    const terraform = program([
      'if [ "$1" = plan ] && [ -f plan.bin ]; then touch ready; fi',
      `echo "$1" >> '${calls}'`,
      'exec terraform "$@"',
    ]);
    await plan({ TERRAFORM_BINARY_NAME: terraform });
    const applied = await apply(outputs()["digests"] ?? "", { TERRAFORM_BINARY_NAME: terraform });
    expect(applied).toMatchObject({ status: 0 });
    expect(deployed()).toEqual(["terraform_data.role", "terraform_data.user"]);
    expect(readFileSync(calls, "utf8").match(/^apply$/gm)).toHaveLength(2);
  });
});

/** A program in the place of terraform. */
function program(lines: readonly string[]): string {
  const path = join(folder, "terraform");
  writeFileSync(path, `#!/bin/sh\n${lines.join("\n")}\n`, { mode: 0o755 });
  return path;
}

describe("an apply that fails", () => {
  const planOf = (...names: readonly string[]) => ({
    format_version: "1.2",
    terraform_version: "1.11.4",
    complete: true,
    errored: false,
    configuration: {},
    planned_values: { root_module: {} },
    resource_changes: names.map((name) => ({
      address: `terraform_data.${name}`,
      mode: "managed",
      type: "terraform_data",
      name,
      provider_name: "terraform.io/builtin/terraform",
      change: { actions: ["create"], before: null, after: { input: name }, after_unknown: {} },
    })),
  });
  const reviewed = planOf("user", "role");

  /** Plans are JSON here; every apply fails with `message`, the second plan is `second`. */
  async function failing(message: string, second: unknown) {
    writeFileSync(join(stack, "plan.bin"), JSON.stringify(reviewed));
    writeFileSync(join(folder, "second"), JSON.stringify(second));
    writeFileSync(join(folder, "message"), message);
    const terraform = program([
      `echo "$1" >> '${folder}/calls'`,
      'for last in "$@"; do :; done',
      'case "$1" in',
      '  show) cat "$last" ;;',
      `  plan) cp '${folder}/second' plan.second.bin ;;`,
      `  apply) cat '${folder}/message' >&2; exit 1 ;;`,
      "esac",
    ]);
    const result = await apply(JSON.stringify({ [STACK]: contentDigest(reviewed) }), {
      TERRAFORM_BINARY_NAME: terraform,
    });
    const calls = readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
    return { ...result, applies: calls.filter((call) => call === "apply").length };
  }

  const young = "MalformedPolicyDocument: Invalid\n│ principal in policy";

  test.each([
    "MalformedPolicyDocument: Syntax errors in policy.",
    "Invalid principal in policy",
    "AccessDenied: not authorized to perform: iam:CreateRole",
    "Throttling: Rate exceeded",
  ])("with %s is not tried again", async (message) => {
    expect(await failing(message, planOf("role"))).toMatchObject({ status: 1, applies: 1 });
  });

  test("because of a new user is tried again once and no more", async () => {
    expect(await failing(young, planOf("role"))).toMatchObject({ status: 1, applies: 2 });
  });

  test("refuses a rest that was not reviewed", async () => {
    const result = await failing(young, planOf("role", "mallory"));
    expect(result).toMatchObject({ status: 1, applies: 1 });
    expect(result.stderr).toContain("terraform_data.mallory: was not in the reviewed plan");
  });
});

test.each(["", "{}", "[]", "null", '{"lab-identity":"sha256:1"}', `{"../x":"sha256:${"0".repeat(64)}"}`])(
  "refuses the digests %j",
  async (digests) => {
    const { status, stderr } = await apply(digests);
    expect(status).toBe(1);
    expect(stderr).toContain("DIGESTS: expected JSON");
  },
);
