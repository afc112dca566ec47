import { inZone, nextRun } from "../../src/environment/next-run";
import { dailyAt } from "../../src/environment/schedule";

const at = (text: string) => new Date(text);

test.each([
  ["a minute before it", "2026-11-23T14:59:00Z", "2026-11-23T15:00:00.000Z"],
  ["at the very moment, the day after", "2026-11-23T15:00:00Z", "2026-11-24T15:00:00.000Z"],
  ["a minute after it, the day after", "2026-11-23T15:01:00Z", "2026-11-24T15:00:00.000Z"],
])("midnight in Tokyo comes next, asked %s", (_when, now, expected) => {
  expect(nextRun(dailyAt("00:00", "Asia/Tokyo"), at(now))?.toISOString()).toBe(expected);
});

test.each([
  ["skipped wall time is left out", "02:30", "2026-03-29T00:00:00Z", "2026-03-30T00:30:00.000Z"],
  [
    "doubled wall time counts once, the first time",
    "02:30",
    "2026-10-24T12:00:00Z",
    "2026-10-25T00:30:00.000Z",
  ],
])("a %s", (_what, time, now, expected) => {
  expect(nextRun(dailyAt(time, "Europe/Berlin"), at(now))?.toISOString()).toBe(expected);
});

test("the next of a weekly schedule is on its day", () => {
  const weekly = { cron: "cron(0 6 ? * MON *)", timeZone: "UTC" };
  expect(nextRun(weekly, at("2026-11-23T06:00:00Z"))?.toISOString()).toBe("2026-11-30T06:00:00.000Z");
});

test("a schedule that ended has no next run", () => {
  expect(
    nextRun({ cron: "cron(0 6 1 1 ? 2026)", timeZone: "UTC" }, at("2026-11-23T00:00:00Z")),
  ).toBeUndefined();
});

test("an instant is told in its zone and in UTC", () => {
  expect(inZone(at("2026-11-23T15:00:00Z"), "Asia/Tokyo")).toBe(
    "2026-11-24 00:00 Asia/Tokyo (2026-11-23T15:00:00Z)",
  );
});
