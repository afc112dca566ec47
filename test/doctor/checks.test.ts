import type { KeyFact } from "../../src/credentials/device-facts";
import type { CheckResult } from "../../src/doctor/check";
import { CHECKS } from "../../src/doctor/checks";
import type { DoctorFacts, UserFact } from "../../src/doctor/facts";
import { s3 } from "../../src/environment/backend";
import type { Environment, EnvironmentInput } from "../../src/environment/environment";
import { dailyAt } from "../../src/environment/schedule";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { device, environment, NOW, role } from "../builders/environment";

const made = (difference: Partial<EnvironmentInput> = {}): Environment =>
  validateBaseline([environment({ name: "home", ...difference })], NOW)[0] as Environment;

const keyRules: EnvironmentInput["keyRules"] = {
  schedule: dailyAt("00:00", "Asia/Tokyo"),
  dryRun: false,
  rules: { old: { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "CIS 2.12" } },
};
const withRules = (difference: Partial<EnvironmentInput> = {}) =>
  made({ keyRules, recovery: { root: { acknowledgeRootRecovery: true } }, ...difference });

const DAY = 86_400_000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
const key = (age: number, difference: Partial<KeyFact> = {}): KeyFact => ({
  accessKeyId: "AKIAEXAMPLEEXAMPLE77",
  active: true,
  createDate: ago(age),
  lastUsed: ago(0),
  ...difference,
});
const user = (userName: string, age: number, difference: Partial<UserFact> = {}): UserFact => ({
  userName,
  owner: "anna",
  keys: [key(age)],
  mfa: { state: "enrolled", since: ago(30) },
  ...difference,
});

/** All is well; a test writes only the difference. */
function facts(difference: Partial<DoctorFacts> = {}): DoctorFacts {
  return {
    environment: made({ backend: s3({ bucket: "example-state", region: "eu-central-1" }) }),
    now: NOW,
    programs: {
      node: "22.11.0",
      terraform: "1.12.0",
      tofu: undefined,
      cdktf: "0.21.0",
      cdktn: undefined,
      "aws-vault": "7.7.10",
      aws: "2.33.0",
    },
    variables: { AWS_SESSION_TOKEN_TTL: "1h", AWS_CHAINED_SESSION_TOKEN_TTL: "3600s" },
    caller: {
      known: { accountId: "111122223333", arn: "arn:aws:sts::111122223333:assumed-role/admin-x/work" },
    },
    seenAddress: { known: "203.0.113.9" },
    ipv4: { known: "203.0.113.9" },
    ipv6: { notChecked: "no IPv6" },
    users: { known: [user("laptop", 10)] },
    summary: {
      known: {
        Users: 3,
        UsersQuota: 5000,
        Groups: 2,
        GroupsQuota: 300,
        Roles: 20,
        RolesQuota: 1000,
        Policies: 4,
        PoliciesQuota: 1500,
        AssumeRolePolicySizeQuota: 2048,
      },
    },
    concurrency: { known: { unreserved: 1000, limit: 1000, deployed: false } },
    functions: { known: [] },
    trails: { known: [{ name: "all", organization: false, multiRegion: true }] },
    securityHub: { known: true },
    identityCenter: { known: false },
    state: { known: { place: "s3://b/k", exists: true, versioned: true } },
    lists: { actions: "2026-09-26", managedPolicies: "2026-08-26" },
    ...difference,
  };
}

function results(id: string, difference: Partial<DoctorFacts>): readonly CheckResult[] {
  return CHECKS.find((check) => check.id === id)?.judge(facts(difference)) ?? [];
}
const states = (id: string, difference: Partial<DoctorFacts>) =>
  results(id, difference).map(({ state }) => state);

describe("the doctor", () => {
  test("finds nothing to do where all is well", () => {
    const bad = CHECKS.flatMap(({ id, judge }) =>
      judge(facts())
        .filter(({ state }) => state === "problem" || state === "warning")
        .map(({ message }) => `${id}: ${message}`),
    );
    expect(bad).toEqual([]);
  });
  test("says of each check why it matters, and of each thing to do what", () => {
    for (const { why, title } of CHECKS) expect([why.length > 20, title.length > 2]).toEqual([true, true]);
  });
  test("has each check once", () => {
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
  });
  test("takes nothing that was not answered for fine", () => {
    const none = { notChecked: "no credentials" };
    const open = facts({
      caller: none,
      seenAddress: none,
      ipv4: none,
      ipv6: none,
      users: none,
      summary: none,
      concurrency: none,
      functions: none,
      trails: none,
      securityHub: none,
      identityCenter: none,
      state: none,
      environment: withRules(),
    });
    for (const id of [
      "account",
      "address",
      "mfa",
      "keys",
      "way-back",
      "quotas",
      "concurrency",
      "trail",
      "security-hub",
      "identity-center",
      "state",
    ]) {
      const judged = CHECKS.find((check) => check.id === id)?.judge(open) ?? [];
      expect([
        id,
        judged.some(({ state }) => state === "not-checked"),
        judged.some(({ state }) => state === "ok"),
      ]).toEqual([id, true, false]);
    }
  });
});

