import {
  MAX_EVENT_BYTES,
  MAX_VARIABLE_BYTES,
  packKeyRules,
  unpackKeyRules,
} from "../../src/credentials/pack-key-rules";
import { KeyRulesError, parseKeyRules } from "../../src/credentials/parse-key-rules";
import {
  needsLastUsed,
  needsUserTags,
  type RuleTargets,
  resolveKeyRules,
} from "../../src/credentials/resolve-key-rules";
import { keyRulesSchema } from "../../src/environment/key-rules";
import { dailyAt } from "../../src/environment/schedule";
import { keyRule, keyRules } from "../builders/access-key";

const targets: RuleTargets = {
  paths: { device: "/baseline/device/", ci: "/baseline/ci/", breakGlass: "/baseline/break-glass/" },
  deviceUsers: ["work", "home"],
  ciUsers: ["octo.website", "octo.docs"],
  groups: { developers: ["work", "home"], deployers: ["octo.website"], empty: [] },
  repositories: { "octo/website": "octo.website" },
  reactivators: [["home", "work"]],
};

function resolve(rules: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return resolveKeyRules(
    keyRulesSchema.parse({ schedule: dailyAt("00:00", "UTC"), rules, ...more }),
    targets,
  );
}

describe("resolving", () => {
  test.each([
    ["a path", { path: "ci" }, { paths: ["/baseline/ci/"] }],
    ["a group", { group: "developers" }, { users: ["home", "work"] }],
    ["a user", { user: "work" }, { users: ["work"] }],
    ["a repository", { repository: "octo/website" }, { users: ["octo.website"] }],
  ])("%s becomes names that the run can compare", (_what, appliesTo, reach) => {
    expect(resolve({ r: { appliesTo, nightly: true, reason: "why" } }).rules).toEqual([
      { name: "r", reason: "why", nightly: true, ...reach },
    ]);
  });

  test.each([
    ["devices only", { user: "work" }, ["/baseline/device/"]],
    ["repositories only", { group: "deployers" }, ["/baseline/ci/"]],
  ])("rules for %s list no other users", (_what, appliesTo, managedPaths) => {
    expect(resolve({ r: { appliesTo, nightly: true, reason: "why" } }).managedPaths).toEqual(managedPaths);
  });

  test("an owner's last key stays where the environment says so", () => {
    const rules = { r: { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "why" } };
    expect(resolve(rules).lastKeys).toBeUndefined();
    const resolved = resolve(rules, { lastKeyStays: true });
    expect(resolved.lastKeys).toEqual([["home", "work"]]);
    expect(parseKeyRules(JSON.stringify(resolved), "KEY_RULES")).toEqual(resolved);
  });

  test("keys are warned of 14 days before, unless the environment says otherwise", () => {
    const rules = { r: { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "why" } };
    expect(resolve(rules).warnDays).toBe(14);
    expect(resolve(rules, { warnDays: 3 }).warnDays).toBe(3);
    expect(resolve(rules, { warnDays: 0 }).warnDays).toBeUndefined();
  });

  test.each([
    ["lastKeys", []],
    ["lastKeys", [[]]],
    ["lastKeys", ["work"]],
    ["warnDays", 0],
    ["warnDays", "14"],
  ])("refuses %s as %j", (key, value) => {
    const rules = { ...keyRules([keyRule({ maxAgeDays: 90 })]), [key]: value };
    expect(() => parseKeyRules(JSON.stringify(rules), "KEY_RULES")).toThrow(KeyRulesError);
  });

  test("break-glass is always exempt", () => {
    const rule = { appliesTo: { path: "device" }, nightly: true, reason: "why" };
    expect(resolve({ r: rule }).exemptPaths).toEqual(["/baseline/break-glass/"]);
    expect(resolve({ r: rule }, { exemptPaths: ["/baseline/device/lab/"] }).exemptPaths).toEqual([
      "/baseline/break-glass/",
      "/baseline/device/lab/",
    ]);
  });

  test("the order in which rules are written does not matter", () => {
    const a = { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "why" };
    const b = { appliesTo: { path: "ci" }, nightly: true, reason: "why" };
    expect(JSON.stringify(resolve({ a, b }))).toBe(JSON.stringify(resolve({ b, a })));
  });

  test.each([
    ["a group without members", { group: "empty" }],
    ["a group that does not exist", { group: "nobody" }],
    ["a user that does not exist", { user: "nobody" }],
    ["a repository that does not exist", { repository: "octo/nothing" }],
    ["a name of every object", { group: "constructor" }],
  ])("refuses %s", (_what, appliesTo) => {
    expect(() => resolve({ r: { appliesTo, nightly: true, reason: "why" } })).toThrow(RangeError);
  });

  test("permissions follow from the rules", () => {
    const age = { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "why" };
    const idle = { appliesTo: { path: "device" }, unusedDays: 45, reason: "why" };
    expect([needsLastUsed(resolve({ age })), needsLastUsed(resolve({ age, idle }))]).toEqual([false, true]);
    expect([
      needsUserTags(resolve({ age })),
      needsUserTags(resolve({ age }, { reactivation: { maxHours: 24 } })),
    ]).toEqual([false, true]);
  });
});

