import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { run } from "../../src/cli/run";
import { startUp } from "../builders/accounts";
import { NOW } from "../builders/environment";
import { trusting } from "../builders/existing";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(180_000);

const REPOSITORY = resolve(__dirname, "../..");

/** A checkout of this project without environments. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), "iam-baseline-import-"));
  for (const name of ["src", "node_modules"]) symlinkSync(join(REPOSITORY, name), join(folder, name));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "iam-baseline" }));
  return folder;
}

async function baseline(directory: string, argv: readonly string[], environmentVariables = {}) {
  const result: string[] = [];
  const progress: string[] = [];
  const output = {
    result: (text: string) => result.push(text),
    progress: (text: string) => progress.push(text),
    columns: undefined,
  };
  const code = await run(["import", ...argv], output, { directory, now: NOW, environmentVariables });
  return { code, result: result.join(""), progress: progress.join("\n") };
}

const filesOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(join(folder, "environments")).map((name) => [
      name,
      readFileSync(join(folder, "environments", name), "utf8"),
    ]),
  );

describe("an inventory, imported into a checkout", () => {
  const folder = checkout();
  const account = (change: (users: { UserName: string }[]) => void = () => {}) => {
    const { inventory } = JSON.parse(JSON.stringify(startUp())) as ReturnType<typeof startUp>;
    change(inventory.authorizationDetails["UserDetailList"] as { UserName: string }[]);
    writeFileSync(join(folder, "account.json"), JSON.stringify(inventory));
  };
  /** As a person runs it: TypeScript is loaded by a process of its own. */
  const again = (...argv: readonly string[]) => {
    const cli = join(REPOSITORY, "src/cli/index.ts");
    try {
      return execFileSync(
        process.execPath,
        ["--import", join(REPOSITORY, "node_modules/tsx/dist/loader.mjs"), cli, "import", ...argv],
        {
          cwd: folder,
          encoding: "utf8",
        },
      );
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      if (status !== 2) throw new Error(stderr);
      return stdout;
    }
  };
  const args = ["111122223333", "--inventory", "account.json", "--name", "prod"];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("tells, and writes nothing where nobody asks for it", async () => {
    account();
    const { code, result } = await baseline(folder, args);
    expect(code).toBe(2);
    expect(readdirSync(folder)).not.toContain("environments");
    for (const said of [
      "AWSServiceRoleForsupport",
      "What your account breaks today",
      "user/raj",
      "a password",
    ])
      expect(result).toContain(said);
  });

  test("writes an environment; a second run writes nothing; comments and edits survive what is new", async () => {
    const first = await baseline(folder, [...args, "--write", "."]);
    expect([first.code, Object.keys(filesOf(folder))]).toEqual([
      2,
      ["index.ts", "prod.imports.ts", "prod.ts"],
    ]);

    const file = join(folder, "environments/prod.ts");
    const edited = readFileSync(file, "utf8")
      .replace("    users: {\n", "    users: {\n      // ours: ask mona first\n")
      .replace('as: "other"', 'as: "device"');
    writeFileSync(file, edited);
    const before = filesOf(folder);
    const second = JSON.parse(
      again("prod", "--inventory", "account.json", "--write", ".", "--format", "json"),
    );
    expect(second.existing).toEqual({ users: {}, groups: {}, roles: {}, policies: {} });
    expect(filesOf(folder)["index.ts"]).toBe(before["index.ts"]);
    expect(filesOf(folder)["prod.imports.ts"]).toBe(before["prod.imports.ts"]);

    account((users) =>
      users.push({
        ...users[0],
        UserName: "new.one",
        Arn: "arn:aws:iam::111122223333:user/new.one",
      } as never),
    );
    rmSync(join(folder, "environments/prod.imports.ts"));
    writeFileSync(
      file,
      readFileSync(file, "utf8")
        .replace(/^import \{ imports.*\n/m, "")
        .replace(/^ {2}imports,\n/m, ""),
    );
    const third = JSON.parse(
      again("prod", "--inventory", "account.json", "--write", ".", "--format", "json"),
    );
    expect(Object.keys(third.existing.users)).toEqual(["new.one"]);
    const text = readFileSync(file, "utf8");
    for (const kept of [
      "// ours: ask mona first",
      '"new.one": ',
      'import { imports } from "./prod.imports"',
      "  imports,",
    ])
      expect(text).toContain(kept);
    expect(readFileSync(join(folder, "environments/prod.imports.ts"), "utf8")).not.toContain("mona");
    const fourth = JSON.parse(
      again("prod", "--inventory", "account.json", "--write", ".", "--format", "json"),
    );
    expect([fourth.files, fourth.byHand]).toEqual([[], []]);
  });
});

