import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { homepage } from "../../package.json";
import { run } from "../../src/cli/run";
import type { EnvironmentInput } from "../../src/environment/environment";
import { environment, NOW } from "../builders/environment";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

const FIXTURES = join(__dirname, "../fixtures/terraform");
const folder = mkdtempSync(join(tmpdir(), "iam-baseline-drift-"));
cpSync(FIXTURES, folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function drift(argv: readonly string[], directory = folder, variables: Record<string, string> = {}) {
  const result: string[] = [];
  const progress: string[] = [];
  const output = {
    result: (text: string) => void result.push(text),
    progress: (text: string) => void progress.push(text),
    columns: undefined,
  };
  const environmentVariables = { PATH: process.env["PATH"], HOME: folder, ...variables };
  const code = await run(["drift", ...argv], output, {
    directory,
    now: NOW,
    environmentVariables,
    version: "1.2.3",
  });
  return { code, result: result.join(""), progress: progress.join("\n") };
}

const PLAN = ["--plan", "drift.plan.json"];
const ACCOUNT = [
  ...["--inventory", "drift.account-authorization-details.json"],
  ...["--credential-report", "drift.credential-report.moto.csv"],
];

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly address: string;
    readonly severity: string;
  }[];
  readonly muted: readonly { readonly finding: { readonly address: string } }[];
  readonly notChecked: readonly { readonly rule: string; readonly reason: string }[];
}
const parsed = (text: string): Report => JSON.parse(text) as Report;

/** The recorded account as it was before anybody changed it. */
function untampered(details: Record<string, object[]>): unknown {
  const text = (value: unknown) => JSON.stringify(value);
  const roles = details["RoleDetailList"] ?? [];
  const daily = roles.find((role) => text(role).includes('"daily-')) as { AssumeRolePolicyDocument: unknown };
  const trust = JSON.parse(
    text(daily.AssumeRolePolicyDocument).replace(
      ',"arn:aws:iam::123456789012:user/baseline/device/home"',
      "",
    ),
  ) as unknown;
  return {
    ...details,
    RoleDetailList: roles.map((role) =>
      role === daily ? role : { ...role, AssumeRolePolicyDocument: trust },
    ),
    UserDetailList: (details["UserDetailList"] ?? [])
      .filter((user) => !text(user).includes('"intruder"'))
      .map((user) => ({
        ...user,
        UserPolicyList: [],
        AttachedManagedPolicies: [],
        ...(text(user).includes('"home"') && { GroupList: ["developers"] }),
      })),
  };
}

/** Whether a text holds what steers a terminal or hides what is written. */
const steers = (text: string): boolean => ["\u001b", "\u202e"].some((character) => text.includes(character));

