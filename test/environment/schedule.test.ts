import { type Cron, parseCron, runsEveryDay, runsPerYear } from "../../src/environment/cron";
import { previousRun } from "../../src/environment/previous-run";
import { dailyAt } from "../../src/environment/schedule";
import { scheduleViolations } from "../../src/environment/schedule-violations";
import { isTimeZone } from "../../src/environment/time-zone";
import { formatViolation } from "../../src/findings/violation";

const now = new Date("2026-11-23T12:00:00Z");
const violations = (cron: string, timeZone = "Asia/Tokyo") =>
  scheduleViolations({ cron, timeZone }, "environments/prod.ts: keyRules.schedule", now);
const words = (cron: string, timeZone?: string) => violations(cron, timeZone).map(formatViolation);

test("dailyAt writes the cron expression of every day", () => {
  expect(dailyAt("00:00", "Asia/Tokyo")).toEqual({ cron: "cron(0 0 * * ? *)", timeZone: "Asia/Tokyo" });
  expect(dailyAt("23:05", "UTC").cron).toBe("cron(5 23 * * ? *)");
});

test.each(["midnight", "25:00", "12:60", "1200", "", "-1:00"])(
  "refuses dailyAt(%j) with the other violations",
  (time) => {
    expect(scheduleViolations(dailyAt(time, "UTC"), "x", now)).toHaveLength(1);
  },
);

test.each([
  "cron(0 0 * * ? *)",
  "cron(0 0 ? * * *)",
  "cron(30 2 ? * MON-FRI *)",
  "cron(0/15 8-18/2 1,15 JAN,JUL ? 2026-2028)",
  "cron(0 0 L * ? *)",
  "cron(0 0 LW * ? *)",
  "cron(0 0 15W * ? *)",
  "cron(0 0 ? * 6L *)",
  "cron(0 0 ? * L *)",
  "cron(0 0 ? * TUE#2 *)",
  "cron(0 0 ? * 3#1 *)",
  "cron(*/10 * * * ? *)",
  "cron(59 23 31 12 ? 2027)",
])("accepts %s", (cron) => {
  expect(words(cron)).toEqual([]);
});

test.each([
  ["5 fields", "cron(0 0 * * *)", "has 6 fields, got 5"],
  ["7 fields", "cron(0 0 * * ? * *)", "has 6 fields, got 7"],
  ["no field", "cron()", "has 6 fields, got 0"],
  ["no cron()", "0 0 * * ? *", 'got "0 0 * * ? *"'],
  ["a rate", "rate(1 day)", 'got "rate(1 day)"'],
  ["no question mark", "cron(0 0 * * * *)", "exactly one of day-of-month and day-of-week"],
  ["two question marks", "cron(0 0 ? * ? *)", "exactly one of day-of-month and day-of-week"],
  [
    "minute 60",
    "cron(60 0 * * ? *)",
    'minutes is 0-59 with the wildcards , - * /, ranges running upwards, got "60"',
  ],
  [
    "hour 24",
    "cron(0 24 * * ? *)",
    'hours is 0-23 with the wildcards , - * /, ranges running upwards, got "24"',
  ],
  ["day 0", "cron(0 0 0 * ? *)", "day-of-month is 1-31"],
  ["day 32", "cron(0 0 32 * ? *)", "day-of-month is 1-31"],
  ["month 13", "cron(0 0 * 13 ? *)", "month is 1-12 or JAN-DEC"],
  ["a month in small letters", "cron(0 0 * jan ? *)", 'got "jan"'],
  ["weekday 0", "cron(0 0 ? * 0 *)", "day-of-week is 1-7 or SUN-SAT"],
  ["weekday 8", "cron(0 0 ? * 8 *)", "day-of-week is 1-7 or SUN-SAT"],
  ["a sixth Monday", "cron(0 0 ? * MON#6 *)", 'got "MON#6"'],
  ["a step on weekdays", "cron(0 0 ? * 2/2 *)", 'got "2/2"'],
  ["year 1969", "cron(0 0 * * ? 1969)", "year is 1970-2199"],
  ["year 2200", "cron(0 0 * * ? 2200)", "year is 1970-2199"],
  ["a falling range", "cron(0 0 ? * FRI-MON *)", 'got "FRI-MON"'],
  ["step 0", "cron(0/0 0 * * ? *)", 'got "0/0"'],
  ["an empty list item", "cron(0,,5 0 * * ? *)", 'got "" in "0,,5"'],
  ["L as an hour", "cron(0 L * * ? *)", 'got "L"'],
  ["W on weekdays", "cron(0 0 ? * 3W *)", 'got "3W"'],
  ["a name of the wrong field", "cron(0 0 * MON ? *)", 'got "MON"'],
  ["a question mark as an hour", "cron(0 ? * * ? *)", 'got "?"'],
  ["30 February", "cron(0 0 30 2 ? *)", "runs within 2 years"],
  ["a year that is over", "cron(0 0 * * ? 2025)", "runs within 2 years"],
])("refuses %s: %s", (_what, cron, message) => {
  expect(words(cron)).toEqual([expect.stringContaining(message)]);
});

