import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { fromIni } from "@aws-sdk/credential-provider-ini";
import type { ConfigTarget } from "../../src/devices/profile";
import { device, environment, role } from "../builders/environment";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";
import { type Project, projectOf } from "./project";

jest.setTimeout(120_000);

/** What is in the written file is held by the programs that read it. */
const bin = join(__dirname, "..", "..", ".venv-emulator", process.platform === "win32" ? "Scripts" : "bin");
const before = { ...process.env };

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
let emulator: Emulator;
let project: Project;
let folder: string;
let variables: Record<string, string>;

beforeAll(async () => {
  emulator = await startEmulator({ managedPolicies: false });
  const iam = new IAMClient(emulator.client);
  await iam.send(new CreateUserCommand({ UserName: "laptop", Path: "/baseline/device/" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "laptop" }));
  for (const RoleName of ["daily-k7q2m9xd", "admin-k7q2m9xd"]) {
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        Path: "/baseline/",
        AssumeRolePolicyDocument: '{"Version":"2012-10-17"}',
      }),
    );
  }
  iam.destroy();
  folder = mkdtempSync(join(tmpdir(), "iam-baseline-aws-"));
  const key = {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
  const sts = new STSClient({ ...emulator.client, credentials: key });
  // what `aws configure mfa-login` writes
  const { Credentials } = await sts.send(new GetSessionTokenCommand({ DurationSeconds: 3600 }));
  sts.destroy();
  writeFileSync(
    join(folder, "credentials"),
    `[dev]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n` +
      `[dev-mfa]\naws_access_key_id = ${Credentials?.AccessKeyId}\naws_secret_access_key = ${Credentials?.SecretAccessKey}\naws_session_token = ${Credentials?.SessionToken}\n`,
  );
  variables = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    USERPROFILE: folder,
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
  };
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  Object.assign(process.env, variables);
  project = projectOf(
    [
      environment({
        name: "dev",
        accountId: EMULATOR_ACCOUNT_ID,
        devices: { laptop: device({ roles: ["daily", "admin"] }), desk: device() },
        roles: { daily: role(), admin: role() },
        roleSuffix: "k7q2m9xd",
      }),
    ],
    () => new Date(),
  );
});
afterAll(async () => {
  project?.remove();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  await emulator?.stop();
  process.env = before;
});

/** Runs a program without a terminal, which is where a code would be asked for, and answers with a code. */
function answer(command: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: variables, detached: true });
    let text = "";
    let complaint = "";
    child.stdout.on("data", (chunk) => {
      text += String(chunk);
    });
    child.stderr.on("data", (chunk) => {
      complaint += String(chunk);
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(text.trim()) : reject(new Error(`${command} ended with ${code}: ${complaint}`)),
    );
    child.stdin.end("123456\n");
  });
}

const BOTOCORE = `
import sys, botocore.session
session = botocore.session.Session(profile=sys.argv[1])
session.get_component("credential_provider").get_provider("assume-role")._prompter = lambda prompt: "123456"
print(session.create_client("sts").get_caller_identity()["Arn"], session.get_config_variable("region"))
`;

const sessionArn = (name: string) =>
  `arn:aws:sts::${EMULATOR_ACCOUNT_ID}:assumed-role/${name}-k7q2m9xd/laptop`;
const EXPECTED: Readonly<Record<string, string>> = {
  dev: `arn:aws:iam::${EMULATOR_ACCOUNT_ID}:user/baseline/device/laptop`,
  "dev-daily": sessionArn("daily"),
  "dev-admin": sessionArn("admin"),
};

describe.each<ConfigTarget>(["aws-vault", "cli"])("the profiles for %s", (target) => {
  beforeAll(async () => {
    // somebody's own lines before and behind
    writeFileSync(variables["AWS_CONFIG_FILE"] ?? "", "# mine\r\n[default]\r\noutput = json\r\n");
    const { code, progress } = await project.baseline(
      "device",
      "config",
      "laptop",
      "--for",
      target,
      "--write",
    );
    expect({ code, progress }).toMatchObject({ code: 0 });
  });

  test.each(Object.keys(EXPECTED))("are what the AWS CLI acts as with %s", async (profile) => {
    const asked = ["--profile", profile, "sts", "get-caller-identity", "--query", "Arn", "--output", "text"];
    expect(await answer(join(bin, "aws"), ...asked)).toBe(EXPECTED[profile]);
    expect(await answer(join(bin, "aws"), "--profile", profile, "configure", "get", "region")).toBe(
      "eu-central-1",
    );
  });

  test.each(Object.keys(EXPECTED))("are what botocore acts as with %s", async (profile) => {
    expect(await answer(join(bin, "python"), "-c", BOTOCORE, profile)).toBe(
      `${EXPECTED[profile]} eu-central-1`,
    );
  });

  test.each(Object.keys(EXPECTED))("are what the JavaScript SDK acts as with %s", async (profile) => {
    const client = new STSClient({
      region: "eu-central-1",
      credentials: fromIni({
        profile,
        ignoreCache: true,
        // the session that carries MFA already must not be asked for a code: Terraform could not answer
        ...(target === "aws-vault" && { mfaCodeProvider: async () => "123456" }),
      }),
    });
    try {
      expect((await client.send(new GetCallerIdentityCommand({}))).Arn).toBe(EXPECTED[profile]);
    } finally {
      client.destroy();
    }
  });

  test("are listed by the AWS CLI beside what was there", async () => {
    const listed = (
      await answer(
        join(bin, "python"),
        "-c",
        "import botocore.session; print(*botocore.session.Session().available_profiles)",
      )
    ).split(" ");
    expect(listed).toEqual(expect.arrayContaining(["default", ...Object.keys(EXPECTED)]));
  });

  test("hold no secret", () => {
    const text = readFileSync(variables["AWS_CONFIG_FILE"] ?? "", "utf8");
    expect(text).not.toMatch(/secret|AKIA|ASIA|token/i);
  });
});
