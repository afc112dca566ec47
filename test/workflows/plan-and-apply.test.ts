import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

  describe("a user that IAM does not know everywhere yet", () => {
    const message =
      "creating IAM Role (daily): MalformedPolicyDocument: Invalid principal in policy: the user";

    /** A role that can be made from the second plan on, as a user of some seconds is known then. */
    function youngUser(errorMessage: string, second = ""): string {
      const condition = '${terraform_data.user.id != "" && fileexists("${path.module}/ready")}';
      stack = writeStack(
        folder,
        STACK,
        labStack({ lifecycle: { precondition: [{ condition, error_message: errorMessage }] } }),
      );
      const wrapper = join(folder, "terraform");
      const script = [
        "#!/bin/sh",
        `if [ "$1" = plan ] && [ -f plan.bin ]; then touch ready; ${second} fi`,
        `echo "$1" >> '${join(folder, "calls")}'`,
        'exec terraform "$@"',
      ];
      writeFileSync(wrapper, `${script.join("\n")}\n`, { mode: 0o755 });
      return wrapper;
    }

    const applies = () =>
      readFileSync(join(folder, "calls"), "utf8")
        .split("\n")
        .filter((call) => call === "apply").length;

    test("the rest is planned again and applied once more", async () => {
      const terraform = { TERRAFORM_BINARY_NAME: youngUser(message) };
      await plan(terraform);
      expect(await apply(outputs()["digests"] ?? "", terraform)).toMatchObject({ status: 0 });
      expect(deployed()).toEqual(["terraform_data.role", "terraform_data.user"]);
      expect(applies()).toBe(2);
    });

    test("another error is not tried again", async () => {
      const terraform = {
        TERRAFORM_BINARY_NAME: youngUser("MalformedPolicyDocument: Syntax errors in policy."),
      };
      await plan(terraform);
      expect(await apply(outputs()["digests"] ?? "", terraform)).toMatchObject({ status: 1 });
      expect(applies()).toBe(1);
    });

    test("refuses a rest that was not reviewed", async () => {
      const other = JSON.stringify({ resource: { terraform_data: { mallory: { input: "mallory" } } } });
      const terraform = { TERRAFORM_BINARY_NAME: youngUser(message, `echo '${other}' > more.tf.json;`) };
      await plan(terraform);
      const { status, stderr } = await apply(outputs()["digests"] ?? "", terraform);
      expect(status).toBe(1);
      expect(stderr).toContain("terraform_data.mallory: was not in the reviewed plan");
      expect(deployed()).toEqual(["terraform_data.user"]);
      expect(applies()).toBe(1);
    });
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