describe("packing", () => {
  const small = keyRules([keyRule({ maxAgeDays: 90 })], { reactivationMaxHours: 24 });
  const usersOf = (count: number) => Array.from({ length: count }, (_, index) => `engineer-laptop-${index}`);
  const large = keyRules([keyRule({ nightly: true, users: usersOf(500) })]);

  test("few rules travel in the variable alone", () => {
    const packed = packKeyRules(small);
    expect(packed.event).toBeUndefined();
    expect(unpackKeyRules(packed.variable, {})).toEqual(small);
  });

  test("rules that name many users travel with the schedule", () => {
    const packed = packKeyRules(large);
    expect(packed.variable).toBe("event");
    expect(unpackKeyRules(packed.variable, JSON.parse(packed.event ?? ""))).toEqual(large);
  });

  test("the variable holds up to its limit and no byte more", () => {
    const sized = (bytes: number) => {
      const empty = JSON.stringify(keyRules([keyRule({ nightly: true, reason: "" })])).length;
      return keyRules([keyRule({ nightly: true, reason: "x".repeat(bytes - empty) })]);
    };
    expect(packKeyRules(sized(MAX_VARIABLE_BYTES)).event).toBeUndefined();
    expect(packKeyRules(sized(MAX_VARIABLE_BYTES + 1)).event).toBeDefined();
  });

  test("a variable that holds rules wins over an event that brings others", () => {
    expect(unpackKeyRules(packKeyRules(small).variable, { keyRules: large })).toEqual(small);
  });

  test("refuses more users than a schedule can carry", () => {
    expect(() => packKeyRules(keyRules([keyRule({ nightly: true, users: usersOf(10_000) })]))).toThrow(
      `at most ${MAX_EVENT_BYTES} bytes`,
    );
  });

  test.each([
    ["no variable", undefined, {}],
    ["no rules in the event", "event", {}],
    ["no event", "event", undefined],
    ["a text as event", "event", "keyRules"],
    ["wrong rules in the event", "event", { keyRules: { version: 1 } }],
  ])("refuses %s", (_what, variable, event) => {
    expect(() => unpackKeyRules(variable, event)).toThrow(KeyRulesError);
  });
});

describe("reading", () => {
  const valid = {
    version: 1,
    managedPaths: ["/a/"],
    exemptPaths: ["/b/"],
    rules: [keyRule({ maxAgeDays: 90 })],
  };
  const rule = (differences: Record<string, unknown>) => ({ rules: [{ ...valid.rules[0], ...differences }] });

  test("takes every limit at its least, and keeps it", () => {
    const least = {
      ...valid,
      ...rule({ maxAgeDays: 1, unusedDays: 1, supersededDays: 1, freshDays: 0 }),
      reactivationMaxHours: 1,
    };
    expect(parseKeyRules(JSON.stringify(least), "KEY_RULES")).toEqual(least);
  });

  test("takes what resolving made", () => {
    expect(parseKeyRules(JSON.stringify(valid), "KEY_RULES")).toEqual(valid);
  });

  test.each([
    ["a version of tomorrow", { version: 2 }, "KEY_RULES.version: expected 1, got 2"],
    ["no managed path", { managedPaths: [] }, "KEY_RULES.managedPaths: expected a list that is not empty"],
    ["the managed path /", { managedPaths: ["/"] }, 'never "/", got "/"'],
    ["a managed path without slash", { managedPaths: ["/a"] }, "KEY_RULES.managedPaths"],
    ["no exempt path", { exemptPaths: [] }, "KEY_RULES.exemptPaths"],
    ["no rules", { rules: [] }, "KEY_RULES.rules: expected at least one rule"],
    ["an unknown setting", { dryRun: true }, 'got "dryRun"'],
    ["an unknown condition", rule({ maxAge: 90 }), "KEY_RULES.rules[0]: expected only"],
    [
      "an age as text",
      rule({ maxAgeDays: "90" }),
      "KEY_RULES.rules[0].maxAgeDays: expected a whole number from 1",
    ],
    ["age 0", rule({ maxAgeDays: 0 }), "maxAgeDays"],
    ["half a day", rule({ maxAgeDays: 0.5 }), "maxAgeDays"],
    ["a grace below 0", rule({ freshDays: -1 }), "freshDays: expected a whole number from 0"],
    ["nightly: false", rule({ nightly: false }), "nightly: expected true or nothing, got false"],
    [
      "a rule without condition",
      rule({ maxAgeDays: undefined }),
      "expected nightly, maxAgeDays, unusedDays or supersededDays",
    ],
    ["a rule without users", rule({ paths: undefined }), "expected paths or users"],
    ["an empty list of users", rule({ users: [] }), "users: expected a list that is not empty"],
    ["a rule over /", rule({ paths: ["/"] }), "paths"],
    ["a rule without name", rule({ name: "" }), "name: expected a text that is not empty"],
    ["a rule without reason", rule({ reason: undefined }), "reason"],
    ["a list as rule", { rules: [[]] }, "expected an object"],
    ["no hours", { reactivationMaxHours: 0 }, "reactivationMaxHours: expected a whole number from 1"],
  ])("refuses %s and says which part is wrong", (_what, differences, message) => {
    const text = JSON.stringify({ ...valid, ...differences });
    expect(() => parseKeyRules(text, "KEY_RULES")).toThrow(KeyRulesError);
    expect(() => parseKeyRules(text, "KEY_RULES")).toThrow(message);
  });

  test.each([
    ["", "got nothing"],
    ["{", "got something else"],
  ])("tells of the text %j that it is no JSON", (text, message) => {
    expect(() => parseKeyRules(text, "KEY_RULES")).toThrow(message);
  });

  test.each(["", "{", "null", "[]", "7"])("refuses the text %j", (text) => {
    expect(() => parseKeyRules(text, "KEY_RULES")).toThrow(KeyRulesError);
  });
});
