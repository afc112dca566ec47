import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  SchedulerClient,
} from "@aws-sdk/client-scheduler";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { strToU8, zipSync } from "fflate";
import type { RegionalInventory } from "../../src/aws/inventory";
import { type RegionalClients, readRegionalInventory } from "../../src/aws/regional-inventory";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

const REGION = "eu-central-1";
const ROLE = `arn:aws:iam::${EMULATOR_ACCOUNT_ID}:role/baseline/runs`;
const TOPIC = `arn:aws:sns:${REGION}:${EMULATOR_ACCOUNT_ID}:baseline-credential-hygiene`;

describe("a region to which others added something", () => {
  let emulator: Emulator;
  let inventory: RegionalInventory;
  const called: string[] = [];

  beforeAll(async () => {
    emulator = await startEmulator({ managedPolicies: false });
    const settings = { ...emulator.client, region: REGION };
    const clients = {
      lambda: new LambdaClient(settings),
      scheduler: new SchedulerClient(settings),
      sns: new SNSClient(settings),
    };
    const iam = new IAMClient(settings);
    await iam.send(
      new CreateRoleCommand({ RoleName: "runs", Path: "/baseline/", AssumeRolePolicyDocument: "{}" }),
    );
    iam.destroy();
    await addOthers(clients);
    for (const [service, { middlewareStack }] of Object.entries(clients)) {
      // the three stacks have types of their own, and take the same
      (middlewareStack as LambdaClient["middlewareStack"]).add(
        (next, { commandName = "" }) => {
          called.push(`${service}:${commandName.replace(/Command$/, "")}`);
          return next;
        },
        { step: "initialize" },
      );
    }
    inventory = await readRegionalInventory(clients, {
      region: REGION,
      isOwnFunction: ({ name }) => name.startsWith("baseline-"),
      topics: [TOPIC],
    });
    for (const client of Object.values(clients)) client.destroy();
  });
  afterAll(() => emulator.stop());

  test("asks once for each list, and of each own function and topic", () => {
    expect(called.sort()).toEqual([
      "lambda:GetPolicy",
      "lambda:ListFunctions",
      "scheduler:ListSchedules",
      "sns:ListSubscriptionsByTopic",
    ]);
  });

  test("reads functions with their roles, and the policy of the baseline's own", () => {
    expect(inventory.functions).toEqual({
      value: [
        { name: "baseline-report", role: ROLE },
        { name: "shop", role: ROLE },
      ],
    });
    expect(inventory.functionPolicies).toEqual({
      "baseline-report": { value: expect.stringContaining("444455556666") },
    });
  });

  test("reads schedules with what they invoke", () => {
    expect(inventory.schedules).toEqual({
      value: [{ name: "again", group: "baseline-runs", state: "ENABLED", target: "arn:aws:lambda:x" }],
    });
  });

  test("reads who is subscribed", () => {
    expect(inventory.subscriptions[TOPIC]).toMatchObject({
      value: [{ protocol: "https", endpoint: "https://example.net/in" }],
    });
  });
});

async function addOthers({ lambda, scheduler, sns }: RegionalClients): Promise<void> {
  for (const FunctionName of ["baseline-report", "shop"]) {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: ROLE,
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Code: { ZipFile: zipSync({ "index.js": strToU8("") }) },
      }),
    );
  }
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: "baseline-report",
      StatementId: "x",
      Action: "lambda:InvokeFunction",
      Principal: "444455556666",
    }),
  );
  await scheduler.send(new CreateScheduleGroupCommand({ Name: "baseline-runs" }));
  await scheduler.send(
    new CreateScheduleCommand({
      GroupName: "baseline-runs",
      Name: "again",
      ScheduleExpression: "rate(1 day)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: { Arn: "arn:aws:lambda:x", RoleArn: ROLE },
    }),
  );
  await sns.send(new CreateTopicCommand({ Name: "baseline-credential-hygiene" }));
  await sns.send(
    new SubscribeCommand({ TopicArn: TOPIC, Protocol: "https", Endpoint: "https://example.net/in" }),
  );
}
