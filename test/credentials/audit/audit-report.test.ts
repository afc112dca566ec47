import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AuditInput } from "../../../src/credentials/audit/audit-input";
import { auditReport } from "../../../src/credentials/audit/audit-report";
import { AUDIT_RULE_IDS, AUDIT_RULES } from "../../../src/credentials/audit/audit-rules";
import { reportAgeText } from "../../../src/credentials/audit/report-age";
import type { CredentialReportRow } from "../../../src/credentials/credential-report";
import { parseCredentialReport } from "../../../src/credentials/parse-credential-report";
import { keyRule, keyRules } from "../../builders/access-key";
import {
  ACCOUNT,
  NO_CERTIFICATE,
  NO_KEY,
  reportKey,
  reportRow,
  rootRow,
} from "../../builders/credential-report";

const GENERATED = new Date("2026-11-23T00:00:00Z");
const paths = { device: "/baseline/device/", ci: "/baseline/ci/", "break-glass": "/baseline/break-glass/" };
const declared: AuditInput["declared"] = [
  { userName: "work", path: paths.device, kind: "device" },
  { userName: "octo", path: paths.ci, kind: "ci" },
  { userName: "emergency", path: paths["break-glass"], kind: "break-glass" },
];
const ciRow = (differences: Partial<CredentialReportRow> = {}) =>
  reportRow({
    user: "octo",
    arn: `arn:aws:iam::${ACCOUNT}:user/baseline/ci/octo`,
    mfaActive: false,
    ...differences,
  });
const emergencyRow = (differences: Partial<CredentialReportRow> = {}) =>
  reportRow({
    user: "emergency",
    arn: `arn:aws:iam::${ACCOUNT}:user/baseline/break-glass/emergency`,
    accessKeys: [NO_KEY, NO_KEY],
    ...differences,
  });

/** The account of an environment without fault, with some rows exchanged or added. */
function account(...changed: readonly CredentialReportRow[]): readonly CredentialReportRow[] {
  const rows = new Map(
    [rootRow(), reportRow(), ciRow(), emergencyRow(), ...changed].map((row) => [row.user, row]),
  );
  return [...rows.values()];
}

function audit(rows: readonly CredentialReportRow[], differences: Partial<AuditInput> = {}) {
  return auditReport({
    rows,
    generatedTime: GENERATED,
    now: new Date("2026-11-23T01:00:00Z"),
    declared,
    paths,
    serverCertificates: [],
    quarantined: {},
    otherCredentials: { sshPublicKeys: {}, serviceSpecific: {}, notAsked: [] },
    ...differences,
  });
}