test("tells a five-field expression what it lacks, with place and remedy", () => {
  expect(words("cron(0 0 * * *)")).toEqual([
    'environments/prod.ts: keyRules.schedule.cron: cron(minutes hours day-of-month month day-of-week year) has 6 fields, got 5 in "cron(0 0 * * *)"; add the year as the last field ("*"), and "?" as day-of-month or day-of-week [cron-invalid]',
  ]);
});

describe("time zones", () => {
  test.each(["Asia/Tokyo", "UTC", "Europe/Berlin", "Asia/Kolkata", "America/Argentina/Ushuaia", "Etc/GMT+9"])(
    "accepts %s",
    (timeZone) => {
      expect(isTimeZone(timeZone)).toBe(true);
    },
  );

  test.each([
    ["Mars/Olympus", "use a name such as"],
    ["Asia/Tokio", 'did you mean "Asia/Tokyo"?'],
    ["Tokyo", 'did you mean "Asia/Tokyo"?'],
    ["asia/tokyo", 'did you mean "Asia/Tokyo"?'],
    ["Asia/TOKYO", 'did you mean "Asia/Tokyo"?'],
    ["EUROPE/BERLIN", 'did you mean "Europe/Berlin"?'],
    ["Asia/KOLKATA", 'did you mean "Asia/Kolkata"?'],
    ["etc/gmt+9", 'did you mean "Etc/GMT+9"?'],
    ["+09:00", "use a name such as"],
    ["JST", ""],
    ["", ""],
  ])("refuses %j", (timeZone, remedy) => {
    expect(words("cron(0 0 * * ? *)", timeZone)).toEqual([expect.stringContaining(remedy)]);
  });

  test("a wrong expression and a wrong zone are told together", () => {
    expect(violations("cron(0 0 * * *)", "Mars/Olympus")).toHaveLength(2);
  });
});

describe("wall times that a change of clocks skips", () => {
  test.each([
    [
      "in Berlin on 2027-03-28",
      "cron(30 2 * * ? *)",
      "Europe/Berlin",
      "02:30, which the change of clocks on 2027-03-28",
    ],
    [
      "in New York on 2027-03-14",
      "cron(0 2 * * ? *)",
      "America/New_York",
      "02:00, which the change of clocks on 2027-03-14",
    ],
    [
      "at midnight in Cairo",
      "cron(0 0 * * ? *)",
      "Africa/Cairo",
      "00:00, which the change of clocks on 2027-04-30",
    ],
    ["on Sundays only", "cron(30 2 ? * SUN *)", "Europe/Berlin", "2027-03-28"],
    ["on last Sundays", "cron(30 2 ? * SUNL *)", "Europe/Berlin", "2027-03-28"],
    ["on fourth Sundays", "cron(30 2 ? * SUN#4 *)", "Europe/Berlin", "2027-03-28"],
    ["on the 28th", "cron(30 2 28 * ? *)", "Europe/Berlin", "2027-03-28"],
    ["twice a day", "cron(30 2,14 * * ? *)", "Europe/Berlin", "02:30"],
    ["half an hour in Lord Howe", "cron(15 2 * * ? *)", "Australia/Lord_Howe", "02:15"],
  ])("refuses one %s", (_when, cron, timeZone, message) => {
    expect(words(cron, timeZone)).toEqual([expect.stringContaining(message)]);
  });

  test("proposes the first time after the gap", () => {
    expect(words("cron(30 2 * * ? *)", "Europe/Berlin")).toEqual([expect.stringContaining("e.g. 03:00")]);
  });

  test.each([
    ["the hour after the gap", "cron(0 3 * * ? *)", "Europe/Berlin"],
    ["the minute before the gap", "cron(59 1 * * ? *)", "Europe/Berlin"],
    ["midnight where clocks change at two", "cron(0 0 * * ? *)", "Europe/Berlin"],
    ["a zone that keeps its clocks", "cron(30 2 * * ? *)", "Asia/Tokyo"],
    ["UTC", "cron(30 2 * * ? *)", "UTC"],
    ["Mondays, as clocks change on Sundays", "cron(30 2 ? * MON *)", "Europe/Berlin"],
    ["the day before the change", "cron(30 2 27 3 ? *)", "Europe/Berlin"],
    ["every hour, where the next run is near", "cron(30 * * * ? *)", "Europe/Berlin"],
    ["the time that clocks show twice in autumn", "cron(30 1 * * ? *)", "America/New_York"],
  ])("accepts %s", (_what, cron, timeZone) => {
    expect(words(cron, timeZone)).toEqual([]);
  });
});