describe("drift from files", () => {
  test.each([
    ["drift", [...PLAN, ...ACCOUNT], 2],
    ["drift in a plan alone", PLAN, 2],
    ["no drift", ["--plan", "no-change.plan.json"], 0],
    ["no drift in a refresh-only plan", ["--plan", "no-drift.refresh-only.plan.json"], 0],
    ["no drift of a stack without principals of its own", ["--plan", "hygiene-no-change.plan.json"], 0],
    ["drift below --fail-on", ["--plan", "device-added.plan.json", "--fail-on", "high"], 0],
    [
      "nothing found, in files that do not tell everything",
      ["--plan", "no-change.plan.json", "--inventory", "clean.json"],
      0,
    ],
    ["an environment that was never deployed", ["--plan", "create.plan.json"], 1],
    ["a plan that failed", ["--plan", "errored.json"], 1],
    ["a newer plan", ["--plan", "newer.json"], 1],
    ["a truncated plan", ["--plan", "truncated.json"], 1],
    ["a state in place of a plan", ["--plan", "state.json"], 1],
    ["no such file", ["--plan", "nowhere.json"], 1],
    [
      "foreign JSON in place of an inventory",
      ["--plan", "no-change.plan.json", "--inventory", "foreign.json"],
      1,
    ],
    [
      "an inventory of another format",
      ["--plan", "no-change.plan.json", "--inventory", "other-format.json"],
      1,
    ],
    ["one page of several", ["--plan", "no-change.plan.json", "--inventory", "page.json"], 1],
    [
      "an inventory of another account",
      ["--plan", "no-change.plan.json", "--inventory", "other-account.json"],
      1,
    ],
    ["a credential report without an account", ["--plan", "no-change.plan.json", ...ACCOUNT.slice(2)], 1],
    ["an account and nothing declared", ACCOUNT, 1],
  ])("%s: %j ends with %i", async (_what, argv, code) => {
    const outcome = await drift(argv);
    expect(outcome.code).toBe(code);
    expect(outcome.progress).not.toContain("unexpected");
  });

  beforeAll(() => {
    const read = (name: string) => readFileSync(join(FIXTURES, name), "utf8");
    const write = (name: string, value: unknown) =>
      writeFileSync(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));
    const plan = JSON.parse(read("no-change.plan.json")) as object;
    const details = JSON.parse(read("drift.account-authorization-details.json")) as Record<string, object[]>;
    write("clean.json", untampered(details));
    write("errored.json", { ...plan, errored: true });
    write("newer.json", { ...plan, format_version: "2.0" });
    write("truncated.json", read("no-change.plan.json").slice(0, 5_000));
    write("foreign.json", { users: [] });
    write("other-format.json", { format: "iam-baseline-inventory/9" });
    write("page.json", { ...details, IsTruncated: true });
    write("other-account.json", JSON.stringify(details).replaceAll("123456789012", "111122223333"));
  });

  test("JSON tells everything, with a remedy each", async () => {
    const { findings, notChecked } = parsed((await drift([...PLAN, ...ACCOUNT, "--format", "json"])).result);
    expect(findings).toHaveLength(9);
    expect(notChecked.length).toBeGreaterThan(0);
    expect(findings.every((finding) => "remedy" in finding)).toBe(true);
  });

  test.each(["table", "json", "markdown", "sarif"])(
    "%s masks account ids and networks on request",
    async (format) => {
      const { result } = await drift([...PLAN, ...ACCOUNT, "--format", format, "--mask"]);
      expect(result).not.toMatch(/123456789012|203\.0\.113/);
    },
  );

  test("SARIF describes each rule as docs/rules.md does, and links to its section there", async () => {
    const { result } = await drift([...PLAN, ...ACCOUNT, "--format", "sarif"]);
    const page = readFileSync(join(__dirname, "../../docs/rules.md"), "utf8");
    const { rules } = JSON.parse(result).runs[0].tool.driver;
    expect(rules.length).toBeGreaterThan(0);
    for (const { id, help, helpUri } of rules) {
      // a review has a rule of the same id: then the heading says which area's it is
      const anchor = page.includes(`\n### ${id} (drift)\n`) ? `${id}-drift` : id;
      expect(page).toContain(help.markdown);
      expect(helpUri).toBe(`${homepage}/blob/main/docs/rules.md#${anchor}`);
    }
  });

  test("SARIF has a result for each finding", async () => {
    const { result } = await drift([...PLAN, ...ACCOUNT, "--format", "sarif"]);
    expect(JSON.parse(result)).toMatchObject({
      version: "2.1.0",
      runs: [{ results: Array(9).fill({ level: expect.any(String) }) }],
    });
  });

  test("noise is listed on request", async () => {
    expect((await drift(["--plan", "no-change.plan.json"])).result).not.toContain("attachment_count");
    expect((await drift(["--plan", "no-change.plan.json", "--show-ignored"])).result).toContain(
      "aws_iam_policy.guard.attachment_count",
    );
  });

  test("names of others steer neither terminal nor Markdown, and are no commands", async () => {
    const evil = "x`@everyone<img src=x>\u001b[31m|\u202e;rm -rf /";
    const details = JSON.parse(
      readFileSync(join(FIXTURES, "drift.account-authorization-details.json"), "utf8").replaceAll(
        '"intruder"',
        JSON.stringify(evil),
      ),
    ) as unknown;
    writeFileSync(join(folder, "evil.json"), JSON.stringify(details));
    const argv = ["--plan", "no-change.plan.json", "--inventory", "evil.json"];
    expect(steers((await drift(argv)).result)).toBe(false);
    const markdown = (await drift([...argv, "--format", "markdown"])).result;
    expect(steers(markdown)).toBe(false);
    // within code it is text
    expect(markdown.replaceAll(/``.*?``/g, "")).not.toContain("<img");
    const [stranger] = parsed((await drift([...argv, "--format", "json"])).result).findings.filter(
      ({ rule }) => rule === "undeclared-user",
    );
    expect(stranger).toMatchObject({ remedy: expect.stringContaining("--user-name 'x`@everyone") });
  });

  test("a policy of a megabyte is judged, and its text is capped", async () => {
    const statement = {
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: Array(20_000)
        .fill(0)
        .map((_, n) => `arn:aws:s3:::bucket-${n}/very/long/key/*`),
    };
    const details = JSON.parse(
      readFileSync(join(FIXTURES, "drift.account-authorization-details.json"), "utf8"),
    );
    details.UserDetailList[0].UserPolicyList = [
      { PolicyName: "huge", PolicyDocument: { Version: "2012-10-17", Statement: [statement] } },
    ];
    writeFileSync(join(folder, "huge.json"), JSON.stringify(details));
    const { code, result } = await drift(["--plan", "no-change.plan.json", "--inventory", "huge.json"]);
    expect([code, result.length < 100_000]).toEqual([2, true]);
  });
});

