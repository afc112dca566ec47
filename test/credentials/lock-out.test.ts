import { type LockOutInput, lockOutViolations } from "../../src/credentials/lock-out";
import type { OwnedDevice } from "../../src/credentials/owned-device";
import { formatViolation } from "../../src/findings/violation";
import { keyOwner, keyRule, keyRules } from "../builders/access-key";

const device = (userName: string, owner = "alice", reactivates: readonly string[] = []): OwnedDevice => ({
  ...keyOwner({ userName }),
  owner,
  reactivates,
});
const nightlyFor = (...users: string[]) => {
  const { paths: _paths, ...rule } = keyRule({ name: "night", nightly: true, users });
  return keyRules([rule]);
};
const nightlyForAll = keyRules([keyRule({ name: "night", nightly: true })]);
const none = { breakGlassUsers: [], reactivationRoles: [] };

function words(input: Partial<LockOutInput>): string[] {
  return lockOutViolations(
    { devices: [device("work")], rules: nightlyForAll, recovery: undefined, waysBack: none, ...input },
    "environments/prod.ts",
  ).map(formatViolation);
}

describe("without recovery", () => {
  test.each([
    ["a nightly rule", keyRule({ name: "rule", nightly: true })],
    ["a rule by age", keyRule({ name: "rule", maxAgeDays: 90 })],
    ["a rule by disuse", keyRule({ name: "rule", unusedDays: 45 })],
  ])("refuses %s over the only device of an owner", (_what, rule) => {
    expect(words({ rules: keyRules([rule]) })).toEqual([
      expect.stringContaining(
        'environments/prod.ts: recovery: a way back for owner "alice", whose every device a rule can lock tonight (work by rule), got no recovery',
      ),
    ]);
  });

  test("refuses rules that together reach all devices of an owner", () => {
    const rules = keyRules([
      ...nightlyFor("work").rules,
      { name: "age", reason: "short-lived", users: ["home"], maxAgeDays: 90 },
    ]);
    expect(words({ devices: [device("work"), device("home")], rules })).toHaveLength(1);
  });

  test.each([
    [
      "a rule about superseded keys, which leave the newer one",
      [device("work")],
      keyRules([keyRule({ supersededDays: 2 })]),
    ],
    ["a device that no rule reaches", [device("work"), device("home")], nightlyFor("work")],
    ["no device at all", [], nightlyForAll],
    [
      "a nightly rule for repositories only",
      [device("work")],
      keyRules([keyRule({ paths: ["/baseline/ci/"], nightly: true })]),
    ],
  ])("accepts %s", (_what, devices, rules) => {
    expect(words({ devices, rules })).toEqual([]);
  });

  test("names every owner who could be locked out, and no other", () => {
    const devices = [device("b", "bob"), device("a"), device("c", "carol"), device("c2", "carol")];
    expect(
      words({ devices, rules: nightlyFor("a", "b", "c") }).map((text) => /owner "(\w+)"/.exec(text)?.[1]),
    ).toEqual(["alice", "bob"]);
  });
});

describe('recovery "second-device"', () => {
  const recovery = "second-device";

  test("refuses an owner with one device", () => {
    expect(words({ recovery })).toEqual([expect.stringContaining("got one device (work by night)")]);
  });

  test("refuses an owner with one device that a rule by age reaches", () => {
    expect(words({ recovery, rules: keyRules([keyRule({ maxAgeDays: 90 })]) })).toHaveLength(1);
  });

  test("refuses an owner whose devices are all nightly", () => {
    expect(words({ recovery, devices: [device("work"), device("home")] })).toEqual([
      expect.stringContaining("got only nightly ones (work by night, home by night)"),
    ]);
  });

  test("refuses a second device that belongs to somebody else", () => {
    expect(
      words({ recovery, devices: [device("work"), device("home", "bob")], rules: nightlyFor("work") }),
    ).toHaveLength(1);
  });

  const both = [device("work", "alice", ["home"]), device("home", "alice", ["work"])];

  test("refuses a second device that rules by age or disuse reach as well, with the days", () => {
    const rules = keyRules([keyRule({ maxAgeDays: 90, unusedDays: 45 })]);
    expect(words({ recovery, devices: both, rules })).toEqual([
      expect.stringContaining(
        "got none from day 90 on (rule age ends the key of work and home), and none after 45 days of absence (rule age ends the key of work and home); set keyRules.lastKeyStays: true",
      ),
    ]);
  });

  test("accepts it where the last key stays", () => {
    const rules = keyRules([keyRule({ maxAgeDays: 90, unusedDays: 45 })], { lastKeys: [["home", "work"]] });
    expect(words({ recovery, devices: both, rules })).toEqual([]);
  });

  test("accepts a second device that no rule reaches, and that reactivates the first", () => {
    const devices = [device("work"), device("home", "alice", ["work"])];
    expect(words({ recovery, devices, rules: nightlyFor("work") })).toEqual([]);
  });

  test("refuses a second device without a role that reactivates", () => {
    const devices = [device("work"), device("home")];
    expect(words({ recovery, devices, rules: nightlyFor("work") })).toEqual([
      expect.stringContaining(
        "got none from day 1 on (rule night ends the key of work); give the devices a role that reactivates their owner's keys",
      ),
    ]);
  });

  test("refuses one owner without it although another has it", () => {
    const devices = [...both, device("laptop", "bob")];
    expect(words({ recovery, devices, rules: nightlyFor("work", "laptop") })).toEqual([
      expect.stringContaining('owner "bob"'),
    ]);
  });
});

test.each([
  ["oidc", "role with `github`"],
  ["break-glass-user", "user under breakGlass"],
] as const)("refuses the recovery %s when it is not there", (recovery, message) => {
  expect(words({ recovery })).toEqual([expect.stringContaining(message)]);
});

test.each([
  ["oidc", "oidc" as const, { ...none, reactivationRoles: ["reactivate"] }],
  ["a break-glass user", "break-glass-user" as const, { ...none, breakGlassUsers: ["emergency"] }],
  ["root, acknowledged", { root: { acknowledgeRootRecovery: true as const } }, none],
])("accepts the recovery by %s when it is there", (_what, recovery, waysBack) => {
  expect(words({ recovery, waysBack })).toEqual([]);
});

test("refuses a recovery that is not there even where nobody can be locked out", () => {
  expect(words({ recovery: "oidc", devices: [] })).toHaveLength(1);
});

describe("a second device whose roles can reactivate", () => {
  const byAge = { ...keyRules([keyRule({ name: "age", maxAgeDays: 90 })]) };
  const withLast = (...names: string[]) => ({ ...byAge, lastKeys: [names] });
  test.each<[string, OwnedDevice[], string[], string | undefined]>([
    [
      "each brings the other back",
      [device("work", "alice", ["home"]), device("home", "alice", ["work"])],
      ["home", "work"],
      undefined,
    ],
    [
      "only one brings the other back",
      [device("work", "alice", ["home"]), device("home")],
      ["work"],
      "got none for work; give home a role",
    ],
    [
      "none does",
      [device("work"), device("home")],
      [],
      "got none for home and work; give work or home a role",
    ],
    [
      "of three, two bring each other and the third back",
      [device("work", "alice", ["home", "pad"]), device("home", "alice", ["work", "pad"]), device("pad")],
      ["home", "work"],
      undefined,
    ],
  ])("%s", (_what, devices, last, told) => {
    const found = words({ devices, rules: withLast(...last), recovery: "second-device" });
    if (told === undefined) expect(found).toEqual([]);
    else expect(found[0]).toContain(told);
  });
});
