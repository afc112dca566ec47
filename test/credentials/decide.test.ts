import fc from "fast-check";
import type { AccessKey } from "../../src/credentials/access-key";
import { decide, missingFacts } from "../../src/credentials/decide";
import type { ResolvedKeyRule } from "../../src/credentials/resolved-key-rules";
import { accessKey, keyOwner, keyRule, keyRules, NOW } from "../builders/access-key";

const day = (date: string, time = "12:00:00Z") => new Date(`${date}T${time}`);
const judge = (rules: readonly ResolvedKeyRule[], ...keys: readonly Partial<AccessKey>[]) =>
  decide(keyOwner(), keys.map(accessKey), keyRules(rules), NOW);
const actions = (rules: readonly ResolvedKeyRule[], ...keys: readonly Partial<AccessKey>[]) =>
  judge(rules, ...keys).map(({ action }) => action);

describe("age: judged on 2026-11-22, 15:00 UTC", () => {
  test.each([
    ["89 days", "2026-08-25T00:00:00Z", "keep"],
    ["89 days, to the last second", "2026-08-25T23:59:59Z", "keep"],
    ["90 days by date, less by the hour", "2026-08-24T23:59:59Z", "deactivate"],
    ["exactly 90 days", "2026-08-24T00:00:00Z", "deactivate"],
    ["91 days", "2026-08-23T15:00:00Z", "deactivate"],
    ["made in the future by a wrong clock", "2026-11-23T00:00:00Z", "keep"],
  ])("an active key aged %s: %s -> %s", (_age, createDate, action) => {
    expect(actions([keyRule({ maxAgeDays: 90 })], { createDate: new Date(createDate) })).toEqual([action]);
  });

  test("a decision names the rule, the age, the limit and the reason", () => {
    const [decision] = judge([keyRule({ maxAgeDays: 90 })], { createDate: day("2026-08-24") });
    expect(decision).toMatchObject({
      rule: "age",
      because: "rule age, 90 days old, at most 90 days: keys are short-lived",
    });
  });
});

describe("nightly", () => {
  const nightly = keyRule({ name: "night", nightly: true });

  test.each([
    [0, []],
    [1, ["deactivate"]],
    [2, ["deactivate", "deactivate"]],
    [3, ["deactivate", "deactivate", "deactivate"]],
  ])("ends all of %i active keys", (count, expected) => {
    const keys = Array.from({ length: count }, (_, index) => ({
      accessKeyId: `AKIAIOSFODNN7EXAMPL${index}`,
    }));
    expect(actions([nightly], ...keys)).toEqual(expected);
  });

  test("ends a key made a second ago", () => {
    expect(actions([nightly], { createDate: new Date(NOW.getTime() - 1000) })).toEqual(["deactivate"]);
  });

  test("leaves inactive and expired keys as they are", () => {
    expect(actions([nightly], { status: "Inactive" }, { status: "Expired" })).toEqual([
      "already-inactive",
      "already-inactive",
    ]);
  });
});

describe("unused", () => {
  const idle = keyRule({ name: "idle", unusedDays: 45 });
  const old = { createDate: day("2026-01-01") };

  test.each([
    ["44 days ago", day("2026-10-09"), "keep"],
    ["45 days ago", day("2026-10-08", "23:59:59Z"), "deactivate"],
    ["today", NOW, "keep"],
    ["never", "never" as const, "deactivate"],
  ])("an old key last used %s is judged by its last use", (_when, lastUsed, action) => {
    expect(actions([idle], { ...old, lastUsed })).toEqual([action]);
  });

  test("a key whose last use is not known stays undecided and says why", () => {
    expect(judge([idle], old)).toMatchObject([
      {
        action: "undecided",
        missing: "lastUsed",
        rule: "idle",
        because: expect.stringContaining("last used"),
      },
    ]);
  });

  test("a key that is ended anyway needs no last use", () => {
    expect(actions([idle, keyRule({ maxAgeDays: 90 })], old)).toEqual(["deactivate"]);
  });

  test.each([
    ["44 days", "2026-10-09", "keep"],
    ["45 days", "2026-10-08", "deactivate"],
  ])("a never-used key counts from its creation: %s -> %s", (_age, created, action) => {
    expect(actions([idle], { createDate: day(created), lastUsed: "never" })).toEqual([action]);
  });

  test.each([
    ["6 days, within the usual grace", {}, "2026-11-16", "keep"],
    ["7 days, at its end", {}, "2026-11-15", "deactivate"],
    ["13 days, within a grace of 14", { freshDays: 14 }, "2026-11-09", "keep"],
    ["14 days, at its end", { freshDays: 14 }, "2026-11-08", "deactivate"],
    ["3 days, without grace", { freshDays: 0 }, "2026-11-19", "deactivate"],
  ])("a never-used key under a limit of 3 days, aged %s", (_age, grace, created, action) => {
    const rule = keyRule({ unusedDays: 3, ...grace });
    expect(actions([rule], { createDate: day(created), lastUsed: "never" })).toEqual([action]);
  });

  test("a key that was used has no grace", () => {
    expect(
      actions([keyRule({ unusedDays: 3 })], { createDate: day("2026-11-17"), lastUsed: day("2026-11-18") }),
    ).toEqual(["deactivate"]);
  });
});