describe("what the doctor judges", () => {
  test.each<
    [what: string, id: string, difference: Partial<DoctorFacts>, state: CheckResult["state"], message: RegExp]
  >([
    [
      "credentials of another account",
      "account",
      { caller: { known: { accountId: "999999999999", arn: "x" } } },
      "problem",
      /account 999999999999/,
    ],
    [
      "an IPv4 address from elsewhere",
      "address",
      { ipv4: { known: "192.0.2.1" } },
      "problem",
      /192\.0\.2\.1 is in none/,
    ],
    [
      "an IPv6 address from elsewhere",
      "address",
      { ipv6: { known: "2001:db8:ff::1" } },
      "warning",
      /2001:db8:ff::1/,
    ],
    [
      "an address that AWS saw elsewhere",
      "address",
      { seenAddress: { known: "192.0.2.1" } },
      "problem",
      /AWS saw/,
    ],
    ["a page in place of an address", "address", { ipv4: { known: "<html>" } }, "not-checked", /is none/],
    [
      "Node.js 18",
      "programs",
      { programs: { ...facts().programs, node: "18.20.0" } },
      "problem",
      /Node.js 18/,
    ],
    [
      "Terraform 1.9",
      "programs",
      { programs: { ...facts().programs, terraform: "1.9.8" } },
      "problem",
      /1\.9\.8/,
    ],
    [
      "OpenTofu in its place",
      "programs",
      { programs: { ...facts().programs, terraform: undefined, tofu: "1.10.1" } },
      "ok",
      /TERRAFORM_BINARY_NAME=tofu/,
    ],
    [
      "neither of them",
      "programs",
      { programs: { ...facts().programs, terraform: undefined } },
      "problem",
      /neither terraform nor tofu/,
    ],
    [
      "cdktf on Node.js 24",
      "programs",
      { programs: { ...facts().programs, node: "24.1.0" } },
      "problem",
      /does not start/,
    ],
    [
      "cdktn on Node.js 24",
      "programs",
      { programs: { ...facts().programs, node: "24.1.0", cdktn: "0.24.0" } },
      "ok",
      /cdktn/,
    ],
    [
      "an aws-vault that nobody maintains",
      "programs",
      { programs: { ...facts().programs, "aws-vault": "7.2.0" } },
      "warning",
      /ended in 2023/,
    ],
    [
      "no variable for chained sessions",
      "session-lifetime",
      { variables: { AWS_SESSION_TOKEN_TTL: "1h" } },
      "problem",
      /CHAINED.* is not set: sessions of 28800 s/,
    ],
    [
      "one that aws-vault does not understand",
      "session-lifetime",
      { variables: { AWS_SESSION_TOKEN_TTL: "1h", AWS_CHAINED_SESSION_TOKEN_TTL: "3600" } },
      "problem",
      /28800 s/,
    ],
    [
      "one that is too long for the strictest role",
      "session-lifetime",
      { environment: made({ roles: { daily: role({ trust: { maxMfaAgeSeconds: 900 } }) } }) },
      "problem",
      /MFA of 900 s/,
    ],
    [
      "an active key without MFA",
      "mfa",
      { users: { known: [user("laptop", 1, { mfa: { state: "none" } })] } },
      "problem",
      /laptop: an active key and no MFA/,
    ],
    [
      "an inactive key without MFA",
      "mfa",
      {
        users: { known: [user("laptop", 1, { mfa: { state: "none" }, keys: [key(1, { active: false })] })] },
      },
      "ok",
      /nobody/,
    ],
    [
      "a key that ends tonight",
      "keys",
      { environment: withRules(), users: { known: [user("laptop", 90)] } },
      "problem",
      /\*\*\*\*LE77.* ends with the next run/,
    ],
    [
      "the same where the run only reports",
      "keys",
      {
        environment: withRules({ keyRules: { ...keyRules, dryRun: true } }),
        users: { known: [user("laptop", 90)] },
      },
      "warning",
      /only reports/,
    ],
    [
      "a key of the day before",
      "keys",
      { environment: withRules(), users: { known: [user("laptop", 88)] } },
      "ok",
      /none of which ends/,
    ],
    [
      "two active keys",
      "keys",
      { users: { known: [user("laptop", 1, { keys: [key(5), key(1)] })] } },
      "warning",
      /2 active keys/,
    ],
    [
      "groups that are nearly used up",
      "quotas",
      { summary: { known: { Groups: 240, GroupsQuota: 300 } } },
      "warning",
      /240 of 300 groups, 60 left/,
    ],
    [
      "groups that are used up",
      "quotas",
      { summary: { known: { Groups: 300, GroupsQuota: 300 } } },
      "problem",
      /0 left/,
    ],
    ["groups just below", "quotas", { summary: { known: { Groups: 239, GroupsQuota: 300 } } }, "ok", /239/],
    [
      "a quota that is not in force",
      "quotas",
      { environment: made({ quotas: { trustPolicyCharacters: 4096 } }) },
      "problem",
      /AWS takes 2048/,
    ],
    [
      "a quota that is not used",
      "quotas",
      { summary: { known: { AssumeRolePolicySizeQuota: 4096 } } },
      "ok",
      /to use all/,
    ],
    [
      "a concurrency of 10",
      "concurrency",
      { environment: withRules(), concurrency: { known: { unreserved: 10, limit: 10, deployed: false } } },
      "problem",
      /fewer than 100/,
    ],
    [
      "a concurrency of 101, of which two would be reserved",
      "concurrency",
      { environment: withRules(), concurrency: { known: { unreserved: 101, limit: 101, deployed: false } } },
      "problem",
      /101/,
    ],
    [
      "one of 102",
      "concurrency",
      { environment: withRules(), concurrency: { known: { unreserved: 102, limit: 102, deployed: false } } },
      "ok",
      /102/,
    ],
    [
      "functions that are deployed already",
      "concurrency",
      { environment: withRules(), concurrency: { known: { unreserved: 8, limit: 10, deployed: true } } },
      "ok",
      /deployed/,
    ],
    [
      "a function of a runtime that ended",
      "runtimes",
      { functions: { known: [{ name: "baseline-x", runtime: "nodejs20.x" }] } },
      "problem",
      /nodejs20/,
    ],
    [
      "a function of an unknown one",
      "runtimes",
      { functions: { known: [{ name: "baseline-x", runtime: "nodejs6.10" }] } },
      "problem",
      /none that this version knows/,
    ],
    ["no trail", "trail", { trails: { known: [] } }, "warning", /no trail/],
    [
      "the organization's trail",
      "trail",
      { trails: { known: [{ name: "org", organization: true, multiRegion: false }] } },
      "ok",
      /organization/,
    ],
    [
      "a trail of one region",
      "trail",
      { trails: { known: [{ name: "one", organization: false, multiRegion: false }] } },
      "warning",
      /one region/,
    ],
    ["no Security Hub", "security-hub", { securityHub: { known: false } }, "warning", /not enabled/],
    [
      "a state that is locked",
      "state",
      { state: { known: { place: "p", exists: true, lockedBy: "ben@desk" } } },
      "problem",
      /locked: ben@desk/,
    ],
    [
      "a bucket without versions",
      "state",
      { state: { known: { place: "p", exists: true, versioned: false } } },
      "problem",
      /no versions/,
    ],
    [
      "a state that is not there",
      "state",
      { state: { known: { place: "p", exists: false } } },
      "warning",
      /p is not there/,
    ],
    [
      "lists of half a year ago",
      "lists",
      { lists: { actions: "2026-05-01", managedPolicies: "2026-08-26" } },
      "warning",
      /2026-05-01/,
    ],
  ])("%s", (_what, id, difference, state, message) => {
    const found = results(id, difference).filter((result) => result.state === state);
    expect(found.map((result) => result.message).join("\n")).toMatch(message);
    if (state === "problem" || state === "warning") {
      for (const { remedy } of found) expect((remedy ?? "").length).toBeGreaterThan(5);
    }
  });
});

