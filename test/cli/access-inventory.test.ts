import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  CreateUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import type { AccountInventory } from "../../src/aws/inventory";
import { run } from "../../src/cli/run";
import type { AccessReport } from "../../src/report/access-report";
import { accountInventory, credentials, roleDetails, userDetails } from "../builders/account-inventory";
import { environment } from "../builders/environment";
import { stack, trusting } from "../sources/terraform-files";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";
import { type Project, projectOf } from "./project";

const NOW = new Date("2026-11-25T00:00:00Z");
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "iam-baseline-live-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function access(...argv: readonly string[]) {
  const result: string[] = [];
  const progress: string[] = [];
  const output = {
    result: (text: string) => result.push(text),
    progress: (text: string) => progress.push(text),
    columns: undefined,
  };
  const code = await run(["access", ...argv], output, { directory, now: NOW, environmentVariables: {} });
  return { code, result: result.join(""), progress: progress.join("") };
}

const write = (name: string, json: unknown) => {
  mkdirSync(join(directory, name, ".."), { recursive: true });
  writeFileSync(join(directory, name), JSON.stringify(json));
};

function legacy(difference: Partial<AccountInventory> = {}): AccountInventory {
  const trust = JSON.parse(trusting("arn:aws:iam::111122223333:root"));
  return accountInventory(
    {
      users: [
        { ...userDetails("anna", { attached: [ADMIN] }), CreateDate: "2026-10-01T00:00:00Z" } as never,
        userDetails("declared", { path: "/p/" }),
      ],
      roles: [
        roleDetails("legacy", trust, { attached: [ADMIN] }),
        roleDetails("AWSReservedSSO_Admin_0a1b", trust, { path: "/aws-reserved/sso.amazonaws.com/" }),
      ],
    },
    {
      users: {
        anna: credentials({
          loginProfile: { value: {} },
          accessKeys: { value: [{ maskedId: "****ABCD", status: "Active" }] },
          mfaDevices: { notChecked: "AccessDenied" },
        }),
      },
      ...difference,
    },
  );
}

describe("an account as a file describes it", () => {
  test("is told whole: users and roles that no stack knows, whom they let in, and with what they sign", async () => {
    write("prod.json", legacy());
    const { code, result } = await access("--from-inventory", "prod.json");
    expect(code).toBe(0);
    expect(result).toMatch(/^prod \(account 111122223333\)/);
    expect(result).toContain("Account 111122223333 as it is, of 2026-11-23T12:00:00.000Z");
    expect(result).toMatch(/legacy \(admin\)\s+anna\s+without MFA, from anywhere/);
    expect(result).toMatch(/anna\s+yes\s+1 active\s+not known/);
  });

  test("does not take a stranger for one whom it would hold: all of the account was asked", async () => {
    write("prod.json", legacy());
    const { result } = await access("--from-inventory", "prod.json", "--format", "json");
    const { environments } = JSON.parse(result) as AccessReport;
    const role = environments[0]?.roles.find(({ name }) => name === "legacy");
    expect(role?.assumedBy.map(({ name }) => name)).toEqual(["anna"]);
  });

  test("answers questions", async () => {
    write("prod.json", legacy());
    const asked = ["--principal", "anna", "--action", "iam:CreateUser"];
    expect(await access("--from-inventory", "prod.json", ...asked)).toMatchObject({
      code: 0,
      result: expect.stringContaining("yes: "),
    });
  });

  test.each(["markdown", "mermaid", "svg"])("is drawn as %s", async (format) => {
    write("prod.json", legacy());
    const { code, result } = await access("--from-inventory", "prod.json", "--format", format);
    expect(code).toBe(0);
    expect(result).toContain("legacy");
  });

  test("is compared with what was synthesized: the rest is in no stack, with who made it", async () => {
    write("prod.json", legacy());
    write(
      "cdktf.out/stacks/home-identity/cdk.tf.json",
      stack(
        { "aws_iam_user.u": { name: "declared", path: "/p/" } },
        { "//": { metadata: { stackName: "home-identity" } } },
      ),
    );
    const { result } = await access("--from-inventory", "prod.json", "--format", "json");
    const [{ name, account } = {}] = (JSON.parse(result) as AccessReport).environments;
    expect(name).toBe("home");
    expect(account?.undeclared).toMatchObject([
      { kind: "role", name: "AWSReservedSSO_Admin_0a1b", madeBy: "IAM Identity Center" },
      { kind: "role", name: "legacy" },
      { kind: "user", name: "anna", createdAt: "2026-10-01T00:00:00.000Z" },
    ]);
    expect(JSON.stringify(account?.undeclared)).not.toContain("declared");
  });

  test("says so where there are no stacks to compare it with", async () => {
    write("prod.json", legacy());
    const { result } = await access("--from-inventory", "prod.json");
    expect(result).toMatch(/In no stack[\s\S]*not known[\s\S]*cdktf\.out is not there/);
  });

  test("tells what a file of authorization details does not hold", async () => {
    write("prod.json", legacy().authorizationDetails);
    const { result } = await access("--from-inventory", "prod.json");
    expect(result).toMatch(/session[\s\S]*legacy \(admin\).*not known/);
    expect(result).toContain("the file holds no more than the authorization details");
  });

  test("stands alone: what is declared and what is there are two answers", async () => {
    write("prod.json", legacy());
    expect(await access("--from-inventory", "prod.json", "--from-stack", "x")).toMatchObject({
      code: 1,
      progress: expect.stringContaining("option-conflict"),
    });
  });

  test("is refused where the file is something else", async () => {
    write("prod.json", { hello: "world" });
    expect((await access("--from-inventory", "prod.json")).code).toBe(1);
  });
});