/** `severity rule address` of every finding, sorted. */
function found(rows: readonly CredentialReportRow[], differences: Partial<AuditInput> = {}): string[] {
  return audit(rows, differences)
    .findings.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`)
    .sort();
}

const team = (audited: boolean) => ({
  root: "/team/",
  paths: { device: "/team/device/", ci: "/team/ci/", "break-glass": "/team/break-glass/" },
  audited,
});

const ago = (days: number) => new Date(GENERATED.getTime() - days * 86_400_000);

test("an account as the baseline wants it gives nothing, and everything was checked", () => {
  expect(audit(account())).toEqual({ findings: [], notChecked: [], notes: [] });
});

test("refuses a report without rows: that is never a clean account", () => {
  expect(() => audit([])).toThrow(RangeError);
});

const NO_CREDENTIALS = {
  passwordEnabled: false,
  passwordLastUsed: "no_information" as const,
  mfaActive: false,
};

describe("the root user", () => {
  test.each([
    [
      "an active key",
      { accessKeys: [reportKey({ lastUsedDate: "N/A" }), NO_KEY] as const },
      ["critical root-access-key root"],
    ],
    [
      "an inactive key",
      { accessKeys: [NO_KEY, reportKey({ active: false, lastUsedDate: "N/A" })] as const },
      ["high root-access-key root"],
    ],
    ["no MFA device", { mfaActive: false }, ["critical root-without-mfa root"]],
    ["a sign-in two days before the report", { passwordLastUsed: ago(2) }, ["high root-used root"]],
    ["a sign-in just after last week's report", { passwordLastUsed: ago(7.2) }, ["high root-used root"]],
    ["a sign-in that last week's report had", { passwordLastUsed: ago(7.25) }, []],
    ["neither password, key nor MFA device", NO_CREDENTIALS, []],
    [
      "a key and nothing else",
      { ...NO_CREDENTIALS, accessKeys: [reportKey({ lastUsedDate: "N/A" }), NO_KEY] as const },
      ["critical root-access-key root", "critical root-without-mfa root"],
    ],
    [
      "a use of its key",
      { accessKeys: [reportKey({ lastUsedDate: ago(0.5) }), NO_KEY] as const },
      ["critical root-access-key root", "high root-used root"],
    ],
    [
      "a signing certificate",
      { certificates: [{ active: true, lastRotated: ago(3) }, NO_CERTIFICATE] as const },
      ["high root-signing-certificate root"],
    ],
    [
      "a report of older form",
      { passwordEnabled: "not_supported" as const, passwordLastUsed: "no_information" as const },
      [],
    ],
  ])("with %s", (_what, differences, expected) => {
    expect(found(account(rootRow(differences)))).toEqual(expected);
  });

  test("of a member account without credentials is told to be centrally managed", () => {
    expect(audit(account(rootRow(NO_CREDENTIALS))).notes).toEqual([
      expect.stringContaining("centrally managed"),
    ]);
  });

  test.each([
    [
      "a password",
      { mfaActive: false, passwordLastUsed: "no_information" as const },
      ["high root-has-credentials root"],
    ],
    ["an MFA device", { ...NO_CREDENTIALS, mfaActive: true }, ["high root-has-credentials root"]],
    ["nothing", NO_CREDENTIALS, []],
  ])("that is declared central and has %s", (_what, differences, expected) => {
    const root = { credentials: "central" as const, usedWithinDays: 7, acknowledgedUses: [] };
    expect(found(account(rootRow(differences)), { root })).toEqual(expected);
  });

  test.each([
    ["that day", "2026-11-21", []],
    ["that moment", ago(2).toISOString(), []],
    ["the day before", "2026-11-20", ["high root-used root"]],
    ["a moment before", "2026-11-20T23:59:59Z", ["high root-used root"]],
  ])("whose use is acknowledged until %s", (_when, until, expected) => {
    const acknowledgedUses = [{ until, reason: "recovery of anna, OPS-12" }];
    const root = { credentials: "own" as const, usedWithinDays: 7, acknowledgedUses };
    const rows = account(rootRow({ passwordLastUsed: ago(2) }));
    expect(found(rows, { root })).toEqual(expected);
    expect(audit(rows, { root }).notes).toHaveLength(expected.length === 0 ? 1 : 0);
  });

  test("is reported for as many days as the environment says", () => {
    const root = { credentials: "own" as const, usedWithinDays: 30, acknowledgedUses: [] };
    expect(found(account(rootRow({ passwordLastUsed: ago(29) })), { root })).toEqual(["high root-used root"]);
    expect(found(account(rootRow({ passwordLastUsed: ago(31) })), { root })).toEqual([]);
  });

  test("is said to be not checked where the report has no row for it", () => {
    const { findings, notChecked } = audit(account().slice(1));
    expect(findings).toEqual([]);
    expect(notChecked.map(({ rule }) => rule)).toEqual([
      "root-access-key",
      "root-without-mfa",
      "root-used",
      "root-signing-certificate",
    ]);
  });
});

describe("passwords", () => {
  const password = {
    passwordEnabled: true,
    passwordLastUsed: ago(1),
    passwordLastChanged: ago(9),
    passwordNextRotation: ago(-80),
  };

  test.each([
    ["a device user: critical", reportRow(password), ["critical password-enabled user/work"]],
    [
      "a repository user: critical",
      ciRow(password),
      ["critical password-enabled user/octo", "high password-without-mfa user/octo"],
    ],
    [
      "a user under the device path whom nobody declared: critical",
      reportRow({ user: "other", accessKeys: [NO_KEY, NO_KEY], ...password }),
      ["critical password-enabled user/other", "high unmanaged-user user/other"],
    ],
    [
      "any other user: high",
      reportRow({
        user: "x",
        arn: `arn:aws:iam::${ACCOUNT}:user/x`,
        accessKeys: [NO_KEY, NO_KEY],
        ...password,
      }),
      ["high password-enabled user/x", "high unmanaged-user user/x"],
    ],
    [
      "a password that no policy expires",
      reportRow({ ...password, passwordNextRotation: "N/A" }),
      ["critical password-enabled user/work", "medium password-never-expires user/work"],
    ],
    [
      "a password unused for 45 days",
      reportRow({ ...password, passwordLastUsed: ago(45) }),
      ["critical password-enabled user/work", "medium password-unused user/work"],
    ],
    [
      "a password unused for 44 days",
      reportRow({ ...password, passwordLastUsed: ago(44) }),
      ["critical password-enabled user/work"],
    ],
    [
      "a password never used in 45 days",
      reportRow({ ...password, passwordLastUsed: "no_information", passwordLastChanged: ago(45) }),
      ["critical password-enabled user/work", "medium password-unused user/work"],
    ],
  ])("of %s", (_whose, row, expected) => {
    expect(found(account(row))).toEqual(expected);
  });

  test("expiry is said to be not checked where the report does not tell it", () => {
    const { notChecked } = audit(account(reportRow({ ...password, passwordNextRotation: "not_supported" })));
    expect(notChecked).toEqual([
      { rule: "password-never-expires", reason: expect.stringContaining("user/work") },
    ]);
  });
});

describe("access keys", () => {
  const keys = (first: Parameters<typeof reportKey>[0], second?: Parameters<typeof reportKey>[0]) =>
    reportRow({ accessKeys: [reportKey(first), second === undefined ? NO_KEY : reportKey(second)] });

  test.each([
    ["an active key without MFA", reportRow({ mfaActive: false }), ["high key-without-mfa user/work"]],
    [
      "an inactive key without MFA",
      reportRow({ mfaActive: false, accessKeys: [reportKey({ active: false }), NO_KEY] }),
      [],
    ],
    ["a repository user without MFA", ciRow(), []],
    ["a key of 75 days", keys({ lastRotated: ago(75) }), []],
    ["a key of 76 days", keys({ lastRotated: ago(76) }), ["info key-ends-soon user/work"]],
    ["a key of 89 days", keys({ lastRotated: ago(89) }), ["info key-ends-soon user/work"]],
    ["a key of 90 days", keys({ lastRotated: ago(90) }), ["medium key-too-old user/work"]],
    ["an inactive key of a year", keys({ active: false, lastRotated: ago(365) }), []],
    ["a key unused for 30 days", keys({ lastRotated: ago(60), lastUsedDate: ago(30) }), []],
    [
      "a key unused for 44 days",
      keys({ lastRotated: ago(60), lastUsedDate: ago(44) }),
      ["info key-ends-soon user/work"],
    ],
    [
      "a key unused for 45 days",
      keys({ lastRotated: ago(60), lastUsedDate: ago(45) }),
      ["medium key-unused user/work"],
    ],
    [
      "a key never used in 44 days",
      keys({ lastRotated: ago(44), lastUsedDate: "N/A" }),
      ["info key-ends-soon user/work"],
    ],
    [
      "a key never used in 45 days",
      keys({ lastRotated: ago(45), lastUsedDate: "N/A" }),
      ["medium key-unused user/work"],
    ],
    ["a fresh key that was not used yet", keys({ lastRotated: ago(1), lastUsedDate: "N/A" }), []],
    [
      "two active keys, one of them unused",
      keys({}, { lastUsedDate: "N/A" }),
      ["medium two-active-keys user/work"],
    ],
    [
      "two active keys, both used within 14 days",
      keys({}, { lastUsedDate: ago(14) }),
      ["high two-active-keys-in-use user/work"],
    ],
    [
      "two active keys, one used 15 days ago",
      keys({}, { lastUsedDate: ago(15) }),
      ["medium two-active-keys user/work"],
    ],
    ["an active and an inactive key", keys({}, { active: false }), []],
    [
      "more credentials than the report has columns for",
      reportRow({ additionalCredentialsInfo: "2 access keys" }),
      ["high additional-credentials user/work"],
    ],
    ["nothing beyond the columns", reportRow({ additionalCredentialsInfo: "N/A" }), []],
    [
      "a signing certificate",
      reportRow({ certificates: [NO_CERTIFICATE, { active: true, lastRotated: ago(3) }] }),
      ["medium signing-certificate-active user/work"],
    ],
  ])("%s", (_what, row, expected) => {
    expect(found(account(row))).toEqual(expected);
  });

  test("the environment's own limits count where they are stricter", () => {
    const row = keys({ lastRotated: ago(30), lastUsedDate: ago(10) });
    const rules = keyRules([keyRule({ maxAgeDays: 30, unusedDays: 10 })]);
    expect(found(account(row), { keyRules: rules })).toEqual([
      "medium key-too-old user/work",
      "medium key-unused user/work",
    ]);
  });

  test("a laxer limit of the environment does not silence the benchmark's", () => {
    const rules = keyRules([keyRule({ maxAgeDays: 365 })]);
    expect(found(account(keys({ lastRotated: ago(90) })), { keyRules: rules })).toEqual([
      "medium key-too-old user/work",
    ]);
  });
});

describe("who is there", () => {
  test.each([
    [
      "an undeclared user with a key",
      reportRow({ user: "intruder", arn: `arn:aws:iam::${ACCOUNT}:user/intruder` }),
      ["high unmanaged-user user/intruder"],
    ],
    [
      "an undeclared user without credentials",
      reportRow({ user: "intruder", accessKeys: [NO_KEY, NO_KEY] }),
      ["medium unmanaged-user user/intruder"],
    ],
    [
      "a declared name under another path",
      reportRow({ arn: `arn:aws:iam::${ACCOUNT}:user/work` }),
      ["high unmanaged-user user/work"],
    ],
  ])("%s is a finding", (_what, row, expected) => {
    expect(found(account(row))).toEqual(expected);
  });

  test("an undeclared user below a neighbour's path is that environment's finding", () => {
    const of = (path: string) =>
      account(reportRow({ user: "theirs", arn: `arn:aws:iam::${ACCOUNT}:user${path}theirs` }));
    const input = { neighbours: [team(true)] };
    expect(found(of("/team/device/"), input)).toEqual([]);
    expect(found(of("/teammates/"), input)).toEqual(["high unmanaged-user user/theirs"]);
  });

  test("whoever is not in charge of the account leaves strangers, root and certificates to who is", () => {
    const rows = account(
      rootRow({ mfaActive: false }),
      reportRow({ user: "stranger", arn: `arn:aws:iam::${ACCOUNT}:user/stranger` }),
    );
    const expired = [{ name: "www", expiration: ago(1) }];
    expect(found(rows, { inCharge: false, serverCertificates: expired })).toEqual([]);
    expect(found(rows, { inCharge: true, serverCertificates: expired })).toHaveLength(3);
  });

  test.each([
    ["an environment that is audited itself", true, []],
    ["an environment that nobody else audits", false, ["medium two-active-keys user/theirs"]],
  ])("users of %s are told once", (_what, audited, expected) => {
    const theirs = reportRow({
      user: "theirs",
      arn: `arn:aws:iam::${ACCOUNT}:user/team/ci/theirs`,
      mfaActive: false,
      accessKeys: [reportKey(), reportKey({ lastUsedDate: "N/A" })],
    });
    expect(found(account(theirs), { neighbours: [team(audited)] })).toEqual(expected);
    expect(found(account(theirs), { neighbours: [team(audited)], inCharge: false })).toEqual([]);
  });

  test("a declared name under another path is told with both paths", () => {
    const { findings } = audit(account(reportRow({ arn: `arn:aws:iam::${ACCOUNT}:user/work` })));
    expect(findings[0]?.message).toContain("under /baseline/device/, but it is under /,");
  });

  test("an undeclared user is told with its path", () => {
    const { findings } = audit(account(reportRow({ user: "x", arn: `arn:aws:iam::${ACCOUNT}:user/lab/x` })));
    expect(findings[0]?.message).toContain(
      "declares no such user; it has credentials that work, path /lab/.",
    );
  });

  test("a declared user whom the account lacks is a finding", () => {
    expect(found(account().filter(({ user }) => user !== "octo"))).toEqual([
      "low declared-user-missing user/octo",
    ]);
  });
});

describe("break-glass", () => {
  test.each([
    [
      "an active key",
      { accessKeys: [reportKey({ lastUsedDate: "N/A" }), NO_KEY] as const },
      ["medium break-glass-key-active user/emergency"],
    ],
    [
      "a key that was used 30 days ago and deactivated",
      { accessKeys: [reportKey({ active: false, lastUsedDate: ago(30) }), NO_KEY] as const },
      ["high break-glass-used user/emergency"],
    ],
    [
      "a key that was used 31 days ago",
      { accessKeys: [reportKey({ active: false, lastUsedDate: ago(31) }), NO_KEY] as const },
      [],
    ],
  ])("with %s", (_what, differences, expected) => {
    expect(found(account(emergencyRow(differences)))).toEqual(expected);
  });
});

test("an undeclared user under the break-glass path is held to its rules too", () => {
  const arn = `arn:aws:iam::${ACCOUNT}:user/baseline/break-glass/other`;
  const row = reportRow({ user: "other", arn, accessKeys: [reportKey({ lastUsedDate: ago(31) }), NO_KEY] });
  expect(found(account(row))).toEqual([
    "high unmanaged-user user/other",
    "info key-ends-soon user/other",
    "medium break-glass-key-active user/other",
  ]);
});

describe("after a nightly run", () => {
  const rules = keyRules([keyRule({ name: "night", nightly: true })]);
  const before = new Date("2026-11-22T15:00:00Z");
  const after = new Date("2026-11-23T00:30:00Z");
  const nightly = (lastUsedDate: Date | "N/A", differences: Partial<AuditInput>) =>
    found(account(reportRow({ accessKeys: [reportKey({ lastUsedDate }), NO_KEY] })), {
      keyRules: rules,
      ...differences,
    });

  test.each([
    ["active in a later report and not used since", before, ago(3), "medium nightly-key-active user/work"],
    ["active in a later report and used since", before, ago(0.1), "low nightly-key-active user/work"],
    ["active in an earlier report", after, ago(3), "medium nightly-key-unproven user/work"],
    ["active in a report of the same second", GENERATED, ago(3), "medium nightly-key-unproven user/work"],
  ])("a key %s", (_what, lastNightlyRun, lastUsed, expected) => {
    expect(nightly(lastUsed, { lastNightlyRun })).toEqual([expected]);
  });

  test.each([
    ["no active key", 0, []],
    ["one", 1, ["high nightly-key-active user/work"]],
  ])("an earlier report yields to what IAM lists now: %s", (_what, count, expected) => {
    expect(nightly(ago(3), { lastNightlyRun: after, activeKeysNow: { work: count } })).toEqual(expected);
  });

  test("a use at the very moment of the run is a use since", () => {
    expect(nightly(before, { lastNightlyRun: before })).toEqual(["low nightly-key-active user/work"]);
  });

  test("of two keys one that was used since is enough to know that somebody reactivated", () => {
    const accessKeys = [reportKey({ lastUsedDate: ago(3) }), reportKey({ lastUsedDate: ago(0.1) })] as const;
    expect(found(account(reportRow({ accessKeys })), { keyRules: rules, lastNightlyRun: before })).toContain(
      "low nightly-key-active user/work",
    );
  });

  test("a key made at the very moment of the run is fine", () => {
    const row = reportRow({ accessKeys: [reportKey({ lastRotated: before, lastUsedDate: "N/A" }), NO_KEY] });
    expect(found(account(row), { keyRules: rules, lastNightlyRun: before })).toEqual([]);
  });

  test("a key made after the run is fine", () => {
    const row = reportRow({
      accessKeys: [reportKey({ lastRotated: ago(0.1), lastUsedDate: "N/A" }), NO_KEY],
    });
    expect(found(account(row), { keyRules: rules, lastNightlyRun: before })).toEqual([]);
  });

  test("users of other rules are left alone", () => {
    expect(
      found(account(), { keyRules: keyRules([keyRule({ maxAgeDays: 90 })]), lastNightlyRun: after }),
    ).toEqual([]);
  });

  test("is said to be not checked where no run is known", () => {
    expect(audit(account(), { keyRules: rules }).notChecked).toEqual([
      { rule: "nightly-key-active", reason: expect.stringContaining("not known") },
    ]);
  });
});

describe("the report's age", () => {
  test.each([
    ["3 h 59 min", "2026-11-23T03:59:00Z", []],
    ["exactly 4 h", "2026-11-23T04:00:00Z", []],
    ["a second more", "2026-11-23T04:00:01Z", ["medium report-too-old credential-report"]],
  ])("%s", (_age, now, expected) => {
    expect(found(account(), { now: new Date(now) })).toEqual(expected);
  });

  test.each([
    ["2026-11-23T03:59:00Z", "3 h 59 min"],
    ["2026-11-23T00:12:59Z", "12 min"],
    ["2026-11-22T23:00:00Z", "0 min"],
  ])("at %s is worded as %s", (now, expected) => {
    expect(reportAgeText({ generatedTime: GENERATED, now: new Date(now) })).toBe(expected);
  });
});

describe("server certificates", () => {
  const certificate = (expiration: string) => ({ name: "www", expiration: new Date(expiration) });

  test.each([
    ["an expired one", "2026-11-23T01:00:00Z", ["medium server-certificate-expired server-certificate/www"]],
    ["one that still holds", "2026-11-23T01:00:01Z", []],
  ])("%s", (_what, expiration, expected) => {
    expect(found(account(), { serverCertificates: [certificate(expiration)] })).toEqual(expected);
  });

  test("are said to be not checked where nobody listed them", () => {
    const { serverCertificates: _dropped, ...input } = {
      rows: account(),
      generatedTime: GENERATED,
      now: GENERATED,
      declared,
      paths,
      serverCertificates: [],
    };
    expect(auditReport(input).notChecked.map(({ rule }) => rule)).toEqual([
      "server-certificate-expired",
      "user-quarantined",
      "ssh-public-key-active",
      "service-specific-credential-active",
    ]);
  });
});

test("the emulator's report tells of the password and the intruder's key", () => {
  const text = readFileSync(join(__dirname, "../../fixtures/credential-report/emulator.csv"), "utf8");
  const { findings, notChecked } = auditReport({
    rows: parseCredentialReport(text),
    generatedTime: new Date("2026-11-22T08:48:00Z"),
    now: new Date("2026-11-22T08:48:00Z"),
    declared: ["work", "home", "octo.website"].map((userName) => {
      const kind = userName === "octo.website" ? "ci" : "device";
      return { userName, kind, path: paths[kind] };
    }),
    paths,
    serverCertificates: [],
  });
  expect(findings.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`).sort()).toEqual([
    "critical password-enabled user/work",
    "high key-without-mfa user/intruder",
    "high password-without-mfa user/work",
    "high unmanaged-user user/intruder",
  ]);
  expect(notChecked.map(({ rule }) => rule)).toContain("password-never-expires");
});

