import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import type { EnvironmentInput } from "../../src/environment/environment";
import { repositoryUserName } from "../../src/environment/iam-names";
import { dailyAt } from "../../src/environment/schedule";
import { device, environment, NOW } from "../builders/environment";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "../support/emulator";
import { type Project, projectOf } from "./project";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

const WEBSITE = repositoryUserName("octo/website");

const prod: EnvironmentInput = environment({
  keyRules: {
    schedule: dailyAt("00:00", "UTC"),
    dryRun: false,
    rules: { nightly: { appliesTo: { path: "ci" }, nightly: true, reason: "deployments by day" } },
  },
});

const HEADER =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
  "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
  "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
  "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
const NO_KEY = "false,N/A,N/A,N/A,N/A";
const KEY = "true,2026-11-20T00:00:00Z,2026-11-22T08:00:00Z,eu-central-1,s3";
const NO_PASSWORD = "false,N/A,N/A,N/A";

function row(arn: string, rest: { password?: string; mfa?: boolean; key?: string } = {}, name = arn): string {
  const { password = NO_PASSWORD, mfa = true, key = NO_KEY } = rest;
  const full = `arn:aws:iam::111122223333:${arn}`;
  const user = name.slice(name.lastIndexOf("/") + 1);
  return `${user},${full},2026-01-01T00:00:00Z,${password},${mfa},${key},${NO_KEY},false,N/A,false,N/A`;
}
const ROOT = row("root", { password: "true,N/A,2026-01-01T00:00:00Z,not_supported" }, "<root_account>");
const LAPTOP = row("user/baseline/device/laptop", { key: KEY });
const CI = row(`user/baseline/ci/${WEBSITE}`);