describe("superseded", () => {
  const rotated = keyRule({ name: "rotated", supersededDays: 2 });
  const older = { accessKeyId: "AKIAIOSFODNN7OLDER00", createDate: day("2026-06-01") };
  const newer = (created: string, differences: Partial<AccessKey> = {}) => ({
    accessKeyId: "AKIAIOSFODNN7NEWER00",
    createDate: day(created),
    ...differences,
  });

  test.each([
    ["a day ago", "2026-11-21", ["keep", "keep"]],
    ["two days ago", "2026-11-20", ["deactivate", "keep"]],
    ["a month ago", "2026-10-20", ["deactivate", "keep"]],
  ])("the older key, with a newer one made %s", (_when, created, expected) => {
    expect(actions([rotated], older, newer(created))).toEqual(expected);
  });

  test("the order in which IAM lists the keys does not matter", () => {
    expect(actions([rotated], newer("2026-11-20"), older)).toEqual(["keep", "deactivate"]);
  });

  test("a newer key that is not active replaces nothing", () => {
    expect(actions([rotated], older, newer("2026-11-20", { status: "Inactive" }))).toEqual([
      "keep",
      "already-inactive",
    ]);
  });

  test("a newer key that another rule ends tonight replaces nothing", () => {
    const keys = [{ ...older, lastUsed: NOW }, newer("2026-09-01", { lastUsed: "never" })] as const;
    expect(actions([rotated, keyRule({ name: "idle", unusedDays: 45 })], ...keys)).toEqual([
      "keep",
      "deactivate",
    ]);
  });

  test("of two keys made at the same moment neither replaces the other", () => {
    expect(actions([rotated], older, { ...older, accessKeyId: "AKIAIOSFODNN7OTHER00" })).toEqual([
      "keep",
      "keep",
    ]);
  });

  test("of three keys only the newest stays", () => {
    const middle = { accessKeyId: "AKIAIOSFODNN7MIDDLE0", createDate: day("2026-08-01") };
    expect(actions([rotated], older, newer("2026-11-01"), middle)).toEqual([
      "deactivate",
      "keep",
      "deactivate",
    ]);
  });

  test("the newer key that is oldest counts, not the one made today", () => {
    const middle = { accessKeyId: "AKIAIOSFODNN7MIDDLE0", createDate: day("2026-11-20") };
    expect(actions([rotated], older, middle, newer("2026-11-22"))).toEqual(["deactivate", "keep", "keep"]);
  });

  test("a single key is never superseded, however old", () => {
    expect(actions([rotated], older)).toEqual(["keep"]);
  });
});