describe("an account as it is now", () => {
  let emulator: Emulator;
  let project: Project;
  let other: Project;
  const before = { ...process.env };

  beforeAll(async () => {
    emulator = await startEmulator();
    Object.assign(process.env, emulator.environment);
    const settings = { environmentVariables: emulator.environment };
    project = projectOf([environment({ accountId: EMULATOR_ACCOUNT_ID })], () => NOW, settings);
    other = projectOf([environment()], () => NOW, settings);
    const iam = new IAMClient(emulator.client);
    await iam.send(new CreateUserCommand({ UserName: "anna" }));
    await iam.send(new CreateAccessKeyCommand({ UserName: "anna" }));
    await iam.send(new AttachUserPolicyCommand({ UserName: "anna", PolicyArn: ADMIN }));
    await iam.send(new CreateSAMLProviderCommand({ Name: "Okta", SAMLMetadataDocument: "x".repeat(1024) }));
    const trust = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: `arn:aws:iam::${EMULATOR_ACCOUNT_ID}:saml-provider/Okta` },
          Action: "sts:AssumeRoleWithSAML",
        },
      ],
    };
    await iam.send(
      new CreateRoleCommand({ RoleName: "people", AssumeRolePolicyDocument: JSON.stringify(trust) }),
    );
    iam.destroy();
  });
  afterAll(async () => {
    process.env = before;
    project.remove();
    other.remove();
    await emulator.stop();
  });

  test("is read with the credentials at hand, and told with its steps", async () => {
    const { code, result, progress } = await project.baseline("access", "--live", "prod");
    expect([code, progress]).toEqual([0, expect.stringContaining(`reading account ${EMULATOR_ACCOUNT_ID}`)]);
    expect(result).toMatch(/people\s+everybody whom SAML provider Okta signs in/);
    expect(result).toMatch(/anna\s+no\s+1 active\s+none/);
  });

  test("answers a question", async () => {
    const asked = ["--principal", "anna", "--action", "s3:GetObject"];
    const { code, result } = await project.baseline("access", "--live", "prod", ...asked);
    expect([code, result]).toEqual([0, expect.stringContaining("yes: ")]);
  });

  test("is refused with credentials of another account, before anything is asked", async () => {
    const { code, progress } = await other.baseline("access", "--live", "prod");
    expect([code, progress]).toEqual([1, expect.stringContaining("account-mismatch")]);
  });

  test("is refused for an environment that is none", async () => {
    const { code, progress } = await project.baseline("access", "--live", "prdo");
    expect([code, progress]).toEqual([1, expect.stringContaining("prod")]);
  });
});
