import {
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListAccessKeysCommand,
} from "@aws-sdk/client-iam";
import { dailyAt } from "../../src/environment/schedule";
import { readSessionCutoff, sessionCutoffDocument } from "../../src/policies/session-cutoff-policy";
import { device, environment, role } from "../builders/environment";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";
import { type Project, projectOf } from "./project";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

const ARN = `arn:aws:iam::${EMULATOR_ACCOUNT_ID}:policy/baseline/baseline-session-cutoff`;

describe("respond, in an account", () => {
  let emulator: Emulator;
  let iam: IAMClient;
  let project: Project;
  const before = { ...process.env };

  beforeAll(async () => {
    emulator = await startEmulator({ managedPolicies: false });
    Object.assign(process.env, emulator.environment);
    iam = new IAMClient(emulator.client);
    const home = environment({
      name: "home",
      accountId: EMULATOR_ACCOUNT_ID,
      devices: { laptop: device({ roles: ["daily", "prod/admin"] }), desk: device() },
      roles: { daily: role({ trust: { sessionName: true } }) },
      detection: {
        trail: { existing: `arn:aws:cloudtrail:eu-central-1:${EMULATOR_ACCOUNT_ID}:trail/all` },
        digest: dailyAt("08:00", "Asia/Tokyo"),
      },
      respond: {},
    });
    const prod = environment({
      name: "prod",
      accountId: "444455556666",
      roleSuffix: "x1",
      devices: {},
      roles: { admin: role({}) },
    });
    project = projectOf([home, prod], () => new Date());
  });
  beforeEach(async () => {
    await emulator.reset();
    for (const UserName of ["laptop", "desk"]) {
      await iam.send(new CreateUserCommand({ UserName, Path: "/baseline/device/" }));
      await iam.send(new CreateAccessKeyCommand({ UserName }));
    }
    await iam.send(new CreateUserCommand({ UserName: "legacy" }));
    await iam.send(new CreateAccessKeyCommand({ UserName: "legacy" }));
    await iam.send(
      new CreatePolicyCommand({
        PolicyName: "baseline-session-cutoff",
        Path: "/baseline/",
        PolicyDocument: JSON.stringify(sessionCutoffDocument([])),
      }),
    );
  });
  afterAll(async () => {
    project?.remove();
    iam?.destroy();
    await emulator?.stop();
    process.env = before;
  });

  const status = async (UserName: string) => {
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
    return AccessKeyMetadata.map(({ Status }) => Status);
  };
  const cut = async () => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: ARN }));
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: ARN, VersionId }));
    return readSessionCutoff(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? "")));
  };

  test("ends the user's keys and sessions, logs before it acts, names what is left elsewhere", async () => {
    const { code, result, progress } = await project.baseline(
      "respond",
      "laptop",
      "--reason",
      "laptop was stolen",
    );
    expect({ code, progress: code === 0 ? "" : progress }).toEqual({ code: 0, progress: "" });
    expect(await status("laptop")).toEqual(["Inactive"]);
    expect(await status("desk")).toEqual(["Active"]);
    expect(await cut()).toMatchObject([{ userName: "laptop", userId: expect.any(String) }]);
    expect(result).toContain("keys and sessions ended");
    expect(result).toMatch(/Access key \*\*\*\*\w{4}: set to Inactive/);
    expect(result).toContain('baseline respond laptop --environment prod --reason "laptop was stolen"');
    expect(progress).toMatch(/event=respond\.deactivating .*key=\*\*\*\*/);
    expect(progress).toContain("event=respond.denying-sessions");
    expect(`${result}${progress}`).not.toMatch(/A(KIA|SIA|IDA|ROA)[A-Z0-9]{12,}/);
  });

  test("may be run again, and keys list shows it until it is lifted", async () => {
    await project.baseline("respond", "laptop", "--reason", "leaked");
    expect((await project.baseline("respond", "laptop", "--reason", "leaked")).code).toBe(0);
    expect((await project.baseline("keys", "list", "home")).result).toMatch(
      /a response ended the sessions of user laptop that began before 20/,
    );
    const lifted = await project.baseline("respond", "laptop", "--lift");
    expect([lifted.code, lifted.result]).toEqual([
      0,
      expect.stringContaining("sessions are no longer denied"),
    ]);
    expect(await cut()).toEqual([]);
    expect(await status("laptop")).toEqual(["Inactive"]);
    expect((await project.baseline("keys", "list", "home")).result).not.toContain("a response ended");
    expect((await project.baseline("respond", "laptop", "--lift")).result).toContain("no session is denied");
  });

  test("ends everybody's sessions, and lifts them", async () => {
    expect((await project.baseline("respond", "desk", "--everybody", "--reason", "x")).code).toBe(0);
    expect(await cut()).toEqual([{ before: expect.any(Date) }]);
    expect((await project.baseline("respond", "desk", "--lift")).result).toContain("as everybody's are");
    await project.baseline("respond", "--lift", "--everybody");
    expect(await cut()).toEqual([]);
  });

  test("ends a user that nobody declares", async () => {
    expect((await project.baseline("respond", "legacy", "--reason", "leaked")).code).toBe(0);
    expect(await status("legacy")).toEqual(["Inactive"]);
  });

  test("writes JSON, without any id", async () => {
    const { result } = await project.baseline("respond", "laptop", "--reason", "leaked", "--format", "json");
    expect(JSON.parse(result)).toMatchObject({
      userName: "laptop",
      keys: [{ outcome: "deactivated" }],
      sessions: { kind: "cut", whose: "user" },
      elsewhere: ["prod"],
    });
    expect(result).not.toMatch(/A(KIA|SIA|IDA|ROA)[A-Z0-9]{12,}/);
  });

  test("says that sessions stay where the policy is not deployed, and ends the keys", async () => {
    await emulator.reset();
    await iam.send(new CreateUserCommand({ UserName: "laptop", Path: "/baseline/device/" }));
    await iam.send(new CreateAccessKeyCommand({ UserName: "laptop" }));
    const { code, result } = await project.baseline("respond", "laptop", "--reason", "leaked");
    expect(code).toBe(1);
    expect(result).toMatch(/NOT ALL IS DONE[\s\S]*Sessions: NOT DENIED \(NoSuchEntity/);
    expect(await status("laptop")).toEqual(["Inactive"]);
  });

  test.each([
    ["no user", [], "expected a user"],
    ["no reason", ["laptop"], "expected a reason"],
    ["both directions", ["laptop", "--lift", "--reason", "x"], "--lift and --reason"],
    ["a user that there is not", ["lptop", "--reason", "x"], 'did you mean "laptop"?'],
    [
      "an environment that there is not",
      ["laptop", "--reason", "x", "--environment", "hme"],
      "lists none of this name",
    ],
    ["another account's environment", ["laptop", "--reason", "x", "--environment", "prod"], "444455556666"],
  ])("refuses %s, and changes nothing", async (_what, args, words) => {
    const { code, progress } = await project.baseline("respond", ...args);
    expect([code, progress]).toEqual([1, expect.stringContaining(words)]);
    expect(await status("laptop")).toEqual(["Active"]);
    expect(await cut()).toEqual([]);
  });
});