describe("the previous run", () => {
  const at = (moment: string, cron: string, timeZone: string) =>
    previousRun({ cron, timeZone }, new Date(moment))?.toISOString();

  test.each([
    [
      "midnight in Tokyo is 15:00 UTC",
      "2026-11-23T12:00:00Z",
      "cron(0 0 * * ? *)",
      "Asia/Tokyo",
      "2026-11-22T15:00:00.000Z",
    ],
    [
      "the very moment counts",
      "2026-11-22T15:00:00Z",
      "cron(0 0 * * ? *)",
      "Asia/Tokyo",
      "2026-11-22T15:00:00.000Z",
    ],
    [
      "a second earlier is the night before",
      "2026-11-22T14:59:59Z",
      "cron(0 0 * * ? *)",
      "Asia/Tokyo",
      "2026-11-21T15:00:00.000Z",
    ],
    [
      "on Monday a Friday schedule ran on Friday",
      "2026-11-23T12:00:00Z",
      "cron(0 6 ? * FRI *)",
      "UTC",
      "2026-11-20T06:00:00.000Z",
    ],
    [
      "a skipped time did not run",
      "2027-03-28T12:00:00Z",
      "cron(30 2 * * ? *)",
      "Europe/Berlin",
      "2027-03-27T01:30:00.000Z",
    ],
    [
      "a doubled time ran the first time",
      "2026-10-25T12:00:00Z",
      "cron(30 2 * * ? *)",
      "Europe/Berlin",
      "2026-10-25T00:30:00.000Z",
    ],
    [
      "the weekday nearest to Sunday the 15th is Monday",
      "2026-11-30T12:00:00Z",
      "cron(0 0 15W * ? *)",
      "UTC",
      "2026-11-16T00:00:00.000Z",
    ],
    [
      "the last weekday of October 2026 is Friday",
      "2026-11-01T12:00:00Z",
      "cron(0 0 LW * ? *)",
      "UTC",
      "2026-10-30T00:00:00.000Z",
    ],
    [
      "the weekday nearest to Saturday the 1st stays in the month",
      "2026-08-31T12:00:00Z",
      "cron(0 0 1W * ? *)",
      "UTC",
      "2026-08-03T00:00:00.000Z",
    ],
    [
      "the weekday nearest to Sunday the 31st stays in the month",
      "2026-06-01T12:00:00Z",
      "cron(0 0 31W * ? *)",
      "UTC",
      "2026-05-29T00:00:00.000Z",
    ],
    [
      "the last Saturday is the 31st, so the 24th is none",
      "2026-10-30T12:00:00Z",
      "cron(0 0 ? * SATL *)",
      "UTC",
      "2026-09-26T00:00:00.000Z",
    ],
    [
      "the second Tuesday",
      "2026-11-23T12:00:00Z",
      "cron(0 0 ? * TUE#2 *)",
      "UTC",
      "2026-11-10T00:00:00.000Z",
    ],
    [
      "the last day of February",
      "2026-03-01T12:00:00Z",
      "cron(0 0 L 2 ? *)",
      "UTC",
      "2026-02-28T00:00:00.000Z",
    ],
  ])("%s", (_what, now_, cron, timeZone, expected) => {
    expect(at(now_, cron, timeZone)).toBe(expected);
  });

  test("is none where nothing ran within a year", () => {
    expect(at("2026-11-23T12:00:00Z", "cron(0 0 * * ? 2024)", "UTC")).toBeUndefined();
  });
});

describe("how often a schedule runs", () => {
  const read = (cron: string) => parseCron(cron) as Cron;

  test.each([
    ["cron(0 0 * * ? *)", true, 365.25],
    ["cron(0 0 ? * * *)", true, 365.25],
    ["cron(0 0 ? * SUN-SAT *)", true, 365.25],
    ["cron(0,30 0/12 * * ? *)", true, 4 * 365.25],
    ["cron(0 0 1-30 * ? *)", false, 365.25 - 7],
    ["cron(0 0 ? * MON-FRI *)", false, 261],
    ["cron(0 0 1 1 ? *)", false, 1],
    ["cron(0 0 29 2 ? *)", false, 0.25],
    ["cron(0 0 * * ? 2027)", false, 91.25],
  ])("%s: every day %s, %d times a year", (cron, daily, runs) => {
    expect(runsEveryDay(read(cron))).toBe(daily);
    expect(runsPerYear(read(cron))).toBeCloseTo(runs, 0);
  });
});