test("findings carry the benchmark's number where their rule has one, and never an account id", () => {
  const { findings } = audit(account(rootRow({ mfaActive: false }), reportRow({ mfaActive: false })));
  expect(findings.find(({ rule }) => rule === "root-without-mfa")?.reference).toBe(
    "CIS AWS Foundations v7.0.0, 2.5",
  );
  expect(findings.find(({ rule }) => rule === "key-without-mfa")).not.toHaveProperty("reference");
  expect(JSON.stringify(findings)).not.toContain(ACCOUNT);
});

test("every rule has an id of small letters", () => {
  expect(AUDIT_RULE_IDS).toEqual(AUDIT_RULES.map(({ id }) => id));
  for (const id of AUDIT_RULE_IDS) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

describe("what the report has no columns for", () => {
  const asked = (differences: object) => ({
    otherCredentials: { sshPublicKeys: {}, serviceSpecific: {}, notAsked: [], ...differences },
  });

  test("SSH keys and service-specific credentials are findings where they are active", () => {
    expect(found(account(), asked({ sshPublicKeys: { work: 2 } }))).toEqual([
      "medium ssh-public-key-active user/work",
    ]);
    expect(found(account(), asked({ serviceSpecific: { work: ["bedrock.amazonaws.com"] } }))).toEqual([
      "high service-specific-credential-active user/work",
    ]);
    expect(found(account(), asked({ sshPublicKeys: { elsewhere: 1 } }))).toEqual([]);
  });

  test("what IAM did not answer is not checked, with its reason", () => {
    const notAsked = ["IAM did not answer ListSSHPublicKeys (AccessDenied)"];
    const { notChecked } = audit(account(), { otherCredentials: { serviceSpecific: {}, notAsked } });
    expect(notChecked).toEqual([{ rule: "ssh-public-key-active", reason: notAsked[0] }]);
  });

  test("a user whom AWS has quarantined is critical", () => {
    expect(found(account(), { quarantined: { work: "AWSCompromisedKeyQuarantineV3" } })).toEqual([
      "critical user-quarantined user/work",
    ]);
    expect(found(account(), { quarantined: { constructor: "AWSCompromisedKeyQuarantineV3" } })).toEqual([]);
  });
});
