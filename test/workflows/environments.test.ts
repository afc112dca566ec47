import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runScript } from "./support/script";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "iam-baseline-environments-"));
  for (const kind of ["credential-hygiene", "identity", "state-backend"])
    stack(`prod-${kind}`, "444455556666");
  stack("prod-eu-identity", "111122223333");
  stack("personal-identity", "111122223333", "local");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function stack(name: string, accountId: string, backend = "s3"): void {
  mkdirSync(join(folder, "stacks", name), { recursive: true });
  writeFileSync(
    join(folder, "stacks", name, "cdk.tf.json"),
    JSON.stringify({
      terraform: { backend: { [backend]: {} } },
      provider: { aws: [{ region: "eu-central-1", allowed_account_ids: [accountId] }] },
    }),
  );
}

const role = (accountId: string) => `arn:aws:iam::${accountId}:role/team/plan-k7q2m9xd`;

function matrix(roles: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>> = {}) {
  return runScript("environments.mjs", [folder, "PLAN_ROLE_ARNS"], {
    PLAN_ROLE_ARNS: JSON.stringify(roles),
    ...variables,
  });
}

test("lists an environment with its account, region, role and stacks in the order of deployment", async () => {
  const { stdout } = await matrix({ prod: role("444455556666") });
  expect(JSON.parse(stdout)).toEqual([
    {
      environment: "prod",
      accountId: "444455556666",
      region: "eu-central-1",
      role: role("444455556666"),
      stacks: ["prod-identity", "prod-credential-hygiene"],
    },
  ]);
});

test("keeps the order of the variable", async () => {
  const file = join(folder, "output");
  const roles = { "prod-eu": role("111122223333"), prod: role("444455556666") };
  expect(await matrix(roles, { GITHUB_OUTPUT: file })).toMatchObject({ status: 0 });
  expect(readFileSync(file, "utf8")).toMatch(/^matrix=\[.*\]\nnames=\["prod-eu","prod"\]\n$/);
});

test("leaves out an environment that a pull request removes, and says so", async () => {
  const { status, stdout, stderr } = await matrix({ gone: role("111122223333") });
  expect([status, stdout.trim()]).toEqual([0, "[]"]);
  expect(stderr).toContain("PLAN_ROLE_ARNS.gone: no stack");
});

test("lists nothing where the variable is not set", async () => {
  expect((await runScript("environments.mjs", [folder, "PLAN_ROLE_ARNS"])).stdout.trim()).toBe("[]");
});

test.each([
  ["a role of another account", { prod: role("111122223333") }, "expected a role of account 444455556666"],
  ["an environment with local state", { personal: role("111122223333") }, "its state is local"],
  ["what is no role", { prod: "arn:aws:iam::444455556666:user/x" }, "expected the ARN of a role"],
  ["a name that is a path", { "../prod": role("444455556666") }, "expected names of environments"],
])("refuses %s", async (_what, roles: Readonly<Record<string, string>>, message) => {
  const { status, stderr } = await matrix(roles);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
});

test("writes no output where one environment is wrong", async () => {
  const file = join(folder, "output");
  writeFileSync(file, "");
  await matrix({ prod: role("444455556666"), "prod-eu": role("444455556666") }, { GITHUB_OUTPUT: file });
  expect(readFileSync(file, "utf8")).toBe("");
});

describe("the role of one environment", () => {
  const chosen = (environment: string) =>
    runScript("role-of.mjs", ["MAIN_ROLE_ARNS"], {
      ENVIRONMENT: environment,
      MAIN_ROLE_ARNS: JSON.stringify({
        prod: role("444455556666"),
        china: "arn:aws-cn:iam::444455556666:role/x",
      }),
      GITHUB_OUTPUT: join(folder, "output"),
    });

  test.each([
    ["prod", "us-east-1"],
    ["china", "cn-north-1"],
  ])("%s asks STS in %s", async (environment, region) => {
    expect((await chosen(environment)).status).toBe(0);
    expect(readFileSync(join(folder, "output"), "utf8")).toContain(`region=${region}\n`);
  });

  test("refuses an environment without one", async () => {
    expect(await chosen("dev")).toMatchObject({ status: 1 });
  });
});