describe("who is reached", () => {
  const nightly = keyRule({ nightly: true });

  test.each([
    ["a device user", keyOwner(), "deactivate"],
    ["a user below the device path", keyOwner({ path: "/baseline/device/lab/" }), "deactivate"],
    ["a repository user, whom the rule does not name", keyOwner({ path: "/baseline/ci/" }), "keep"],
    ["a break-glass user", keyOwner({ path: "/baseline/break-glass/" }), "keep"],
    ["a user outside the baseline", keyOwner({ path: "/" }), "keep"],
    ["a user of a path that differs in case", keyOwner({ path: "/baseline/Device/" }), "keep"],
    ["a user of a path that only begins alike", keyOwner({ path: "/baseline/devices/" }), "keep"],
  ])("%s", (_who, user, action) => {
    expect(decide(user, [accessKey()], keyRules([nightly]), NOW)[0]?.action).toBe(action);
  });

  test("a rule by user name reaches that user alone", () => {
    const { paths: _paths, ...named } = keyRule({ nightly: true, users: ["work"] });
    const decided = ["work", "home", "work2", "Work"].map(
      (userName) => decide(keyOwner({ userName }), [accessKey()], keyRules([named]), NOW)[0]?.action,
    );
    expect(decided).toEqual(["deactivate", "keep", "keep", "keep"]);
  });

  test("a user of that name outside the managed paths is not reached", () => {
    const { paths: _paths, ...named } = keyRule({ nightly: true, users: ["work"] });
    expect(decide(keyOwner({ path: "/" }), [accessKey()], keyRules([named]), NOW)[0]?.action).toBe("keep");
  });

  test("an exempt path wins over a rule that names the user", () => {
    const rules = keyRules([keyRule({ nightly: true, users: ["work"] })], {
      exemptPaths: ["/baseline/device/lab/", "/baseline/break-glass/"],
    });
    expect(decide(keyOwner({ path: "/baseline/device/lab/" }), [accessKey()], rules, NOW)[0]?.action).toBe(
      "keep",
    );
  });

  test("where several rules reach a key, the strictest ends it", () => {
    const rules = [keyRule({ name: "lax", maxAgeDays: 365 }), keyRule({ name: "strict", maxAgeDays: 30 })];
    expect(judge(rules, { createDate: day("2026-10-01") })).toMatchObject([
      { action: "deactivate", rule: "strict" },
    ]);
  });
});

describe("how long a key has been inactive", () => {
  test.each([
    ["counts from its creation where no use is known", {}, 30],
    ["counts from its last use where that is known", { lastUsed: day("2026-11-12") }, 10],
    ["counts from its creation where it was never used", { lastUsed: "never" as const }, 30],
    ["does not trust a last use before its creation", { lastUsed: day("2026-10-01") }, 30],
    ["is 0 for a clock that is ahead", { createDate: day("2026-11-30") }, 0],
  ])("%s", (_what, differences, inactiveDaysAtMost) => {
    expect(judge([], { status: "Inactive", ...differences })).toMatchObject([{ inactiveDaysAtMost }]);
  });
});

describe("what must be asked for", () => {
  const idle = keyRule({ unusedDays: 45 });
  const missing = (
    rules: readonly ResolvedKeyRule[],
    keys: readonly Partial<AccessKey>[],
    reactivationMaxHours?: number,
  ) =>
    missingFacts(
      keyOwner(),
      keys.map(accessKey),
      keyRules(rules, reactivationMaxHours === undefined ? {} : { reactivationMaxHours }),
      NOW,
    );

  test("the last use of keys that could be unused for too long, and of no others", () => {
    const keys = [
      { accessKeyId: "AKIAIOSFODNN7OLD0000", createDate: day("2026-01-01") },
      { accessKeyId: "AKIAIOSFODNN7YOUNG00", createDate: day("2026-11-01") },
      { accessKeyId: "AKIAIOSFODNN7DEAD000", createDate: day("2026-01-01"), status: "Inactive" as const },
    ];
    expect(missing([idle], keys).lastUsed.map(({ accessKeyId }) => accessKeyId)).toEqual([
      "AKIAIOSFODNN7OLD0000",
    ]);
  });

  test.each([
    ["no rule about disuse", [keyRule({ maxAgeDays: 3650 })]],
    ["a rule that ends the key anyway", [idle, keyRule({ nightly: true })]],
  ])("no last use with %s", (_what, rules) => {
    expect(missing(rules, [{ createDate: day("2026-01-01") }]).lastUsed).toEqual([]);
  });

  test.each([
    ["where a key is about to end and exceptions are honoured", [keyRule({ nightly: true })], 24, true],
    ["not where exceptions are not honoured", [keyRule({ nightly: true })], undefined, false],
    ["not where no key ends", [keyRule({ maxAgeDays: 3650 })], 24, false],
  ])("tags %s", (_when, rules, maxHours, tags) => {
    expect(missing(rules, [{}], maxHours).tags).toBe(tags);
  });

  test("tags where only one of two keys is about to end", () => {
    const keys = [{ createDate: day("2026-01-01") }, { accessKeyId: "AKIAIOSFODNN7YOUNG00" }];
    expect(missing([keyRule({ maxAgeDays: 90 })], keys, 24).tags).toBe(true);
  });

  test("nothing twice: with tags given, nothing is missing", () => {
    const rules = keyRules([keyRule({ nightly: true })], { reactivationMaxHours: 24 });
    expect(missingFacts(keyOwner({ tags: {} }), [accessKey()], rules, NOW)).toEqual({
      lastUsed: [],
      tags: false,
    });
  });
});

