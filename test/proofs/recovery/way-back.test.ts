import type { EnvironmentInput } from "../../../src/environment/environment";
import { adminRole, dailyRole, keyRecoveryRole } from "../../../src/environment/role-presets";
import { dailyAt } from "../../../src/environment/schedule";
import { InvalidEnvironmentsError, validateBaseline } from "../../../src/proofs/validate-baseline";
import { environment, NOW } from "../../builders/environment";

type Devices = NonNullable<EnvironmentInput["devices"]>;
type KeyRules = NonNullable<EnvironmentInput["keyRules"]>;

const REASON = "CIS AWS Foundations v7.0.0, 2.12";
const rules = (of: KeyRules["rules"], settings: Partial<KeyRules> = {}): KeyRules => ({
  schedule: dailyAt("00:00", "Asia/Tokyo"),
  dryRun: false,
  rules: of,
  ...settings,
});
const age = (maxAgeDays = 90): KeyRules["rules"] => ({
  r: { appliesTo: { path: "device" }, maxAgeDays, reason: REASON },
});
const unused = (unusedDays = 45): KeyRules["rules"] => ({
  r: { appliesTo: { path: "device" }, unusedDays, reason: REASON },
});
const both: KeyRules["rules"] = {
  r: { appliesTo: { path: "device" }, maxAgeDays: 90, unusedDays: 45, reason: REASON },
};
const night = (user: string): KeyRules["rules"] => ({
  n: { appliesTo: { user }, nightly: true, reason: REASON },
});
const dev = (work: string[], home: string[], more: Devices = {}): Devices => ({
  work: { owner: "alice", roles: work },
  home: { owner: "alice", roles: home },
  ...more,
});
const R = { daily: dailyRole(), admin: adminRole(), recovery: keyRecoveryRole() };
const env = (keyRules: KeyRules, difference: Partial<EnvironmentInput> = {}): EnvironmentInput =>
  environment({
    roles: R,
    devices: dev(["daily", "admin", "recovery"], ["daily", "recovery"]),
    recovery: "second-device",
    keyRules,
    ...difference,
  });

/** Where violations are; an environment that is right has none. */
function refusedAt(input: EnvironmentInput): readonly string[] {
  try {
    validateBaseline([input], NOW);
    return [];
  } catch (error) {
    if (error instanceof InvalidEnvironmentsError) return error.violations.map(({ location }) => location);
    throw error;
  }
}

