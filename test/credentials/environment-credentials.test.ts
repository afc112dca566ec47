import fc from "fast-check";
import { auditScopeOf, keyRulesOf, keyRuleViolations } from "../../src/credentials/environment-credentials";
import { parseKeyRules } from "../../src/credentials/parse-key-rules";
import type { Environment, EnvironmentInput } from "../../src/environment/environment";
import { dailyAt } from "../../src/environment/schedule";
import { validateEnvironments } from "../../src/environment/validate-environments";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { device, environment, NOW } from "../builders/environment";
import { environments } from "../shipped";
import { shuffled } from "../support/shuffled";

/** Validated, without the lock-out rule: that is asked for below. */
function valid(input: EnvironmentInput): Environment {
  const validation = validateEnvironments([input], NOW);
  if (!validation.valid) throw new Error(JSON.stringify(validation.violations));
  const [first] = validation.environments;
  if (first === undefined) throw new Error("no environment");
  return first;
}

type Rules = NonNullable<EnvironmentInput["keyRules"]>;
const rules = (appliesTo: Rules["rules"][string]["appliesTo"], more: Partial<Rules> = {}): Rules => ({
  schedule: dailyAt("22:00", "Europe/Berlin"),
  rules: { rule: { appliesTo, nightly: true, reason: "keys are for the day" } },
  ...more,
});

describe("the key rules of an environment", () => {
  test("are none where it has none", () => {
    expect(keyRulesOf(valid(environment()))).toBeUndefined();
  });

  test.each<[string, Rules["rules"][string]["appliesTo"], object]>([
    ["a path", { path: "ci" }, { paths: ["/baseline/ci/"] }],
    ["a group of devices", { group: "developers" }, { users: ["laptop"] }],
    ["a group of repositories", { group: "deployers" }, { users: ["octo.website"] }],
    ["a user", { user: "laptop" }, { users: ["laptop"] }],
    ["a repository", { repository: "octo/website" }, { users: ["octo.website"] }],
  ])("reach %s by plain names", (_what, appliesTo, reached) => {
    const resolved = keyRulesOf(valid(environment({ keyRules: rules(appliesTo) })));
    expect(resolved?.rules).toMatchObject([{ name: "rule", ...reached }]);
  });

  test("reach the members of a default group, which nobody wrote down", () => {
    const input = environment({
      devices: { laptop: device(), desk: device({ owner: "ben" }) },
      keyRules: rules({ group: "developers" }),
    });
    expect(keyRulesOf(valid(input))?.rules[0]?.users).toEqual(["desk", "laptop"]);
  });

  test("follow the namespace, and always exempt break-glass", () => {
    const resolved = keyRulesOf(
      valid(environment({ namespace: "team", keyRules: rules({ path: "device" }) })),
    );
    expect(resolved).toMatchObject({ managedPaths: ["/team/device/"], exemptPaths: ["/team/break-glass/"] });
  });

  test.each([
    [undefined, undefined],
    [{ maxHours: 12 }, 12],
  ])("with reactivation %j honour %s hours", (reactivation, hours) => {
    const more = reactivation === undefined ? {} : { reactivation };
    expect(
      keyRulesOf(valid(environment({ keyRules: rules({ path: "ci" }, more) })))?.reactivationMaxHours,
    ).toBe(hours);
  });

  test("of shipped environments are read back by the function as they were written", () => {
    for (const each of validateBaseline(environments, NOW)) {
      const resolved = keyRulesOf(each);
      expect(parseKeyRules(JSON.stringify(resolved), "KEY_RULES")).toEqual(resolved);
    }
  });

  test("do not depend on the order in which the environment was written", () => {
    const written = (inputs: readonly EnvironmentInput[]) =>
      JSON.stringify(validateBaseline(inputs, NOW).map(keyRulesOf));
    const expected = written(environments);
    fc.assert(
      fc.property(shuffled(environments), (inputs) => written(inputs) === expected),
      { numRuns: 20 },
    );
  });
});