describe("audit --report", () => {
  const projects: Project[] = [];
  afterAll(() => {
    for (const { remove } of projects) remove();
  });

  function auditing(rows: readonly string[], environments: readonly EnvironmentInput[] = [prod]) {
    const project = projectOf(environments, () => NOW);
    projects.push(project);
    const file = join(project.directory, "report.csv");
    writeFileSync(file, [HEADER, ...rows].join("\n"));
    utimesSync(file, NOW, NOW);
    const generated = ["--generated-time", "2026-11-23T11:00:00Z"];
    return {
      project,
      audit: (...argv: string[]) =>
        project.baseline("audit", "--report", "report.csv", ...generated, ...argv),
      auditUndated: (...argv: string[]) => project.baseline("audit", "--report", "report.csv", ...argv),
    };
  }
  const PASSWORD = row("user/baseline/device/laptop", {
    key: KEY,
    password: "true,no_information,2026-11-01T00:00:00Z,N/A",
  });

  test("of a clean account finds nothing", async () => {
    const { code, result } = await auditing([ROOT, LAPTOP, CI]).audit();
    expect(result).toContain("no findings");
    expect(code).toBe(0);
  });

  test("tells what the environment weakens by declaration, and still exits with 0", async () => {
    const weak = { ...prod, developerGroups: { developers: { guard: { networks: false } } } };
    const { audit } = auditing([ROOT, LAPTOP, CI], [weak]);
    const { code, result } = await audit();
    expect(result).toContain("weakness-declared");
    expect(result).toContain("the networks part of the guard is switched");
    expect(code).toBe(0);
    expect((await audit("--fail-on", "info")).code).toBe(2);
    expect((await audit("--format", "sarif")).result).toContain('"ruleId": "weakness-declared"');
  });

  test("tells how old the report is", async () => {
    expect((await auditing([ROOT, LAPTOP, CI]).audit()).result).toContain(
      "2026-11-23T11:00:00.000Z, 1 h 0 min ago",
    );
  });

  test("calls a password of a device critical", async () => {
    const { code, result } = await auditing([ROOT, PASSWORD, CI]).audit("--format", "json");
    expect(code).toBe(2);
    expect(JSON.parse(result).findings).toContainEqual(
      expect.objectContaining({ rule: "password-enabled", severity: "critical", environment: "prod" }),
    );
  });

  test.each([
    ["critical", 2],
    ["high", 2],
  ])("with --fail-on %s exits %i for a critical finding", async (severity, code) => {
    expect((await auditing([ROOT, PASSWORD, CI]).audit("--fail-on", severity)).code).toBe(code);
  });

  const STRANGER = row("user/stranger", { mfa: false });
  test.each([
    ["medium", 2],
    ["high", 0],
  ])("with --fail-on %s exits %i for a medium finding", async (severity, code) => {
    expect((await auditing([ROOT, LAPTOP, CI, STRANGER]).audit("--fail-on", severity)).code).toBe(code);
  });

  test("judges a nightly run by the run before the report", async () => {
    const active = row(`user/baseline/ci/${WEBSITE}`, { key: KEY });
    const { result } = await auditing([ROOT, LAPTOP, active]).audit("--format", "json");
    expect(JSON.parse(result).findings).toMatchObject([{ rule: "nightly-key-active", severity: "medium" }]);
  });

  test("lists what the environment accepts, with reason and end, and does not count it", async () => {
    const accepted = [
      {
        finding: "unmanaged-user",
        subject: "user/stranger",
        reason: "leaves in December",
        expires: "2026-12-31",
      },
    ];
    const { code, result } = await auditing([ROOT, LAPTOP, CI, STRANGER], [{ ...prod, accepted }]).audit();
    expect(code).toBe(0);
    expect(result).toContain(
      "muted until 2026-12-31: medium unmanaged-user user/stranger (leaves in December)",
    );
  });

  test("counts a finding again when its acceptance has expired", async () => {
    const accepted = [
      {
        finding: "unmanaged-user",
        subject: "user/stranger",
        reason: "left last week",
        expires: "2026-11-22",
      },
    ];
    const { code, result } = await auditing([ROOT, LAPTOP, CI, STRANGER], [{ ...prod, accepted }]).audit();
    expect(code).toBe(2);
    expect(result).toContain("acceptance-expired");
  });

  test("takes no user of a neighbour in the same account for a stranger, nor misses one for it", async () => {
    const team = environment({
      name: "team",
      namespace: "team",
      developerGroups: { people: {} },
      devices: { desk: device() },
      ciGroups: {},
      repositories: {},
    });
    const desk = row("user/team/device/desk");
    const { code, result } = await auditing([ROOT, LAPTOP, CI, desk], [prod, team]).audit();
    expect(result).toContain("no findings");
    expect(code).toBe(0);
    const missing = await auditing([ROOT, LAPTOP, CI], [prod, team]).audit("--format", "json");
    expect(JSON.parse(missing.result).findings).toMatchObject([
      { rule: "declared-user-missing", address: "user/desk", environment: "team" },
    ]);
  });

  describe("without --generated-time", () => {
    test("says that the report's age and the nightly run were not checked", async () => {
      const active = row(`user/baseline/ci/${WEBSITE}`, { key: KEY });
      const { code, result } = await auditing([ROOT, LAPTOP, active]).auditUndated("--format", "json");
      expect(code).toBe(0);
      expect(JSON.parse(result).notChecked.map(({ rule }: { rule: string }) => rule)).toEqual(
        expect.arrayContaining(["report-too-old", "nightly-key-active"]),
      );
    });

    test("never says how old the report is", async () => {
      const { result } = await auditing([ROOT, LAPTOP, CI]).auditUndated();
      expect(result).toContain(
        "not known when the report was made; the file changed at 2026-11-23T12:00:00.000Z",
      );
    });
  });

  test.each([
    ["csv", /^status,severity,rule,/],
    ["markdown", /^## Credential audit/],
    ["sarif", /"version": "2.1.0"/],
    ["json", /"findings": \[/],
    ["table", /^Credential audit/],
  ])("writes %s", async (format, form) => {
    expect((await auditing([ROOT, PASSWORD, CI]).audit("--format", format)).result).toMatch(form);
  });

  test.each([[[]], [["--show-account-ids"]]])("with %j shows account ids only where asked", async (flags) => {
    const { result } = await auditing([ROOT, LAPTOP, CI]).audit(...flags);
    expect(result.includes("111122223333")).toBe(flags.length > 0);
  });

  describe("refuses, with exit code 1 and never a clean result:", () => {
    test.each([
      ["a file that is not there", [], ["--report", "missing.csv"], "missing.csv"],
      ["an empty report", undefined, [], "report.csv"],
      [
        "a report of another account",
        [ROOT.replaceAll("111122223333", "444455556666")],
        ["prod"],
        "444455556666",
      ],
      ["a truncated report", [`${ROOT}\n${LAPTOP.slice(0, 60)}`], [], "report.csv"],
      ["rows of two accounts", [ROOT, LAPTOP.replace("111122223333", "444455556666")], [], "one account"],
      ["an unknown environment", [ROOT], ["prodd"], "prod"],
      [
        "a generated time in the future",
        [ROOT],
        ["--generated-time", "2026-11-24T00:00:00Z"],
        "--generated-time",
      ],
      ["a generated time that is none", [ROOT], ["--generated-time", "yesterday"], "--generated-time"],
      ["an unknown severity", [ROOT], ["--fail-on", "severe"], "severe"],
    ])("%s", async (_what, rows, argv, told) => {
      const { project, auditUndated } = auditing(rows ?? []);
      if (rows === undefined) writeFileSync(join(project.directory, "report.csv"), "");
      const { code, result, progress } = await auditUndated(...argv);
      expect(code).toBe(1);
      expect(result).toBe("");
      expect(progress).toContain(told);
    });
  });
});

describe("audit of a live account", () => {
  let emulator: Emulator;
  let iam: IAMClient;
  let project: Project;
  const before = { ...process.env };
  beforeAll(async () => {
    emulator = await startEmulator({ managedPolicies: false });
    Object.assign(process.env, emulator.environment);
    iam = new IAMClient(emulator.client);
    const home = environment({ name: "home", accountId: EMULATOR_ACCOUNT_ID });
    const elsewhere = environment({ name: "elsewhere", accountId: "444455556666" });
    // the emulator dates its report by the real clock
    project = projectOf([home, elsewhere], () => new Date());
    await iam.send(new CreateUserCommand({ UserName: "laptop", Path: "/baseline/device/" }));
    await iam.send(new CreateUserCommand({ UserName: "intruder" }));
    await iam.send(new CreateAccessKeyCommand({ UserName: "intruder" }));
    await iam.send(
      new CreateLoginProfileCommand({ UserName: "laptop", Password: "Str0ng-enough-for-tests" }),
    );
  });
  afterAll(async () => {
    project?.remove();
    iam?.destroy();
    await emulator?.stop();
    process.env = before;
  });

  test("finds what is there and should not be, and what is declared and missing", async () => {
    const { code, result } = await project.baseline("audit", "home", "--format", "json");
    expect(code).toBe(2);
    const found = JSON.parse(result).findings.map(
      ({ severity, rule, address }: Record<string, string>) => `${severity} ${rule} ${address}`,
    );
    expect(found).toEqual(
      expect.arrayContaining([
        "critical password-enabled user/laptop",
        "high unmanaged-user user/intruder",
        "high key-without-mfa user/intruder",
        `low declared-user-missing user/${WEBSITE}`,
      ]),
    );
  });

  test("says what the emulator does not tell", async () => {
    const { result } = await project.baseline("audit", "home");
    expect(result).toContain("not checked: service-specific-credential-active");
    expect(result).not.toContain("user-quarantined");
  });

  test("refuses an environment of another account", async () => {
    const { code, result, progress } = await project.baseline("audit", "elsewhere");
    expect(code).toBe(1);
    expect(result).toBe("");
    expect(progress).toContain("444455556666");
  });

  test("refuses --generated-time without a file", async () => {
    const { code } = await project.baseline("audit", "--generated-time", "2026-11-23T10:00:00Z");
    expect(code).toBe(1);
  });
});
