import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../shipped";
import { synthesize } from "../support/synthesize";
import { labStack, writeStack } from "./support/lab-stack";
import { runScript } from "./support/script";

jest.setTimeout(30_000);

let folder: string;
let ran: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "iam-baseline-check-"));
  ran = join(folder, "terraform-ran");
  // in the place of terraform: whatever is refused must be refused before it starts
  writeFileSync(join(folder, "terraform"), `#!/bin/sh\ntouch '${ran}'\nexit 1\n`, { mode: 0o755 });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function plan(stack: unknown) {
  writeStack(folder, "lab-identity", stack);
  return runScript("plan-environment.mjs", [folder, join(folder, "planned")], {
    STACKS: '["lab-identity"]',
    TERRAFORM_BINARY_NAME: join(folder, "terraform"),
  });
}

const lab = labStack();
const resource = (type: string) => ({ ...lab, resource: { [type]: { x: {} } } });

test.each([
  [
    "a provisioner",
    labStack({ provisioner: [{ "local-exec": { command: "id" } }] }),
    "provisioner: expected none",
  ],
  [
    "a provisioner in a list",
    { ...lab, resource: { aws_iam_user: { x: [{ provisioner: {} }] } } },
    "provisioner",
  ],
  ["an external data source", { ...lab, data: { external: { x: { program: ["id"] } } } }, "data.external"],
  ["an http data source", { ...lab, data: { http: { x: { url: "https://x" } } } }, "data.http"],
  ["another state", { ...lab, data: { terraform_remote_state: { x: {} } } }, "data.terraform_remote_state"],
  [
    "an invocation of a function",
    { ...lab, data: { aws_lambda_invocation: { x: {} } } },
    "data.aws_lambda_invocation",
  ],
  ["a module", { ...lab, module: { x: { source: "git::https://example.com/x" } } }, "module: expected only"],
  [
    "a provider of somebody",
    { ...lab, terraform: { required_providers: { aws: { source: "mallory/aws" } } } },
    "terraform.required_providers.aws",
  ],
  [
    "a provider from elsewhere",
    { ...lab, terraform: { required_providers: { aws: { source: "registry.example.com/hashicorp/aws" } } } },
    "terraform.required_providers.aws",
  ],
  [
    "a provider that runs programs",
    { ...lab, terraform: { required_providers: { external: {} } } },
    "external",
  ],
  [
    "an endpoint",
    { ...lab, provider: { aws: [{ endpoints: [{ sts: "https://x" }] }] } },
    "provider.aws.endpoints",
  ],
  [
    "another role",
    { ...lab, provider: { aws: { assume_role: { role_arn: "x" } } } },
    "provider.aws.assume_role",
  ],
  ["another backend", { ...lab, terraform: { backend: { http: { address: "https://x" } } } }, "backend.http"],
  [
    "an endpoint of the backend",
    { ...lab, terraform: { backend: { s3: { endpoints: {} } } } },
    "backend.s3.endpoints",
  ],
  ["a resource of another provider", resource("null_resource"), "resource.null_resource"],
  ["a development override", { ...lab, terraform: { provider_meta: {} } }, "terraform.provider_meta"],
  ["what is no stack", [], "expected an object"],
])("refuses %s before terraform runs", async (_what, stack, message) => {
  const { status, stderr } = await plan(stack);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(existsSync(ran)).toBe(false);
});

test.each(["main.tf", "x.tf.json", "terraform.tfvars", ".terraformrc", ".terraform", "override.tf"])(
  "refuses a file %s beside the stack",
  async (name) => {
    writeFileSync(join(writeStack(folder, "lab-identity", lab), name), "");
    expect((await plan(lab)).stderr).toContain(`${name}: expected only`);
    expect(existsSync(ran)).toBe(false);
  },
);

test("terraform runs on every stack that the shipped environments synthesize", async () => {
  for (const [, { text }] of synthesize(...environments)) {
    rmSync(ran, { force: true });
    await plan(JSON.parse(text));
    expect(existsSync(ran)).toBe(true);
  }
});

test.each(["", "{}", "[]", '["../x"]', '["-help"]'])("refuses the stacks %j", async (stacks) => {
  const { status } = await runScript("plan-environment.mjs", [folder, join(folder, "planned")], {
    STACKS: stacks,
  });
  expect(status).toBe(1);
});