describe("the audit's scope of an environment", () => {
  const input = environment({ breakGlass: { emergency: { owner: "anna", roles: ["daily"] } } });

  test("names every declared user by kind", () => {
    expect(auditScopeOf(valid(input), []).users).toEqual({
      device: ["laptop"],
      ci: ["octo.website"],
      "break-glass": ["emergency"],
    });
  });

  test.each([
    ["deactivates", { dryRun: false }, true],
    ["runs dry", { dryRun: true }, false],
    ["runs dry by default", {}, false],
  ])("expects keys to be ended every night where the run %s: %j -> %s", (_what, more, expected) => {
    const scope = auditScopeOf(valid(environment({ keyRules: rules({ path: "ci" }, more) })), []);
    expect(scope.nightly !== undefined).toBe(expected);
  });

  test("leaves users of another environment in the same account to that one's audit", () => {
    const one = valid(environment());
    const shares = valid(environment({ name: "shares", namespace: "team" }));
    const apart = valid(environment({ name: "apart", namespace: "other", accountId: "444455556666" }));
    expect(auditScopeOf(one, [one, shares, apart]).neighbours).toEqual([
      {
        root: "/team/",
        paths: { device: "/team/device/", ci: "/team/ci/", "break-glass": "/team/break-glass/" },
        audited: false,
      },
    ]);
    expect(auditScopeOf(apart, [one, shares, apart]).neighbours).toBeUndefined();
  });

  test("lets one environment of an account judge what belongs to none, and all of them accept it", () => {
    const reason = { reason: "leaves soon", expires: "2026-12-31" };
    const keys = { keyRules: rules({ path: "ci" }) };
    const first = valid(environment());
    const second = valid(environment({ ...keys, name: "second", namespace: "second" }));
    const third = valid(
      environment({
        ...keys,
        name: "third",
        namespace: "third",
        accepted: [{ finding: "root-used", subject: "root", ...reason }],
      }),
    );
    const all = [first, second, third];
    // the first one has no key rules, so no function audits it
    expect(all.map((one) => auditScopeOf(one, all).inCharge)).toEqual([false, undefined, false]);
    expect(auditScopeOf(second, all).neighbourAcceptances).toEqual(third.accepted);
    expect(auditScopeOf(third, all).neighbourAcceptances).toBeUndefined();
    expect(auditScopeOf(second, all).neighbours?.map(({ root, audited }) => [root, audited])).toEqual([
      ["/baseline/", false],
      ["/third/", true],
    ]);
  });

  test("carries what the environment accepts", () => {
    const accepted = [
      { finding: "unmanaged-user", subject: "user/x", reason: "leaves soon", expires: "2026-12-31" },
    ];
    expect(auditScopeOf(valid({ ...input, accepted }), []).acceptances).toEqual(accepted);
  });
});

test.each([
  ["a group of 4,900 users", 4900, 1],
  ["a group of 1,000 users", 1000, 0],
])("rules of %s, by name, fit the schedule or are refused", (_what, count, violations) => {
  const devices = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`device-${String(index).padStart(45, "0")}`, device()]),
  );
  const keyRules = rules({ group: "developers" });
  const found = keyRuleViolations(
    valid(environment({ devices, keyRules, recovery: { root: { acknowledgeRootRecovery: true } } })),
  );
  expect(found.map(({ location }) => location)).toEqual(
    Array.from({ length: violations }, () => "environments/prod.ts: keyRules.rules"),
  );
});

describe("the lock-out rule", () => {
  const locking = (difference: Partial<EnvironmentInput>) =>
    keyRuleViolations(valid(environment({ keyRules: rules({ path: "device" }), ...difference })));
  const reactivate = {
    reactivatesKeys: true,
    github: { repository: "octo/infra", ownerId: "1", repositoryId: "2", environment: "reactivate" },
  };

  test.each<[string, Partial<EnvironmentInput>]>([
    ["no recovery", {}],
    [
      "a second device that is nightly too",
      { recovery: "second-device", devices: { a: device(), b: device() } },
    ],
    [
      "a second device that is another owner's",
      { recovery: "second-device", devices: { a: device(), b: device({ owner: "ben" }) } },
    ],
    ["a job without its role", { recovery: "oidc" }],
    ["a break-glass user who is not there", { recovery: "break-glass-user" }],
  ])("refuses nightly rules for every device with %s", (_what, difference) => {
    const found = locking(difference);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ location }) => location === "environments/prod.ts: recovery")).toBe(true);
  });

  test.each<[string, Partial<EnvironmentInput>]>([
    [
      "a role that reactivates",
      {
        recovery: "oidc",
        account: { githubOidcProvider: {} },
        roles: { daily: { statements: [], managedPolicies: ["job-function/ViewOnlyAccess"] }, reactivate },
      },
    ],
    [
      "a break-glass user",
      { recovery: "break-glass-user", breakGlass: { emergency: { owner: "anna", roles: ["daily"] } } },
    ],
    ["root, acknowledged", { recovery: { root: { acknowledgeRootRecovery: true } } }],
    [
      "rules for one device of two",
      { keyRules: rules({ user: "a" }), devices: { a: device(), b: device() } },
    ],
    ["rules for repositories only", { keyRules: rules({ path: "ci" }) }],
  ])("accepts %s", (_what, difference) => {
    expect(locking(difference)).toEqual([]);
  });
});
