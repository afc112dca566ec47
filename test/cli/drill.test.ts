import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { CreateTopicCommand, ListSubscriptionsCommand, SNSClient } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { respondHandler } from "../../lambda/respond/respond-handler";
import { sessionCutoffStore } from "../../src/aws/session-cutoff-store";
import { detectionScope } from "../../src/detection/scope-of";
import type { EnvironmentInput } from "../../src/environment/environment";
import { dailyAt } from "../../src/environment/schedule";
import { sessionCutoffDocument } from "../../src/policies/session-cutoff-policy";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { device, environment, NOW, role } from "../builders/environment";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";
import { type Project, projectOf } from "./project";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(90_000);

const REGION = "eu-central-1";
const ARN = `arn:aws:iam::${EMULATOR_ACCOUNT_ID}:policy/baseline/baseline-session-cutoff`;
const TOPIC = `arn:aws:sns:${REGION}:${EMULATOR_ACCOUNT_ID}:baseline-detection`;

const home: EnvironmentInput = environment({
  name: "home",
  accountId: EMULATOR_ACCOUNT_ID,
  region: REGION,
  devices: { laptop: device(), spare: device({ roles: [] }), test: device({ roles: [] }) },
  roles: { daily: role({ trust: { sessionName: true } }) },
  detection: {
    trail: { existing: `arn:aws:cloudtrail:${REGION}:${EMULATOR_ACCOUNT_ID}:trail/all` },
    digest: dailyAt("08:00", "Asia/Tokyo"),
  },
  respond: {},
});

/** The rule is the emulator's, in us-east-1; a queue stands for the way to the function, which is the real one. */
describe("drill leaked-key, in an account", () => {
  let emulator: Emulator;
  let iam: IAMClient;
  let sns: SNSClient;
  let sqs: SQSClient;
  let project: Project;
  let stopped = false;
  let pump: Promise<void> | undefined;
  const before = { ...process.env };

  beforeAll(async () => {
    emulator = await startEmulator({ managedPolicies: false });
    Object.assign(process.env, emulator.environment);
    const at = { ...emulator.client, region: REGION };
    iam = new IAMClient(emulator.client);
    sns = new SNSClient(at);
    sqs = new SQSClient(at);
    for (const UserName of ["laptop", "spare"]) {
      await iam.send(new CreateUserCommand({ UserName, Path: "/baseline/device/" }));
      await iam.send(new CreateAccessKeyCommand({ UserName }));
    }
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "spare" }));
    await iam.send(
      new UpdateAccessKeyCommand({
        UserName: "spare",
        AccessKeyId: AccessKey?.AccessKeyId,
        Status: "Inactive",
      }),
    );
    await iam.send(
      new CreatePolicyCommand({
        PolicyName: "baseline-session-cutoff",
        Path: "/baseline/",
        PolicyDocument: JSON.stringify(sessionCutoffDocument([])),
      }),
    );
    await sns.send(new CreateTopicCommand({ Name: "baseline-detection" }));
    const far = new SQSClient({ ...emulator.client, region: "us-east-1" });
    const { QueueUrl } = await far.send(new CreateQueueCommand({ QueueName: "way" }));
    const bus = new EventBridgeClient({ ...emulator.client, region: "us-east-1" });
    const EventPattern = JSON.stringify({ source: ["iam-baseline.drill"], detail: { service: ["RISK"] } });
    await bus.send(new PutRuleCommand({ Name: "baseline-leaked-key", EventPattern }));
    const Arn = `arn:aws:sqs:us-east-1:${EMULATOR_ACCOUNT_ID}:way`;
    await bus.send(new PutTargetsCommand({ Rule: "baseline-leaked-key", Targets: [{ Id: "home", Arn }] }));
    bus.destroy();
    const all = validateBaseline([home], NOW);
    const [valid] = all;
    const handler = respondHandler({
      iam,
      sns,
      variables: {
        ENVIRONMENT: "home",
        TOPIC_ARN: TOPIC,
        DETECTION_SCOPE: JSON.stringify(valid?.detection && detectionScope(valid, valid.detection)),
        CUTOFF_POLICY_ARN: ARN,
        ONE_BY_ONE: "true",
      },
      now: () => new Date(),
      sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    });
    pump = (async () => {
      while (!stopped) {
        const { Messages = [] } = await far.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 0 }));
        for (const { Body = "", ReceiptHandle } of Messages) {
          await handler(JSON.parse(Body), { awsRequestId: "run", getRemainingTimeInMillis: () => 30_000 });
          await far.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      far.destroy();
    })();
    project = projectOf([home], () => new Date());
  });
  afterAll(async () => {
    stopped = true;
    await pump;
    project?.remove();
    for (const client of [iam, sns, sqs]) client?.destroy();
    await emulator?.stop();
    process.env = before;
  });

  let silence: jest.SpyInstance[] = [];
  beforeEach(() => {
    silence = [process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, "write").mockReturnValue(true),
    );
    for (const method of ["log", "info", "warn", "error"] as const)
      silence.push(jest.spyOn(console, method).mockReturnValue());
  });
  afterEach(() => {
    for (const spy of silence) spy.mockRestore();
  });

  const status = async (UserName: string) => {
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
    return AccessKeyMetadata.map(({ Status }) => Status).sort();
  };
  const cutoffs = async () => (await sessionCutoffStore(iam, ARN, () => new Date()).read()).cutoffs;
  const leftovers = async () => [
    ((await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).filter((url) => url.includes("drill")),
    (await sns.send(new ListSubscriptionsCommand({}))).Subscriptions,
  ];

  test("measures event to inactive, to denied, to told, and leaves all as it was", async () => {
    const { code, result, progress } = await project.baseline(
      "drill",
      "leaked-key",
      "spare",
      "--yes",
      "--format",
      "json",
    );
    expect({ code, progress: code === 0 ? "" : progress }).toEqual({ code: 0, progress: "" });
    const report = JSON.parse(result);
    for (const step of ["inactiveAfter", "deniedAfter", "toldAfter"]) {
      expect(report[step]).toBeGreaterThanOrEqual(0);
      expect(report[step]).toBeLessThan(60);
    }
    expect(report).toMatchObject({ userName: "spare", restoredKeys: 1, notRestored: [] });
    expect(await status("spare")).toEqual(["Active", "Inactive"]);
    expect(await cutoffs()).toEqual([]);
    expect(await leftovers()).toEqual([[], []]);
    expect(`${result}${progress}`).not.toMatch(/A(KIA|SIA|IDA|ROA)[A-Z0-9]{12,}/);
  });

  test("tells what it would do without --yes", async () => {
    const { code, result } = await project.baseline("drill", "leaked-key", "spare");
    expect([code, result]).toEqual([0, expect.stringContaining("Nothing was sent")]);
    expect(await status("spare")).toEqual(["Active", "Inactive"]);
  });

  test.each([
    ["a user without an active key", "test", "has no active access key"],
    ["a user that there is not", "spar", 'did you mean "spare"?'],
  ])("refuses %s", async (_what, name, words) => {
    const { code, progress } = await project.baseline("drill", "leaked-key", name, "--yes");
    expect([code, progress]).toEqual([1, expect.stringContaining(words)]);
    expect(await leftovers()).toEqual([[], []]);
  });

  test("refuses where it would end everybody's sessions", async () => {
    const open = projectOf([{ ...home, roles: { daily: role({}) } }], () => new Date());
    const { code, progress } = await open.baseline("drill", "leaked-key", "spare", "--yes");
    open.remove();
    expect([code, progress]).toEqual([1, expect.stringContaining("trust.sessionName: true")]);
  });
});
