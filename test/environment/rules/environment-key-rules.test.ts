import type { EnvironmentInput } from "../../../src/environment/environment";
import { dailyAt } from "../../../src/environment/schedule";
import { environment, locationsOf, violationsOf } from "../../builders/environment";

type KeyRules = NonNullable<EnvironmentInput["keyRules"]>;

const rule = { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "CIS 2.12" } as const;
const withRules = (difference: Partial<KeyRules>) =>
  environment({
    recovery: "break-glass-user",
    breakGlass: { emergency: { owner: "anna" } },
    keyRules: { schedule: dailyAt("00:00", "Asia/Tokyo"), rules: { old: rule }, ...difference },
  });
const AT = "environments/prod.ts: keyRules";

describe("the key rules of an environment", () => {
  test("may run nightly in a zone of their own", () => {
    expect(violationsOf(withRules({}))).toEqual([]);
  });

  test.each([
    ["five fields", { cron: "cron(0 0 * * *)", timeZone: "Asia/Tokyo" }, `${AT}.schedule.cron`],
    ["no time", dailyAt("24:61", "Asia/Tokyo"), `${AT}.schedule.cron`],
    ["an unknown zone", dailyAt("00:00", "Mars/Olympus"), `${AT}.schedule.timeZone`],
    ["a time that a change of clocks skips", dailyAt("02:30", "Europe/Berlin"), `${AT}.schedule.cron`],
  ])("refuses a schedule with %s", (_what, schedule, location) => {
    expect(violationsOf(withRules({ schedule }))).toEqual([
      {
        location,
        expected: expect.stringMatching(/./),
        got: expect.stringMatching(/./),
        remedy: expect.stringMatching(/./),
      },
    ]);
  });

  test("takes a time beside the change of clocks", () => {
    expect(violationsOf(withRules({ schedule: dailyAt("03:30", "Europe/Berlin") }))).toEqual([]);
  });

  test.each([
    ["group", { group: "developer" }, 'did you mean "developers"?'],
    ["repository", { repository: "octo/web-site" }, 'did you mean "octo/website"?'],
    ["user", { user: "laptob" }, 'did you mean "laptop"?'],
    ["user", { user: "emergency" }, 'use one of "laptop", "octo.website"'],
  ])("refuses a %s that nobody declares: %j", (key, appliesTo, remedy) => {
    expect(violationsOf(withRules({ rules: { old: { ...rule, appliesTo } } }))).toEqual([
      expect.objectContaining({ location: `${AT}.rules.old.appliesTo.${key}`, remedy }),
    ]);
  });

  test.each([
    { group: "developers" },
    { group: "deployers" },
    { repository: "octo/website" },
    { user: "laptop" },
    { user: "octo.website" },
    { path: "ci" },
  ] as const)("may reach %j", (appliesTo) => {
    expect(violationsOf(withRules({ rules: { old: { ...rule, appliesTo } } }))).toEqual([]);
  });

  test("refuses the group of the break-glass users, whose keys no rule reaches", () => {
    const appliesTo = { group: "baseline-break-glass" };
    expect(locationsOf(withRules({ rules: { old: { ...rule, appliesTo } } }))).toEqual([
      `${AT}.rules.old.appliesTo.group`,
    ]);
  });
});
