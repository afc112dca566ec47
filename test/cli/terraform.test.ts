import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOnlyPlan } from "../../src/cli/terraform";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "iam-baseline-terraform-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const VARIABLES = { PATH: process.env["PATH"], HOME: folder, CHECKPOINT_DISABLE: "1" };
const hasBinary = (name: string) => spawnSync(name, ["version"], { env: VARIABLES }).status === 0;

/** A stack without any provider: terraform_data is built in, so init needs no network. */
function stack(name: string, input: string): string {
  const directory = join(folder, name);
  mkdirSync(directory, { recursive: true });
  const backend = { local: { path: "terraform.tfstate" } };
  writeFileSync(
    join(directory, "cdk.tf.json"),
    JSON.stringify({ terraform: { backend }, resource: { terraform_data: { probe: { input } } } }),
  );
  return directory;
}

function terraform(binary: string, directory: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(binary, args, { cwd: directory, env: VARIABLES, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

const plan = (directory: string, variables: Record<string, string | undefined> = {}, timeoutMs?: number) =>
  readOnlyPlan({
    directory,
    environmentVariables: { ...VARIABLES, ...variables },
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
const actions = (json: unknown) =>
  (json as { resource_changes: { change: { actions: string[] } }[] }).resource_changes.flatMap(
    ({ change }) => change.actions,
  );

// OpenTofu is not everywhere; where it is, the same holds for it
const binaries = ["terraform", "tofu"].filter(hasBinary);

test("there is a terraform to test with", () => {
  expect(binaries).toContain("terraform");
});

describe.each(binaries)("a plan by %s", (binary) => {
  const TERRAFORM_BINARY_NAME = binary;

  test("of a stack that differs (exit code 2) is a plan, and nothing is applied", async () => {
    const directory = stack(`${binary}-new`, "one");
    expect(actions(await plan(directory, { TERRAFORM_BINARY_NAME }))).toEqual(["create"]);
    expect(existsSync(join(directory, "terraform.tfstate"))).toBe(false);
  });

  test("of a stack that is as it should be (exit code 0) is a plan without changes", async () => {
    const directory = stack(`${binary}-same`, "one");
    terraform(binary, directory, "init", "-input=false");
    terraform(binary, directory, "apply", "-auto-approve", "-input=false");
    const before = readFileSync(join(directory, "terraform.tfstate"), "utf8");
    expect(actions(await plan(directory, { TERRAFORM_BINARY_NAME }))).toEqual(["no-op"]);
    expect(readFileSync(join(directory, "terraform.tfstate"), "utf8")).toBe(before);
  });

  test("goes on while somebody else holds the lock", async () => {
    const directory = stack(`${binary}-locked`, "one");
    terraform(binary, directory, "init", "-input=false");
    terraform(binary, directory, "apply", "-auto-approve", "-input=false");
    writeFileSync(
      join(directory, ".terraform.tfstate.lock.info"),
      JSON.stringify({ ID: "x", Who: "another" }),
    );
    expect(actions(await plan(directory, { TERRAFORM_BINARY_NAME }))).toEqual(["no-op"]);
    expect(existsSync(join(directory, ".terraform.tfstate.lock.info"))).toBe(true);
  });

  test("of a broken stack (exit code 1) is an error with the step and the reason", async () => {
    const directory = stack(`${binary}-broken`, "$" + "{nowhere.at.all}");
    await expect(plan(directory, { TERRAFORM_BINARY_NAME })).rejects.toThrow(
      new RegExp(`${binary} (?:init|plan): exit code 1: .*nowhere`),
    );
  });

  test("leaves no plan behind: it holds values in clear", async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith("iam-baseline-plan-"));
    const directory = stack(`${binary}-clean`, "one");
    const before = left();
    await plan(directory, { TERRAFORM_BINARY_NAME });
    expect(left().filter((name) => !before.includes(name))).toEqual([]);
    expect(readdirSync(directory).filter((name) => name !== ".terraform")).toEqual(["cdk.tf.json"]);
  });

  test("is not made another one by TF_CLI_ARGS", async () => {
    const directory = stack(`${binary}-arguments`, "one");
    const variables = { TERRAFORM_BINARY_NAME, TF_CLI_ARGS_plan: "-destroy", TF_CLI_ARGS: "-no-such-option" };
    expect(actions(await plan(directory, variables))).toEqual(["create"]);
  });
});

describe("a command in place of terraform", () => {
  /** A program that writes down how it was called. */
  function program(name: string, body: string): string {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\necho "$@" >> "${file}.calls"\n${body}\n`);
    chmodSync(file, 0o755);
    return file;
  }
  const directory = stack("called", "one");

  test("is called to init, plan and show, and for nothing else", async () => {
    const file = program("fake", '[ "$1" = plan ] && exit 2\n[ "$1" = show ] && echo "{}"\nexit 0');
    writeFileSync(join(directory, ".terraform.lock.hcl"), "");
    expect(await plan(directory, { TERRAFORM_BINARY_NAME: file })).toEqual({});
    const calls = readFileSync(`${file}.calls`, "utf8").trim().split("\n");
    expect(calls).toEqual([
      "init -input=false -no-color -lockfile=readonly",
      expect.stringMatching(/^plan -input=false -no-color -lock=false -detailed-exitcode -out=\/\S+$/),
      expect.stringMatching(/^show -json -no-color \/\S+$/),
    ]);
  });

  test.each([
    ["that is not there", () => "/no/such/terraform", "not found"],
    [
      "that fails",
      () => program("failing", 'echo "Error: no credentials" >&2\nexit 1'),
      "exit code 1: Error: no credentials",
    ],
    [
      "that steers the terminal",
      () => program("steering", "printf '\\033[31mred\\n' >&2\nexit 1"),
      "\\u001b[31mred",
    ],
    ["that tells a key", () => program("telling", 'echo "AKIAIOSFODNN7EXAMPLE" >&2\nexit 1'), "****MPLE"],
    ["that writes no JSON", () => program("garbage", 'echo "oops"'), "expected JSON"],
  ])("refuses one %s", async (_which, binary, words) => {
    await expect(plan(directory, { TERRAFORM_BINARY_NAME: binary() })).rejects.toThrow(words);
  });

  test("refuses one that does not end", async () => {
    const binary = program("sleeping", "exec sleep 30");
    await expect(plan(directory, { TERRAFORM_BINARY_NAME: binary }, 300)).rejects.toThrow(
      "no end after 0.3 s",
    );
  });
});