describe("whatever the users, keys and rules", () => {
  const moment = fc.date({ min: new Date("2026-01-01"), max: new Date("2026-11-30"), noInvalidDate: true });
  const keyArbitrary = fc.record({
    accessKeyId: fc.stringMatching(/^AKIA[A-Z0-9]{16}$/),
    status: fc.constantFrom<AccessKey["status"]>("Active", "Inactive", "Expired"),
    createDate: moment,
    lastUsed: fc.oneof(fc.constant<"never">("never"), moment),
  });
  const paths = [
    "/",
    "/baseline/device/",
    "/baseline/ci/",
    "/baseline/break-glass/",
    "/baseline/device/lab/",
  ];
  const owner = fc.record({
    userName: fc.constantFrom("work", "home", "octo"),
    path: fc.constantFrom(...paths),
  });
  const reach = fc.oneof(
    fc.record({ paths: fc.subarray(["/baseline/device/", "/baseline/ci/"], { minLength: 1 }) }),
    fc.record({ users: fc.subarray(["work", "home", "octo"], { minLength: 1 }) }),
  );
  const limits = fc.record(
    {
      nightly: fc.constant(true as const),
      maxAgeDays: fc.integer({ min: 1, max: 400 }),
      unusedDays: fc.integer({ min: 1, max: 400 }),
      freshDays: fc.integer({ min: 0, max: 30 }),
      supersededDays: fc.integer({ min: 1, max: 60 }),
    },
    { requiredKeys: [] },
  );
  const rulesArbitrary = fc.array(fc.tuple(reach, limits), { maxLength: 4 }).map((list) =>
    keyRules(
      list.map(([who, when], index) => ({ name: `rule-${index}`, reason: "a reason", ...who, ...when })),
      { exemptPaths: ["/baseline/break-glass/", "/baseline/device/lab/"] },
    ),
  );
  const population = fc.tuple(
    owner,
    fc.uniqueArray(keyArbitrary, { maxLength: 4, selector: (key) => key.accessKeyId }),
  );

  test("each key gets one decision, and only active keys under a rule of their user are ended", () => {
    fc.assert(
      fc.property(population, rulesArbitrary, ([user, keys], rules) => {
        const decisions = decide(user, keys, rules, NOW);
        expect(decisions.map(({ key }) => key)).toEqual(keys);
        for (const decision of decisions) {
          if (decision.action !== "deactivate") continue;
          expect(decision.key.status).toBe("Active");
          expect(["/baseline/device/", "/baseline/ci/"]).toContain(user.path);
          const rule = rules.rules.find(({ name }) => name === decision.rule);
          expect(rule?.users?.includes(user.userName) || rule?.paths?.includes(user.path)).toBe(true);
        }
      }),
    );
  });

  test("every active key under a nightly rule is ended", () => {
    fc.assert(
      fc.property(population, ([user, keys]) => {
        const rules = keyRules([keyRule({ nightly: true, users: [user.userName] })]);
        const reached = ["/baseline/device/", "/baseline/ci/"].some((path) => user.path.startsWith(path));
        for (const { action, key } of decide(user, keys, rules, NOW)) {
          expect(action === "deactivate").toBe(reached && key.status === "Active");
        }
      }),
    );
  });

  test("a further rule never keeps a key that the others end by age, disuse or night", () => {
    fc.assert(
      fc.property(population, rulesArbitrary, limits, ([user, keys], rules, more) => {
        const without = rules.rules.map(({ supersededDays: _dropped, ...rule }) => rule);
        const ended = decide(user, keys, { ...rules, rules: without }, NOW).map(
          ({ action }) => action === "deactivate",
        );
        const further = { ...keyRule({ name: "rule-9" }), ...more };
        decide(user, keys, { ...rules, rules: [...without, further] }, NOW).forEach(({ action }, index) => {
          if (ended[index] === true) expect(action).toBe("deactivate");
        });
      }),
    );
  });

  test("no decision says a key id", () => {
    fc.assert(
      fc.property(population, rulesArbitrary, ([user, keys], rules) => {
        for (const { because } of decide(user, keys, rules, NOW)) {
          expect(because).not.toMatch(/AKIA/);
          expect(because).not.toBe("");
        }
      }),
    );
  });

  test("with everything known nothing is undecided or missing", () => {
    fc.assert(
      fc.property(population, rulesArbitrary, ([user, keys], rules) => {
        expect(missingFacts(user, keys, rules, NOW)).toEqual({ lastUsed: [], tags: false });
        expect(decide(user, keys, rules, NOW).map(({ action }) => action)).not.toContain("undecided");
      }),
    );
  });
});
