import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runScript } from "./support/script";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "iam-baseline-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const aws = { aws: { source: "aws", version: "6.25.0" } };
const random = { random: { source: "hashicorp/random", version: "3.7.2" } };
const PLATFORM = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

/** A mirror on disk from which Terraform installs providers; init never starts them. */
function mirror(): string {
  for (const [name, version] of [
    ["aws", "6.25.0"],
    ["random", "3.7.2"],
  ]) {
    const at = join(folder, "mirror/registry.terraform.io/hashicorp", `${name}/${version}/${PLATFORM}`);
    mkdirSync(at, { recursive: true });
    const file = join(at, `terraform-provider-${name}_v${version}`);
    writeFileSync(file, `#!/bin/sh\n# ${name}\nexit 1\n`);
    chmodSync(file, 0o755);
  }
  const settings = join(folder, "terraform.rc");
  writeFileSync(
    settings,
    `provider_installation { filesystem_mirror { path = "${join(folder, "mirror")}" } }\n`,
  );
  return settings;
}
const variables = {
  PATH: process.env["PATH"] ?? "",
  HOME: folder,
  CHECKPOINT_DISABLE: "1",
  TF_CLI_CONFIG_FILE: mirror(),
};

function stack(name: string, providers: object): string {
  const directory = join(folder, "out/stacks", name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, "cdk.tf.json"),
    JSON.stringify({ terraform: { required_providers: providers } }),
  );
  return directory;
}

function init(directory: string, ...args: readonly string[]) {
  const { status, stderr } = spawnSync("terraform", ["init", "-no-color", "-input=false", ...args], {
    cwd: directory,
    env: variables,
    encoding: "utf8",
  });
  return { status, stderr };
}

describe("one lock file for all stacks", () => {
  const both = stack("prod-identity", { ...aws, ...random });
  const fewer = stack("prod-credential-hygiene", aws);
  const lock = join(folder, "terraform.lock.hcl");

  beforeAll(async () => {
    expect(init(both)).toMatchObject({ status: 0 });
    writeFileSync(lock, readFileSync(join(both, ".terraform.lock.hcl")));
    const { status, stderr } = await runScript("stack-lock.mjs", [join(folder, "out"), lock], variables);
    expect([status, stderr]).toEqual([0, ""]);
  });

  test.each([
    ["that uses all of its providers", both],
    ["that uses fewer", fewer],
  ])("holds a stack %s", (_which, directory) => {
    const before = readFileSync(join(directory, ".terraform.lock.hcl"), "utf8");
    expect(init(directory, "-lockfile=readonly")).toEqual({ status: 0, stderr: "" });
    expect(readFileSync(join(directory, ".terraform.lock.hcl"), "utf8")).toBe(before);
    expect(before).toContain("h1:");
  });

  test("copied whole, it is refused by the stack that uses fewer: why this is needed", () => {
    const copied = stack("copied", aws);
    writeFileSync(join(copied, ".terraform.lock.hcl"), readFileSync(lock));
    expect(init(copied, "-lockfile=readonly").stderr).toContain("Provider dependency changes detected");
  });

  test("still refuses a provider that it does not hold", async () => {
    const more = stack("more", random);
    const only = join(folder, "aws.lock.hcl");
    writeFileSync(only, readFileSync(join(fewer, ".terraform.lock.hcl")));
    await runScript("stack-lock.mjs", [join(folder, "out"), only], variables);
    expect(init(more, "-lockfile=readonly").status).toBe(1);
  });

  test("still refuses another file of the provider than it holds", () => {
    const other = stack("other", aws);
    const text = readFileSync(join(fewer, ".terraform.lock.hcl"), "utf8");
    writeFileSync(join(other, ".terraform.lock.hcl"), text.replace(/h1:[^"]+/, `h1:${"A".repeat(43)}=`));
    expect(init(other, "-lockfile=readonly").status).toBe(1);
  });
});
