import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
} from "@aws-sdk/client-iam";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import type { LambdaFunctionName } from "../../src/lambda-bundle/function-name";
import { bundleLambda } from "../../src/lambda-bundle/lambda-build";
import { type Emulator, startEmulator } from "../support/emulator";
import { NIGHTLY } from "../support/nightly-rules";

const ROOT = join(__dirname, "..", "..");

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

/** The functions as they are deployed, bundled, through the real SDK. */
describe("the bundled functions over an emulated account", () => {
  let emulator: Emulator;
  let iam: IAMClient;
  let folder: string;
  let topicArn: string;

  beforeAll(async () => {
    emulator = await startEmulator({ managedPolicies: false });
    iam = new IAMClient(emulator.client);
    folder = mkdtempSync(join(tmpdir(), "bundled-"));
    const sns = new SNSClient(emulator.client);
    topicArn = (await sns.send(new CreateTopicCommand({ Name: "hygiene" }))).TopicArn ?? "";
    sns.destroy();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    iam?.destroy();
    await emulator?.stop();
  });

  async function createUser(userName: string, path: string, keys: number): Promise<void> {
    await iam.send(new CreateUserCommand({ UserName: userName, Path: path }));
    for (let count = 0; count < keys; count += 1)
      await iam.send(new CreateAccessKeyCommand({ UserName: userName }));
  }

  async function statuses(userName: string): Promise<(string | undefined)[]> {
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: userName }));
    return (AccessKeyMetadata ?? []).map((key) => key.Status);
  }

  /**
   * Runs a bundled handler in a process of its own, as Lambda does, with too little time for a second look: that would
   * wait for half a minute.
   */
  async function invoke(name: LambdaFunctionName, variables: Record<string, string>) {
    const file = join(folder, `${name}.js`);
    writeFileSync(file, bundleLambda(ROOT, name).code);
    const context = "{ awsRequestId: 'run-1', getRemainingTimeInMillis: () => 40000 }";
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [
        "-e",
        `require(${JSON.stringify(file)}).handler({}, ${context}).then((counts) => console.log("ended", JSON.stringify(counts)))`,
      ],
      { env: { ...emulator.environment, ENVIRONMENT: "personal", TOPIC_ARN: topicArn, ...variables } },
    );
    const counts: unknown = JSON.parse(/^ended (.*)$/m.exec(stdout)?.[1] ?? "{}");
    return { counts, output: stdout + stderr };
  }

  test("deactivate every key under the managed path, and none elsewhere", async () => {
    await createUser("laptop", "/baseline/device/", 2);
    await createUser("home", "/baseline/device/", 1);
    await createUser("spare", "/baseline/device/", 0);
    await createUser("legacy", "/", 1);
    const settings = { KEY_RULES: JSON.stringify(NIGHTLY), DRY_RUN: "false" };
    const { counts, output } = await invoke("deactivate-access-keys", settings);
    expect(counts).toMatchObject({ users: 3, deactivated: 3, failed: 0 });
    expect(await Promise.all(["laptop", "home", "legacy"].map(statuses))).toEqual([
      ["Inactive", "Inactive"],
      ["Inactive"],
      ["Active"],
    ]);
    expect(output).not.toMatch(/AKIA[A-Z0-9]{12,}/);
    const again = await invoke("deactivate-access-keys", settings);
    expect(again.counts).toMatchObject({ deactivated: 0, alreadyInactive: 3, failed: 0 });
  });

  test("audit the credential report", async () => {
    await createUser("intruder", "/", 1);
    const { output } = await invoke("audit-credential-report", {
      AUDIT_SCOPE: JSON.stringify({
        version: 1,
        users: { device: ["laptop", "home", "spare"], ci: [], "break-glass": [] },
        paths: { device: "/baseline/device/", ci: "/baseline/ci/", "break-glass": "/baseline/break-glass/" },
        acceptances: [],
      }),
    });
    expect(output).toContain('"rule":"unmanaged-user"');
    expect(output).toContain("user/intruder");
    // The emulator's report has no root row: said as not checked, not as clean.
    expect(output).toContain("not checked");
  });
});