describe("a live account", () => {
  let emulator: Emulator;
  const folder = mkdtempSync(join(tmpdir(), "iam-baseline-import-live-"));
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    emulator = await startEmulator();
    const iam = new IAMClient({ ...emulator.client, maxAttempts: 1 });
    await iam.send(new CreateUserCommand({ UserName: "anna", Path: "/people/" }));
    await iam.send(new CreateLoginProfileCommand({ UserName: "anna", Password: "Correct-horse-9" }));
    await iam.send(new CreateAccessKeyCommand({ UserName: "anna" }));
    await iam.send(
      new AttachUserPolicyCommand({
        UserName: "anna",
        PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
    );
    await iam.send(
      new CreateRoleCommand({
        RoleName: "web",
        Path: "/team/",
        Description: "serves",
        AssumeRolePolicyDocument: JSON.stringify(trusting({ Service: "ec2.amazonaws.com" })),
      }),
    );
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: "autoscaling.amazonaws.com" }));
    iam.destroy();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await emulator.stop();
  });

  test("is read, drafted and saved, without a secret", async () => {
    const variables = emulator.environment;
    const argv = [
      EMULATOR_ACCOUNT_ID,
      "--region",
      "eu-central-1",
      "--format",
      "json",
      "--save-inventory",
      "live.json",
    ];
    const { code, result } = await baseline(folder, argv, variables);
    const found = JSON.parse(result);
    expect(code).toBe(2);
    expect(found.existing.users.anna).toMatchObject({
      as: "device",
      path: "/people/",
      managedPolicies: ["AdministratorAccess"],
    });
    expect(found.existing.roles.web).toMatchObject({ path: "/team/", description: "serves" });
    expect(found.leftOut).toEqual([
      expect.objectContaining({ kind: "role", reason: expect.stringContaining("service-linked") }),
    ]);
    expect(found.credentials).toEqual([
      { user: "anna", what: expect.stringMatching(/^a password, 1 access key \(1 active\)/) },
    ]);
    expect(found.broken[0]).toMatchObject({ order: 1, proof: "administrator-paths", subject: "user/anna" });
    expect(`${result}${readFileSync(join(folder, "live.json"), "utf8")}`).not.toMatch(
      /AKIA[A-Z0-9]{12}|Correct-horse/,
    );
  });

  test("refuses credentials of another account", async () => {
    const { code, progress } = await baseline(folder, ["444455556666"], emulator.environment);
    expect(code).toBe(1);
    expect(progress).toContain("error[account-mismatch]");
  });
});

describe("what a person may get wrong", () => {
  test.each([
    ["prod", [], "an account id of 12 digits"],
    ["111122223333", ["--accept-until", "soon"], "a day, YYYY-MM-DD"],
    ["444455556666", [], "expected account 444455556666, got account 111122223333"],
  ])("%s %j", async (account, more, said) => {
    const folder = mkdtempSync(join(tmpdir(), "iam-baseline-import-"));
    writeFileSync(join(folder, "account.json"), JSON.stringify(startUp().inventory));
    const { code, progress } = await baseline(folder, [account, "--inventory", "account.json", ...more]);
    rmSync(folder, { recursive: true, force: true });
    expect(code).toBe(1);
    expect(progress).toContain(said);
  });
});