describe("the way back, over time and by the roles of devices", () => {
  test.each<[string, boolean, EnvironmentInput]>([
    ["shipped", true, env(rules(both, { lastKeyStays: true }))],
    ["without lastKeyStays", false, env(rules(both))],
    ["age only", false, env(rules(age()))],
    ["unused only", false, env(rules(unused()))],
    [
      "superseded only",
      true,
      env(rules({ r: { appliesTo: { path: "device" }, supersededDays: 7, reason: REASON } })),
    ],
    [
      "work only by age, home free",
      true,
      env(rules({ r: { appliesTo: { user: "work" }, maxAgeDays: 90, unusedDays: 45, reason: REASON } })),
    ],
    [
      "home only by age, work free",
      true,
      env(rules({ r: { appliesTo: { user: "home" }, maxAgeDays: 90, reason: REASON } })),
    ],
    ["work nightly, home free", true, env(rules(night("work")))],
    [
      "work nightly, home by age",
      false,
      env(rules({ ...night("work"), r: { appliesTo: { user: "home" }, maxAgeDays: 90, reason: REASON } })),
    ],
    [
      "work nightly, home by age, last stays",
      true,
      env(
        rules(
          { ...night("work"), r: { appliesTo: { user: "home" }, maxAgeDays: 90, reason: REASON } },
          { lastKeyStays: true },
        ),
      ),
    ],
    [
      "both nightly",
      false,
      env(rules({ n: { appliesTo: { path: "device" }, nightly: true, reason: REASON } })),
    ],
    [
      "both nightly last stays",
      false,
      env(
        rules(
          { n: { appliesTo: { path: "device" }, nightly: true, reason: REASON } },
          { lastKeyStays: true },
        ),
      ),
    ],
    [
      "staggered age only differ: work 60, home 90",
      false,
      env(
        rules({
          a: { appliesTo: { user: "work" }, maxAgeDays: 60, reason: REASON },
          b: { appliesTo: { user: "home" }, maxAgeDays: 90, reason: REASON },
        }),
      ),
    ],
    [
      "home has no role",
      false,
      env(rules(both, { lastKeyStays: true }), { devices: dev(["daily", "admin", "recovery"], []) }),
    ],
    [
      "home daily only, last stays",
      false,
      env(rules(both, { lastKeyStays: true }), { devices: dev(["daily", "admin", "recovery"], ["daily"]) }),
    ],
    [
      "home no role, home unruled",
      false,
      env(rules({ r: { appliesTo: { user: "work" }, maxAgeDays: 90, reason: REASON } }), {
        devices: dev(["daily", "admin"], []),
        roles: { daily: dailyRole(), admin: adminRole() },
      }),
    ],
    [
      "one device",
      false,
      env(rules(both, { lastKeyStays: true }), {
        devices: { work: { owner: "alice", roles: ["daily", "admin", "recovery"] } },
      }),
    ],
    [
      "bob has one device",
      false,
      env(rules(both, { lastKeyStays: true }), {
        devices: dev(["daily", "admin", "recovery"], ["daily", "recovery"], {
          ben: { owner: "ben", roles: ["daily"] },
        }),
      }),
    ],
    [
      "admin both",
      true,
      env(rules(both, { lastKeyStays: true }), {
        roles: { daily: dailyRole(), admin: adminRole() },
        devices: dev(["daily", "admin"], ["admin"]),
      }),
    ],
    [
      "admin both w/out last stays",
      false,
      env(rules(both), {
        roles: { daily: dailyRole(), admin: adminRole() },
        devices: dev(["daily", "admin"], ["admin"]),
      }),
    ],
    [
      "three devices",
      true,
      env(rules(both, { lastKeyStays: true }), {
        devices: dev(["daily", "admin", "recovery"], ["daily", "recovery"], {
          pad: { owner: "alice", roles: ["recovery"] },
        }),
      }),
    ],
    [
      "oidc w/out role",
      false,
      env(rules(both), {
        recovery: "oidc",
        roles: { daily: dailyRole(), admin: adminRole() },
        devices: dev(["daily", "admin"], ["daily"]),
      }),
    ],
    [
      "oidc",
      true,
      env(rules(both), {
        recovery: "oidc",
        roles: {
          daily: dailyRole(),
          admin: adminRole(),
          re: {
            reactivatesKeys: true,
            github: { repository: "octo/iam", environment: "reactivate", ownerId: "1", repositoryId: "2" },
          },
        },
        devices: dev(["daily", "admin"], ["daily"]),
        account: { githubOidcProvider: {} },
      }),
    ],
    [
      "oidc branch",
      false,
      env(rules(both), {
        recovery: "oidc",
        roles: {
          daily: dailyRole(),
          admin: adminRole(),
          re: {
            reactivatesKeys: true,
            github: { repository: "octo/iam", branch: "main", ownerId: "1", repositoryId: "2" },
          },
        },
        devices: dev(["daily", "admin"], ["daily"]),
        account: { githubOidcProvider: {} },
      }),
    ],
    [
      "break glass none",
      false,
      env(rules(both), {
        recovery: "break-glass-user",
        roles: { daily: dailyRole(), admin: adminRole() },
        devices: dev(["daily", "admin"], ["daily"]),
      }),
    ],
    [
      "break glass",
      true,
      env(rules(both), {
        recovery: "break-glass-user",
        breakGlass: { emergency: { owner: "alice", roles: ["admin"] } },
        roles: { daily: dailyRole(), admin: adminRole() },
        devices: dev(["daily", "admin"], ["daily"]),
      }),
    ],
    ["root", true, env(rules(both), { recovery: { root: { acknowledgeRootRecovery: true } } })],
    [
      "root central",
      false,
      env(rules(both), {
        recovery: { root: { acknowledgeRootRecovery: true } },
        root: { credentials: "central" },
      }),
    ],
    ["dryRun true still", false, env(rules(both, { dryRun: true }))],
    ["warnDays 7", true, env(rules(both, { lastKeyStays: true, warnDays: 7 }))],
    ["warnDays 400", false, env(rules(both, { lastKeyStays: true, warnDays: 400 }))],
  ])("%s: %s", (_what, holds, input) => {
    const found = refusedAt(input);
    if (holds) expect(found).toEqual([]);
    else expect(found.join()).toMatch(/^environments\/prod\.ts: (?:recovery|roles\.re\.|keyRules\.warnDays)/);
  });
});
