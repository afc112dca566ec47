import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  IAMClient,
  PutUserPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import { readAccountInventory } from "../../src/aws/account-inventory";
import type { AccountInventory } from "../../src/aws/inventory";
import { judgeDrift } from "../../src/drift/judge-drift";
import { accessGraph } from "../builders/access-graph";
import apiCalls from "../fixtures/drift/api-calls.json";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

const NOW = new Date("2026-11-23T12:00:00Z");
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const settings = { accountId: EMULATOR_ACCOUNT_ID, now: () => NOW };

describe("an account that others changed, read through the SDK", () => {
  let emulator: Emulator;
  let inventory: AccountInventory;
  const called = new Set<string>();

  beforeAll(async () => {
    emulator = await startEmulator();
    const iam = new IAMClient({ ...emulator.client, maxAttempts: 1 });
    await tamper(iam);
    iam.middlewareStack.add(
      (next, { commandName = "" }) => {
        called.add(`iam:${commandName.replace(/Command$/, "")}`);
        return (args) => next(args);
      },
      { step: "initialize" },
    );
    inventory = await readAccountInventory(iam, settings);
    iam.destroy();
  });
  afterAll(() => emulator.stop());

  test("asks nothing but what the plan role may ask", () => {
    expect([...called].sort()).toEqual([...apiCalls].sort());
  });

  test.each([
    ["a user", "undeclared-user", "user/intruder"],
    ["its access key", "undeclared-access-key", "user/intruder"],
    ["its password", "undeclared-password", "user/intruder"],
    ["its inline policy", "policy-attached", "user/intruder/inline-policy/sneaky"],
    ["its attached policy", "policy-attached", "user/intruder/policy/AdministratorAccess"],
    ["its group", "undeclared-group", "group/secret"],
    ["its membership", "group-joined", "user/intruder/group/secret"],
    ["a role that it may assume", "undeclared-role", "role/back-door"],
    ["an identity provider", "undeclared-identity-provider", "oidc-provider/evil.example.com"],
  ])("finds %s", (_what, rule, address) => {
    const { findings } = judgeDrift({
      environment: "prod",
      plans: [],
      withoutPlan: [{ stack: "prod-identity", graph: accessGraph() }],
      inventory,
    });
    expect(findings.filter((finding) => finding.rule === rule).map((finding) => finding.address)).toContain(
      address,
    );
  });

  test("masks key ids where it reads them", () => {
    const keys = inventory.users["intruder"]?.accessKeys;
    expect(keys).toMatchObject({
      value: [{ maskedId: expect.stringMatching(/^\*{4}[A-Z0-9]{4}$/), status: "Active" }],
    });
    expect(JSON.stringify(inventory)).not.toMatch(/AKIA[A-Z0-9]{12}/);
  });

  test("reads the password policy in Terraform's words", () => {
    expect(inventory.passwordPolicy).toMatchObject({
      value: { minimum_password_length: 8, require_symbols: false },
    });
  });

  test("reads MFA devices and the longest sessions of roles", () => {
    expect(inventory.users["intruder"]?.mfaDevices).toEqual({
      value: [`arn:aws:iam::${EMULATOR_ACCOUNT_ID}:mfa/intruder`],
    });
    expect(inventory.roleSessions).toEqual({ value: { "back-door": 43_200 } });
  });

  test("says what the emulator does not answer, and why", () => {
    expect(inventory.users["intruder"]?.serviceSpecificCredentials).toEqual({
      notChecked: expect.stringContaining("ListServiceSpecificCredentials"),
    });
  });
});

async function tamper(iam: IAMClient): Promise<void> {
  const UserName = "intruder";
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new CreateAccessKeyCommand({ UserName }));
  await iam.send(new CreateLoginProfileCommand({ UserName, Password: "Tr0ub4dor&3-long" }));
  const allow = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
  });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "sneaky", PolicyDocument: allow }));
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: ADMINISTRATOR }));
  await iam.send(new CreateGroupCommand({ GroupName: "secret" }));
  await iam.send(new AddUserToGroupCommand({ UserName, GroupName: "secret" }));
  const { VirtualMFADevice } = await iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: UserName }),
  );
  const SerialNumber = VirtualMFADevice?.SerialNumber;
  await iam.send(
    new EnableMFADeviceCommand({
      UserName,
      SerialNumber,
      AuthenticationCode1: "123456",
      AuthenticationCode2: "654321",
    }),
  );
  const Principal = { AWS: `arn:aws:iam::${EMULATOR_ACCOUNT_ID}:user/${UserName}` };
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
  };
  await iam.send(
    new CreateRoleCommand({
      RoleName: "back-door",
      MaxSessionDuration: 43_200,
      AssumeRolePolicyDocument: JSON.stringify(trust),
    }),
  );
  await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: "https://evil.example.com",
      ThumbprintList: ["0".repeat(40)],
    }),
  );
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 8 }));
}
