import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateAccountAliasCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetAccessKeyLastUsedCommand,
  GetPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
} from "@aws-sdk/client-iam";
import { mockClient } from "aws-sdk-client-mock";
import { readAccountInventory } from "../../src/aws/account-inventory";
import type { AccountInventory } from "../../src/aws/inventory";
import { readInventoryDetails } from "../../src/aws/inventory-details";
import { readInventory } from "../../src/drift/read-inventory";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";

jest.setTimeout(60_000);

const DOCUMENT = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
});
const POLICY = `arn:aws:iam::${EMULATOR_ACCOUNT_ID}:policy/team/deploy`;
const GITHUB = `arn:aws:iam::${EMULATOR_ACCOUNT_ID}:oidc-provider/token.actions.githubusercontent.com`;

describe("what an import asks besides an inventory", () => {
  let emulator: Emulator;
  let inventory: AccountInventory;

  beforeAll(async () => {
    emulator = await startEmulator();
    const iam = new IAMClient({ ...emulator.client, maxAttempts: 1 });
    await iam.send(new CreateUserCommand({ UserName: "anna" }));
    await iam.send(new CreateAccessKeyCommand({ UserName: "anna" }));
    await iam.send(
      new CreatePolicyCommand({
        PolicyName: "deploy",
        Path: "/team/",
        PolicyDocument: DOCUMENT,
        Tags: [{ Key: "team", Value: "web" }],
      }),
    );
    await iam.send(new AttachUserPolicyCommand({ UserName: "anna", PolicyArn: POLICY }));
    await iam.send(
      new CreateRoleCommand({ RoleName: "web", Description: "serves", AssumeRolePolicyDocument: DOCUMENT }),
    );
    await iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: "https://token.actions.githubusercontent.com",
        ClientIDList: ["sts.amazonaws.com"],
        ThumbprintList: ["1234567890123456789012345678901234567890"],
      }),
    );
    await iam.send(new CreateAccountAliasCommand({ AccountAlias: "example" }));
    const plain = await readAccountInventory(iam, {
      accountId: EMULATOR_ACCOUNT_ID,
      now: () => new Date("2026-11-23T12:00:00Z"),
    });
    inventory = { ...plain, details: await readInventoryDetails(iam, plain) };
    iam.destroy();
  });
  afterAll(() => emulator.stop());

  test("are descriptions, tags, providers, the alias and last uses", () => {
    expect(inventory.details).toMatchObject({
      roleDescriptions: { value: { web: "serves" } },
      policies: { value: { [POLICY]: { tags: { team: "web" } } } },
      oidcProviders: { value: { [GITHUB]: { clientIds: ["sts.amazonaws.com"] } } },
      samlProviders: { value: {} },
      alias: { value: "example" },
      keysLastUsed: { value: { anna: [] } },
    });
  });

  test("survive a file, without a key's id or a secret", () => {
    const text = JSON.stringify(inventory);
    expect(readInventory(JSON.parse(text), "prod.json").details).toEqual(inventory.details);
    expect(text).not.toMatch(/AKIA[A-Z0-9]{12}/);
  });
});

describe("a question that IAM does not answer", () => {
  const asked: AccountInventory = {
    ...({} as AccountInventory),
    authorizationDetails: { Policies: [{ Arn: POLICY }, { Arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }] },
    users: { anna: {} as never },
    oidcProviders: { notChecked: "AccessDenied" },
    samlProviders: { value: [] },
  };
  test("is told with its reason; what is gone by then is left out; the others are answered", async () => {
    const iam = mockClient(IAMClient);
    iam.on(GetPolicyCommand).rejects(Object.assign(new Error("gone"), { name: "NoSuchEntityException" }));
    iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [{ AccessKeyId: "AKIAIOSFODNN7EXAMPLE" }] });
    iam
      .on(GetAccessKeyLastUsedCommand)
      .rejects(Object.assign(new Error("not you"), { name: "AccessDenied" }));
    const details = await readInventoryDetails(new IAMClient({}), asked);
    const asks = iam.commandCalls(GetPolicyCommand).length;
    iam.restore();
    expect(details.policies).toEqual({ value: {} });
    expect(details.keysLastUsed).toEqual({ notChecked: expect.stringContaining("GetAccessKeyLastUsed") });
    expect(asks).toBe(1);
  });
});
