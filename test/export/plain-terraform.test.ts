import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/cli/run";
import { hclFolder } from "../../src/export/hcl-folder";
import type { ExportedFiles, ExportedStack, Json } from "../../src/export/stack-export";
import { terraformFolder } from "../../src/export/terraform-folder";
import { graphOfStacks } from "../../src/proofs/prove-stacks";
import { NOW } from "../builders/environment";
import { environments as shipped } from "../shipped";
import { synthesize } from "../support/synthesize";

// Terraform starts a process for each step, and two noisy cores are slow.
jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), "iam-baseline-export-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environmentVariables = { ...process.env, TF_CLI_CONFIG_FILE: undefined, CHECKPOINT_DISABLE: "1" };
const terraform = (cwd: string, ...argv: readonly string[]) =>
  execFileSync("terraform", [...argv], { cwd, env: environmentVariables, encoding: "utf8", stdio: "pipe" });

function write(name: string, files: ExportedFiles): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

/** Everything that a template, a document and a string can hold, in the resource that Terraform itself has. */
const TRICKY: Json = {
  "//": { metadata: { stackName: "x" } },
  terraform: { backend: { local: { path: "terraform.tfstate" } } },
  resource: {
    terraform_data: {
      first: {
        "//": { metadata: { path: "x/device-work/user", uniqueId: "first" } },
        input: 'quotes " \\ and\nlines\t\u2028 $${aws:username} %%{if} ü',
      },
      second: {
        input: {
          whole: "${terraform_data.first.output}",
          part: "arn:x:${terraform_data.first.id}/*",
          call: '${join("-", ["a", "b\\"}"])}',
          policy:
            '{"Version":"2012-10-17","Statement":[{"Sid":"A","Resource":"$${aws:username}","NotAction":["a:<b>&"]}]}',
          "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"],
          nested: { a: [{ b: 1, longer: true }, { b: null }], empty: {}, none: [] },
        },
        depends_on: ["terraform_data.first"],
        lifecycle: { ignore_changes: ["triggers_replace"], create_before_destroy: true },
      },
    },
  },
  output: { first: { description: "what it is", value: "${terraform_data.first.output}" } },
};

describe("a stack that is deployed", () => {
  const stack: ExportedStack = { name: "x", configuration: TRICKY, blocks: {} };
  const { "//": _metadata, ...plain } = TRICKY;
  const deployed = write("deployed", { "cdk.tf.json": JSON.stringify(plain) });
  beforeAll(() => {
    terraform(deployed, "init", "-input=false", "-no-color");
    terraform(deployed, "apply", "-auto-approve", "-input=false", "-no-color");
  });

  test.each([
    ["JSON", terraformFolder(stack)],
    ["HCL", hclFolder(stack)],
  ])("shows no change as plain %s", (name, files) => {
    const path = write(name, files);
    copyFileSync(join(deployed, "terraform.tfstate"), join(path, "terraform.tfstate"));
    terraform(path, "init", "-input=false", "-no-color");
    terraform(path, "validate", "-no-color");
    const { status, stdout } = spawnSync(
      "terraform",
      ["plan", "-detailed-exitcode", "-input=false", "-no-color"],
      {
        cwd: path,
        env: environmentVariables,
        encoding: "utf8",
      },
    );
    expect([status, stdout]).toEqual([0, expect.stringContaining("No changes")]);
  });

  test("shows what is changed: the comparison can fail", () => {
    const path = write(
      "changed",
      hclFolder({ ...stack, configuration: JSON.parse(JSON.stringify(TRICKY).replace("ü", "u")) as Json }),
    );
    copyFileSync(join(deployed, "terraform.tfstate"), join(path, "terraform.tfstate"));
    terraform(path, "init", "-input=false", "-no-color");
    expect(
      spawnSync("terraform", ["plan", "-detailed-exitcode", "-input=false"], {
        cwd: path,
        env: environmentVariables,
      }).status,
    ).toBe(2);
  });

  test("names each resource by the construct that it was", () => {
    expect(hclFolder(stack)["main.tf"]).toContain('# device-work/user\nresource "terraform_data" "first" {');
  });
});

describe("the shipped environments, by the command", () => {
  const project = join(folder, "project");
  const exported = async (format: string, ...names: readonly string[]) => {
    mkdirSync(join(project, "environments"), { recursive: true });
    writeFileSync(
      join(project, "environments/index.js"),
      `exports.environments = ${JSON.stringify(shipped)};`,
    );
    const said: string[] = [];
    const output = {
      result: (text: string) => said.push(text),
      progress: (text: string) => said.push(text),
      columns: undefined,
    };
    const code = await run(["export", ...names, "--format", format, "--output", `../${format}`], output, {
      directory: project,
      now: NOW,
      environmentVariables: {},
    });
    return { code, said: said.join("\n") };
  };

  test("are HCL as terraform fmt writes it, with variables, assets and instructions; a full folder is refused", async () => {
    const { code, said } = await exported("hcl");
    expect([code, said]).toEqual([0, expect.stringContaining("personal-identity")]);
    expect(
      spawnSync("terraform", ["fmt", "-check", "-recursive", join(folder, "hcl")], {
        env: environmentVariables,
      }).status,
    ).toBe(0);
    const identity = join(folder, "hcl/personal-identity");
    expect(readdirSync(identity).sort()).toEqual(
      expect.arrayContaining(["README.md", "main.tf", "variables.tf", "versions.tf"]),
    );
    expect(readdirSync(join(folder, "hcl/personal-credential-hygiene"))).toContain("assets");
    const main = readFileSync(join(identity, "main.tf"), "utf8");
    expect(main).toContain('"aws:SourceIp" = var.allowed_networks');
    expect(main).toContain("$${aws:username}");
    expect(main).not.toMatch(/policy\s*= "\{/);
    expect((await exported("hcl")).said).toContain("never overwritten");
  });

  test("hold in JSON the same resources under the same addresses, and grant the same", async () => {
    await exported("terraform", "personal");
    const names = readdirSync(join(folder, "terraform"));
    expect(names.every((name) => name.startsWith("personal-"))).toBe(true);
    const stacks = synthesize(...shipped);
    for (const name of names) {
      const json = JSON.parse(readFileSync(join(folder, "terraform", name, "main.tf.json"), "utf8"));
      const before = stacks.get(name)?.json as unknown as { resource: Record<string, object> };
      for (const [type, named] of Object.entries(before.resource))
        expect(Object.keys(json.resource[type])).toEqual(Object.keys(named));
      const granted = (configuration: unknown) =>
        JSON.stringify(
          graphOfStacks([{ name, configuration }]).users.map(({ arn, policies, groups }) => [
            arn,
            policies,
            groups,
          ]),
        );
      expect(granted(json)).toBe(granted(before));
    }
  });
});