describe("a way back on every coming day", () => {
  const env = withRules({ devices: { laptop: device(), desk: device() } });
  test.each<[string, readonly UserFact[], CheckResult["state"], RegExp]>([
    [
      "is told where both keys of an owner end on one day",
      [user("laptop", 20), user("desk", 20)],
      "warning",
      /^anna: from 2027-02-01 on no key of laptop and desk works \(the way back then: root\)/,
    ],
    [
      "is missing soon where they are old",
      [user("laptop", 85), user("desk", 85)],
      "problem",
      /from 2026-11-2\d/,
    ],
    [
      "is there where they were made on different days, and both are rotated in time",
      [],
      "ok",
      /every owner/,
    ],
    ["counts the owner's youngest key", [user("laptop", 85), user("desk", 1)], "warning", /2027-02/],
    [
      "ignores keys that are inactive already",
      [user("laptop", 20), user("desk", 1, { keys: [key(1, { active: false })] })],
      "warning",
      /no key of laptop works/,
    ],
  ])("%s", (_what, known, state, message) => {
    const found = results("way-back", { environment: env, users: { known } });
    expect(
      found
        .filter((one) => one.state === state)
        .map((one) => one.message)
        .join("\n"),
    ).toMatch(message);
  });
  test("needs no rule to be there", () => {
    expect(states("way-back", {})).toEqual(["ok"]);
  });
});