describe("drift of a project", () => {
  const emulated: EnvironmentInput = environment({ accountId: EMULATOR_ACCOUNT_ID });
  let emulator: Emulator;
  let iam: IAMClient;

  beforeAll(async () => {
    emulator = await startEmulator({ managedPolicies: false });
    iam = new IAMClient(emulator.client);
  });
  beforeEach(() => emulator.reset());
  afterAll(async () => {
    iam.destroy();
    await emulator.stop();
  });

  /** A project with synthesized stacks that terraform can plan without a provider. */
  function project(input: EnvironmentInput, stacks: Readonly<Record<string, string>>): string {
    const directory = mkdtempSync(join(folder, "project-"));
    mkdirSync(join(directory, "environments"));
    writeFileSync(
      join(directory, "environments", "index.js"),
      `exports.environments = ${JSON.stringify([input])};\n`,
    );
    for (const [name, value] of Object.entries(stacks)) {
      const at = join(directory, "cdktf.out", "stacks", name);
      mkdirSync(at, { recursive: true });
      const stack = {
        "//": { metadata: { stackName: name } },
        terraform: { backend: { local: { path: "terraform.tfstate" } } },
        resource: { terraform_data: { probe: { input: value } } },
      };
      writeFileSync(join(at, "cdk.tf.json"), JSON.stringify(stack));
    }
    return directory;
  }
  const once = { AWS_MAX_ATTEMPTS: "1" };

  test("finds what nobody declares, and says that who did it is not known", async () => {
    await iam.send(new CreateUserCommand({ UserName: "intruder" }));
    await iam.send(new CreateAccessKeyCommand({ UserName: "intruder" }));
    const directory = project(emulated, { "prod-identity": "x" });
    const outcome = await drift(["prod", "--format", "json"], directory, {
      ...emulator.environment,
      ...once,
    });
    const { findings } = parsed(outcome.result);
    expect(outcome.code).toBe(2);
    expect(findings.map(({ rule }) => rule).sort()).toEqual(["undeclared-access-key", "undeclared-user"]);
    expect(outcome.result).toMatch(/not known of 2 findings: CloudTrail/);
    expect(outcome.result).not.toMatch(/AKIA[A-Z0-9]{12}/);
  });

  test("a stack that cannot be planned is an error, and the other one and the account are told", async () => {
    await iam.send(new CreateUserCommand({ UserName: "intruder" }));
    const directory = project(emulated, {
      "prod-identity": "x",
      "prod-credential-hygiene": `$${"{nowhere.at.all}"}`,
    });
    const outcome = await drift(["--format", "json", "--no-history"], directory, {
      ...emulator.environment,
      ...once,
    });
    const { findings, notChecked } = parsed(outcome.result);
    expect(outcome.code).toBe(1);
    expect(findings.map(({ rule }) => rule)).toContain("undeclared-user");
    expect(notChecked.filter(({ rule }) => rule === "could-not-read")).toEqual([
      { rule: "could-not-read", reason: expect.stringContaining("stack prod-credential-hygiene: terraform") },
    ]);
    expect(outcome.progress).toContain("could not read stack prod-credential-hygiene");
  });

  test("credentials of another account are an error, and nothing of it is told", async () => {
    await iam.send(new CreateUserCommand({ UserName: "intruder" }));
    const directory = project(environment(), { "prod-identity": "x" });
    const outcome = await drift(["--format", "json"], directory, emulator.environment);
    expect(outcome.code).toBe(1);
    expect(outcome.result).not.toContain("intruder");
    expect(outcome.progress).toContain("the credentials are of account 123456789012");
  });

  test("an account that does not answer is an error", async () => {
    const directory = project(emulated, { "prod-identity": "x" });
    const variables = { ...emulator.environment, AWS_ENDPOINT_URL: "http://127.0.0.1:1", ...once };
    const outcome = await drift([], directory, variables);
    expect([outcome.code, outcome.progress]).toEqual([1, expect.stringContaining("could not read account")]);
  });

  test("an environment without synthesized stacks is an error", async () => {
    const outcome = await drift(["--no-account"], project(emulated, {}));
    expect([outcome.code, outcome.progress]).toEqual([
      1,
      expect.stringContaining("expected synthesized stacks"),
    ]);
  });

  test("what an environment accepts is muted, with its reason", async () => {
    await iam.send(new CreateUserCommand({ UserName: "intruder" }));
    const accepted = [
      {
        finding: "undeclared-user",
        subject: "user/intruder",
        reason: "the old backup job",
        expires: "2026-12-31",
      },
    ];
    const directory = project({ ...emulated, accepted }, { "prod-identity": "x" });
    const outcome = await drift(["--format", "json", "--no-history"], directory, {
      ...emulator.environment,
      ...once,
    });
    const { findings, muted } = parsed(outcome.result);
    expect(findings).toEqual([]);
    expect(muted.map(({ finding }) => finding.address)).toEqual(["user/intruder"]);
  });

  test("a saved inventory tells the same without the account", async () => {
    await iam.send(new CreateUserCommand({ UserName: "intruder" }));
    const directory = project(emulated, { "prod-identity": "x" });
    const live = await drift(
      ["prod", "--save-inventory", "account.json", "--format", "json", "--no-history"],
      directory,
      { ...emulator.environment, ...once },
    );
    const saved = await drift(["prod", "--inventory", "account.json", "--format", "json"], directory);
    const rules = ({ result }: { readonly result: string }) =>
      parsed(result).findings.map(({ rule }) => rule);
    expect(rules(saved)).toEqual(rules(live));
    expect(rules(saved)).toEqual(["undeclared-user"]);
  });

  describe("files and an environment that is named", () => {
    const recorded = join(FIXTURES, "no-change.plan.json");
    const elsewhere = () => project(environment({ accountId: "111122223333" }), { "prod-identity": "x" });

    test("are read together where the account is the same", async () => {
      const { code } = await drift(["prod", "--plan", recorded], project(emulated, {}));
      expect(code).toBe(0);
    });

    test("refuses files of another account, which would tell of neither", async () => {
      const { code, progress } = await drift(["prod", "--plan", recorded], elsewhere());
      expect(code).toBe(1);
      expect(progress).toContain("(account 111122223333), got those of account 123456789012");
    });

    test("refuses a name that the project does not know", async () => {
      const { code, progress } = await drift(["prd", "--plan", recorded], elsewhere());
      expect(code).toBe(1);
      expect(progress).toContain('did you mean "prod"?');
    });

    test("refuses to save an inventory that nobody reads", async () => {
      const argv = ["prod", "--plan", recorded, "--save-inventory", "account.json"];
      const { code, progress } = await drift(argv, project(emulated, {}));
      expect(code).toBe(1);
      expect(progress).toContain("--save-inventory: expected where the account is read");
    });
  });

  describe("a stack that is no longer declared", () => {
    const variables = () => ({ ...emulator.environment, ...once });
    const leftState = (resources: readonly object[]) =>
      JSON.stringify({
        version: 4,
        terraform_version: "1.11.4",
        serial: 1,
        lineage: "x",
        outputs: {},
        resources,
      });
    const leftRole = {
      mode: "managed",
      type: "aws_iam_role",
      name: "x",
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        {
          schema_version: 0,
          attributes: {
            arn: `arn:aws:iam::${EMULATOR_ACCOUNT_ID}:role/baseline/runs`,
            name: "runs",
            path: "/baseline/",
            assume_role_policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
          },
        },
      ],
    };
    async function findings(state: string | undefined) {
      const directory = project(emulated, { "prod-identity": "x" });
      if (state !== undefined) {
        mkdirSync(join(directory, "state"));
        writeFileSync(join(directory, "state/prod-credential-hygiene.tfstate"), state);
      }
      const outcome = await drift(["prod", "--no-account", "--format", "json"], directory, variables());
      return parsed(outcome.result).findings;
    }

    test("is told with the way to remove it", async () => {
      expect(await findings(leftState([leftRole]))).toMatchObject([
        {
          rule: "stack-left-behind",
          address: "prod-credential-hygiene",
          remedy: expect.stringContaining("`npx cdktf destroy prod-credential-hygiene`"),
        },
      ]);
    });

    test.each([
      ["was destroyed", leftState([])],
      ["never was", undefined],
    ])("is not told where it %s", async (_what, state) => {
      expect(await findings(state)).toEqual([]);
    });
  });

  test("what a neighbour's state holds is no stranger, by option and by environment", async () => {
    await iam.send(new CreateUserCommand({ UserName: "intruder" }));
    const state = {
      format_version: "1.0",
      terraform_version: "1.11.4",
      values: {
        root_module: {
          resources: [
            {
              address: "aws_iam_user.x",
              mode: "managed",
              type: "aws_iam_user",
              name: "x",
              values: {
                arn: `arn:aws:iam::${EMULATOR_ACCOUNT_ID}:user/intruder`,
                name: "intruder",
                path: "/",
              },
            },
          ],
        },
      },
    };
    const file = join(folder, "neighbour.json");
    writeFileSync(file, JSON.stringify(state));
    const variables = { ...emulator.environment, ...once };
    const rules = async (input: EnvironmentInput, ...argv: readonly string[]) => {
      const directory = project(input, { "prod-identity": "x" });
      const { result } = await drift(
        ["prod", "--no-history", "--format", "json", ...argv],
        directory,
        variables,
      );
      return parsed(result).findings.map(({ rule }) => rule);
    };
    expect(await rules(emulated)).toEqual(["undeclared-user"]);
    expect(await rules(emulated, "--also", file)).toEqual([]);
    expect(await rules({ ...emulated, neighbours: [file] })).toEqual([]);
  });

  test("the stack of the state's bucket is left out where its local state is not", async () => {
    const directory = project(emulated, { "prod-identity": "x", "prod-state-backend": "y" });
    const outcome = await drift(["--no-account"], directory);
    expect(outcome.result).toContain("Not planned: prod-state-backend");
    expect(outcome.result).toContain("1 of 2 stacks");
  });

  test("refuses an environment that is not there, and suggests the nearest", async () => {
    const outcome = await drift(["prd"], project(emulated, {}));
    expect([outcome.code, outcome.progress]).toEqual([1, expect.stringContaining('did you mean "prod"?')]);
  });
});
