import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { KeyFact } from "../../src/credentials/device-facts";
import { planRepositoryKey } from "../../src/devices/repository-key";
import { environment } from "../builders/environment";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";
import { type Project, projectOf } from "./project";

jest.setTimeout(120_000);

const before = { ...process.env };
const USER = "octo.website";
let emulator: Emulator;
let iam: IAMClient;
let project: Project;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator({ managedPolicies: false });
  iam = new IAMClient(emulator.client);
  folder = mkdtempSync(join(tmpdir(), "iam-baseline-repository-"));
  Object.assign(process.env, emulator.environment, {
    FAKE_GITHUB: join(folder, "github.json"),
    PATH: `${join(__dirname, "../support/fake-programs")}${delimiter}${before["PATH"]}`,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  });
  project = projectOf([environment({ name: "dev", accountId: EMULATOR_ACCOUNT_ID })], () => new Date());
});
beforeEach(async () => {
  await emulator.reset();
  rmSync(join(folder, "github.json"), { force: true });
  delete process.env["FAKE_GITHUB_FAILS"];
  await iam.send(new CreateUserCommand({ UserName: USER, Path: "/baseline/ci/" }));
});
afterAll(async () => {
  project?.remove();
  iam?.destroy();
  rmSync(folder, { recursive: true, force: true });
  await emulator?.stop();
  process.env = before;
});

const key = (...more: readonly string[]) => project.baseline("repository", "key", "octo/website", ...more);
const github = () =>
  JSON.parse(readFileSync(join(folder, "github.json"), "utf8")) as {
    secrets: Record<string, Record<string, string>>;
    calls: string[][];
  };

async function keys() {
  const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: USER }));
  return AccessKeyMetadata.map(({ AccessKeyId, Status }) => `${AccessKeyId} ${Status}`);
}

/** A job signs something with the key that is set: IAM then knows of its use. */
async function jobRuns() {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = github().secrets["octo/website"] ?? {};
  const sts = new STSClient({
    ...emulator.client,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
  await sts.send(new GetCallerIdentityCommand({}));
  sts.destroy();
}

describe("the key of a repository", () => {
  test("is made and set as both secrets by one run over standard input, and shown nowhere", async () => {
    const { code, result, progress } = await key();
    expect({ code, progress }).toMatchObject({ code: 0 });
    const { secrets, calls } = github();
    const { AWS_ACCESS_KEY_ID: id = "", AWS_SECRET_ACCESS_KEY: secret = "" } = secrets["octo/website"] ?? {};
    expect(await keys()).toEqual([`${id} Active`]);
    expect(calls.filter(([, action]) => action === "set")).toEqual([
      ["secret", "set", "--env-file", "-", "--repo", "octo/website"],
    ]);
    expect(secret.length).toBeGreaterThan(20);
    for (const text of [result, progress, JSON.stringify(calls)]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(id);
    }
  });

  test("goes to a GitHub environment, under other names", async () => {
    await key("--github-environment", "prod", "--secret-names", "PROD_ID,PROD_SECRET");
    expect(Object.keys(github().secrets["octo/website#prod"] ?? {})).toEqual(["PROD_ID", "PROD_SECRET"]);
  });

  test("gets a successor, and the old one ends only after the new one was used", async () => {
    await key();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const [old = ""] = await keys();
    expect((await key()).code).toBe(0);
    expect(await keys()).toHaveLength(2);
    expect(await keys()).toContain(old);

    const waiting = await key();
    expect(waiting).toMatchObject({
      code: 2,
      result: expect.stringContaining("no job has used the new key yet"),
    });
    expect(await keys()).toContain(old);

    await jobRuns();
    const finished = await key();
    expect(finished).toMatchObject({ code: 0, result: expect.stringContaining("the old key is inactive") });
    expect(await keys()).toContain(old.replace("Active", "Inactive"));
  });

  test("is deleted again where the secrets cannot be set", async () => {
    process.env["FAKE_GITHUB_FAILS"] = "set";
    const { code, progress } = await key();
    expect({ code, progress }).toMatchObject({
      code: 1,
      progress: expect.stringMatching(/gh secret set .*got 1/),
    });
    expect(await keys()).toEqual([]);
  });

  test("is not made where the repository cannot be reached", async () => {
    process.env["FAKE_GITHUB_FAILS"] = "list";
    expect((await key()).code).toBe(1);
    expect(await keys()).toEqual([]);
  });

  test("is not made in a dry run", async () => {
    expect(await key("--dry-run")).toMatchObject({
      code: 2,
      result: expect.stringContaining("nothing was changed"),
    });
    expect(await keys()).toEqual([]);
  });

  test("takes the place of an inactive one where that is asked for", async () => {
    for (let made = 0; made < 2; made += 1) {
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: USER }));
      const AccessKeyId = AccessKey?.AccessKeyId ?? "";
      await iam.send(new UpdateAccessKeyCommand({ UserName: USER, AccessKeyId, Status: "Inactive" }));
    }
    expect(await key()).toMatchObject({ code: 1, progress: expect.stringContaining("--delete-inactive") });
    expect(await keys()).toHaveLength(2);
    expect((await key("--delete-inactive")).code).toBe(0);
    expect((await keys()).filter((one) => one.endsWith(" Active"))).toHaveLength(1);
  });

  test.each<[string, readonly string[], RegExp]>([
    ["a repository that nobody declares", ["octo/websit"], /did you mean/],
    ["a device", ["laptop"], /for a device use iam-baseline device/],
    [
      "names that GitHub does not take",
      ["octo/website", "--secret-names", "GITHUB_KEY,X"],
      /--secret-names: expected/,
    ],
    ["one name for both", ["octo/website", "--secret-names", "X,X"], /two different names/],
  ])("is refused for %s", async (_what, argv, message) => {
    const { code, progress } = await project.baseline("repository", "key", ...argv);
    expect({ code, progress }).toMatchObject({ code: 1, progress: expect.stringMatching(message) });
  });
});

describe("what is next for the key of a repository", () => {
  const fact = (accessKeyId: string, active = true, lastUsed?: Date): KeyFact => ({
    accessKeyId,
    active,
    createDate: new Date(0),
    lastUsed,
  });
  const used = new Date("2026-11-20T00:00:00Z");
  test.each<[string, readonly KeyFact[], boolean, string]>([
    ["none", [], false, "make"],
    ["one", [fact("A")], false, "make"],
    ["two, the younger unused", [fact("A", true, used), fact("B")], false, "wait"],
    ["two, the younger used", [fact("A"), fact("B", true, used)], false, "finish"],
    ["one beside an inactive one", [fact("A", false), fact("B")], false, "refused"],
    ["the same, to be deleted", [fact("A", false), fact("B")], true, "make"],
    ["three active ones", [fact("A"), fact("B"), fact("C")], true, "refused"],
  ])("with %s", (_what, facts, deleteInactive, kind) => {
    expect(planRepositoryKey(facts, deleteInactive).kind).toBe(kind);
  });
});
