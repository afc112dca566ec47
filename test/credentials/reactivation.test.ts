import { decide } from "../../src/credentials/decide";
import { honoursReactivation, REACTIVATION_TAGS, reactivationTags } from "../../src/credentials/reactivation";
import { accessKey, keyOwner, keyRule, keyRules, NOW } from "../builders/access-key";

const key = accessKey();
const tags = (differences: Readonly<Record<string, string>> = {}) => ({
  [REACTIVATION_TAGS.key]: "MPLE",
  [REACTIVATION_TAGS.until]: "2026-11-23T10:00:00Z",
  [REACTIVATION_TAGS.reason]: "demo for the customer",
  ...differences,
});
const ask = (
  given: Readonly<Record<string, string>> | undefined,
  keys = [key],
  maxHours: number | undefined = 24,
) => honoursReactivation(given, key, keys, maxHours, NOW);

test("honours a request with key, end and reason", () => {
  expect(ask(tags())).toEqual({
    kind: "honoured",
    until: new Date("2026-11-23T10:00:00Z"),
    reason: "demo for the customer",
  });
});

test.each([
  ["no tags were asked for", undefined],
  ["the user has other tags only", { owner: "alice" }],
  ["the request is for another key", tags({ [REACTIVATION_TAGS.key]: "ZZZZ" })],
])("there is no request when %s", (_when, given) => {
  expect(ask(given)).toEqual({ kind: "none" });
});

test.each([
  [
    "a second more than 24 h ahead",
    { [REACTIVATION_TAGS.until]: "2026-11-23T15:00:01Z" },
    "more than the allowed 24 h",
  ],
  ["an end in years", { [REACTIVATION_TAGS.until]: "2036-01-01T00:00:00Z" }, "more than the allowed 24 h"],
  ["an end that is now", { [REACTIVATION_TAGS.until]: "2026-11-22T15:00:00Z" }, "ended at"],
  ["an end that is over", { [REACTIVATION_TAGS.until]: "2026-11-22T14:59:59Z" }, "ended at"],
  ["a date without time", { [REACTIVATION_TAGS.until]: "2026-11-23" }, "not a moment"],
  ["a local time without zone", { [REACTIVATION_TAGS.until]: "2026-11-23T10:00:00" }, "not a moment"],
  ["a moment that is none", { [REACTIVATION_TAGS.until]: "2026-13-23T10:00:00Z" }, "not a moment"],
  ["the word forever", { [REACTIVATION_TAGS.until]: "forever" }, "not a moment"],
  ["a blank reason", { [REACTIVATION_TAGS.reason]: "  " }, "gives no reason"],
  ["an empty key, which every id ends with", { [REACTIVATION_TAGS.key]: "" }, "not four characters"],
  ["a single character of the id", { [REACTIVATION_TAGS.key]: "E" }, "not four characters"],
  ["the whole id", { [REACTIVATION_TAGS.key]: "AKIAIOSFODNN7EXAMPLE" }, "not four characters"],
])("refuses %s", (_what, differences, because) => {
  expect(ask(tags(differences))).toEqual({ kind: "refused", because: expect.stringContaining(because) });
});

test("honours an end exactly 24 h ahead", () => {
  expect(ask(tags({ [REACTIVATION_TAGS.until]: "2026-11-23T15:00:00Z" })).kind).toBe("honoured");
});

test.each(["key", "until", "reason"] as const)(
  "refuses or ignores a request without the tag for the %s",
  (missing) => {
    const { [REACTIVATION_TAGS[missing]]: _dropped, ...rest } = tags();
    expect(ask(rest).kind).not.toBe("honoured");
  },
);

test("refuses a request that names two keys", () => {
  expect(ask(tags(), [key, accessKey({ accessKeyId: "AKIAOTHERKEY00EXMPLE" })])).toMatchObject({
    kind: "refused",
  });
});

test("refuses every request where the environment honours none", () => {
  expect(honoursReactivation(tags(), key, [key], undefined, NOW)).toMatchObject({ kind: "refused" });
});

describe("in a run", () => {
  const rules = keyRules([keyRule({ nightly: true })], { reactivationMaxHours: 24 });
  const other = accessKey({ accessKeyId: "AKIAOTHERKEY00000000" });

  test("keeps the one key and ends the other", () => {
    expect(decide(keyOwner({ tags: tags() }), [key, other], rules, NOW)).toMatchObject([
      {
        action: "keep-for-now",
        until: new Date("2026-11-23T10:00:00Z"),
        because: expect.stringContaining("customer"),
      },
      { action: "deactivate" },
    ]);
  });

  test("ends the key on the next night, when the request is over", () => {
    const next = new Date("2026-11-23T15:00:00Z");
    expect(decide(keyOwner({ tags: tags() }), [key], rules, next)).toMatchObject([
      { action: "deactivate", because: expect.stringContaining("refused: it ended at") },
    ]);
  });

  test("ends the key where tags could not be read", () => {
    expect(decide(keyOwner(), [key], rules, NOW)).toMatchObject([{ action: "deactivate" }]);
  });

  test("leaves an inactive key inactive: a tag reactivates nothing", () => {
    expect(decide(keyOwner({ tags: tags() }), [accessKey({ status: "Inactive" })], rules, NOW)).toMatchObject(
      [{ action: "already-inactive" }],
    );
  });
});

describe("the tags of a request", () => {
  test("are honoured by the next run", () => {
    const asked = reactivationTags(key, "demo for the customer", 24, 24, new Date(NOW.getTime() - 3_600_000));
    expect(ask(asked)).toMatchObject({ kind: "honoured" });
  });

  test.each([
    ["no reason", "", 1],
    ["a blank reason", "   ", 1],
    ["a reason that no tag can hold", "<script>", 1],
    ["a reason of 257 characters", "x".repeat(257), 1],
    ["no hours", "demo", 0],
    ["too many hours", "demo", 25],
    ["hours that are no number", "demo", Number.NaN],
  ])("refuse %s", (_what, reason, hours) => {
    expect(() => reactivationTags(key, reason, hours, 24, NOW)).toThrow(RangeError);
  });
});
