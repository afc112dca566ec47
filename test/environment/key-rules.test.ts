import { keyRulesViolations } from "../../src/environment/key-rule-violations";
import { type KeyRules, keyRulesSchema } from "../../src/environment/key-rules";
import { dailyAt } from "../../src/environment/schedule";
import { formatViolation } from "../../src/findings/violation";

const now = new Date("2026-11-23T12:00:00Z");
const age = { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "short-lived keys" } as const;

function input(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return { schedule: dailyAt("00:00", "Asia/Tokyo"), rules: { age }, ...differences };
}

function words(differences: Record<string, unknown>): string[] {
  const rules: KeyRules = keyRulesSchema.parse(input(differences));
  return keyRulesViolations(
    rules,
    "environments/prod.ts: keyRules",
    ["/baseline/device/", "/baseline/ci/"],
    now,
  ).map(formatViolation);
}

test("key rules that say nothing else run dry, exempt nobody further and keep logs for a year", () => {
  expect(keyRulesSchema.parse(input())).toEqual({
    schedule: { cron: "cron(0 0 * * ? *)", timeZone: "Asia/Tokyo" },
    rules: { age },
    dryRun: true,
    exemptPaths: [],
    notifications: { emails: [] },
    logRetentionDays: 365,
    lastKeyStays: false,
    endSessions: false,
    warnDays: 14,
  });
});

test("takes data written with as const", () => {
  const written = {
    schedule: { cron: "cron(0 0 * * ? *)", timeZone: "UTC" },
    rules: { night: { appliesTo: { user: "work" }, nightly: true, reason: "every night" } },
    exemptPaths: ["/baseline/device/lab/"],
    notifications: { emails: ["alice@example.com"] },
  } as const;
  expect(keyRulesSchema.parse(written).rules["night"]).toEqual(written.rules.night);
});

test.each([
  ["an unknown key", input({ dry: true })],
  ["an unknown key of a rule", input({ rules: { age: { ...age, maxAge: 90 } } })],
  ["a rule without reason", input({ rules: { age: { appliesTo: { path: "device" }, maxAgeDays: 90 } } })],
  ["a blank reason", input({ rules: { age: { ...age, reason: "  " } } })],
  ["a rule that applies to nobody", input({ rules: { age: { maxAgeDays: 90, reason: "r" } } })],
  ["two targets", input({ rules: { age: { ...age, appliesTo: { path: "device", group: "x" } } } })],
  [
    "a path kind that cannot be deactivated",
    input({ rules: { age: { ...age, appliesTo: { path: "break-glass" } } } }),
  ],
  ["age 0", input({ rules: { age: { ...age, maxAgeDays: 0 } } })],
  ["a fraction of a day", input({ rules: { age: { ...age, maxAgeDays: 1.5 } } })],
  ["nightly: false", input({ rules: { age: { ...age, nightly: false } } })],
  ["an exemption by user", input({ exemptUsers: ["work"] })],
  ["no e-mail address", input({ notifications: { emails: ["alice"] } })],
  ["a retention that CloudWatch Logs lacks", input({ logRetentionDays: 100 })],
  ["a rule name with blanks", input({ rules: { "my rule": age } })],
  ["a reactivation of 73 hours", input({ reactivation: { maxHours: 73 } })],
  ["dry run as a word", input({ dryRun: "yes" })],
  ["no schedule", { rules: { age } }],
])("refuses %s", (_what, value) => {
  expect(keyRulesSchema.safeParse(value).success).toBe(false);
});

test("accepts rules of every kind", () => {
  expect(
    words({
      rules: {
        age,
        idle: {
          appliesTo: { group: "developers" },
          unusedDays: 45,
          freshDays: 14,
          reason: "unused keys leak unseen",
        },
        jobs: { appliesTo: { repository: "octo/website" }, nightly: true, reason: "jobs run by day" },
        rotated: { appliesTo: { path: "ci" }, supersededDays: 2, reason: "rotations end" },
      },
      exemptPaths: ["/baseline/device/lab/"],
      reactivation: { maxHours: 24 },
    }),
  ).toEqual([]);
});

test.each([
  [512, 0],
  [513, 1],
])("an exempt path of %i characters gives %i violations", (length, count) => {
  const path = `/baseline/device/${"x".repeat(length - 18)}/`;
  expect(words({ exemptPaths: [path] })).toHaveLength(count);
});

test.each([
  ["no rules", { rules: {} }, "keyRules.rules: key rules hold at least one rule, got none"],
  [
    "a rule that does nothing",
    { rules: { idle: { appliesTo: { path: "device" }, reason: "r" } } },
    "keyRules.rules.idle: a rule has at least one of nightly, maxAgeDays, unusedDays and supersededDays, got none, so it would do nothing",
  ],
  [
    "freshDays alone",
    { rules: { age: { ...age, freshDays: 3 } } },
    "keyRules.rules.age.freshDays: freshDays softens unusedDays, got freshDays 3 without unusedDays",
  ],
  [
    "conditions that nightly swallows",
    { rules: { age: { ...age, nightly: true } } },
    "keyRules.rules.age: nightly deactivates every key and stands alone",
  ],
  ["a wrong schedule", { schedule: dailyAt("24:00", "Asia/Tokyo") }, "keyRules.schedule.cron: hours is 0-23"],
  [
    "an exempt path that is none",
    { exemptPaths: ["lab"] },
    "keyRules.exemptPaths: an IAM path begins and ends with /",
  ],
  ["the exempt path /", { exemptPaths: ["/"] }, "keyRules.exemptPaths: an IAM path begins and ends with /"],
  ["exempting all devices", { exemptPaths: ["/baseline/device/"] }, "a managed path as a whole"],
  ["exempting what nothing manages", { exemptPaths: ["/other/"] }, "which no rule reaches anyway"],
])("refuses %s, with place and remedy", (_what, differences, message) => {
  expect(words(differences)).toEqual([expect.stringContaining(`environments/prod.ts: keyRules`)]);
  expect(words(differences)[0]).toContain(message);
});

test("tells all violations together", () => {
  expect(
    words({
      schedule: dailyAt("24:00", "Mars/Olympus"),
      rules: { a: { appliesTo: { path: "ci" }, reason: "r" } },
    }),
  ).toHaveLength(3);
});
