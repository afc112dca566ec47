import { defineRefusal } from "../findings/refusal";
import type { Violation } from "../findings/violation";
import { CRON_INVALID, type Cron, parseCron } from "./cron";
import type { Schedule } from "./schedule";
import { isTimeZone, nearestTimeZone, type SkippedTimes, ZoneClock } from "./time-zone";

export const TIME_ZONE_UNKNOWN = defineRefusal({
  code: "time-zone-unknown",
  title: "A time zone is no name of the IANA database",
  why: "EventBridge Scheduler takes IANA names. An abbreviation such as `JST` or `PST` means several zones.",
  example:
    'environments/prod.ts: keyRules.schedule.timeZone: a time zone is a name of the IANA database like "Asia/Tokyo", got "Asia/Tokio"; did you mean "Asia/Tokyo"? [time-zone-unknown]',
  remedy: "Write a name such as `Asia/Tokyo`, or `UTC`.",
  since: "0.1.0",
});

export const SCHEDULE_NEVER_RUNS = defineRefusal({
  code: "schedule-never-runs",
  title: "A schedule does not run within two years",
  why: "A day, month or year that never comes leaves every key active, and nobody notices.",
  example:
    'environments/prod.ts: keyRules.schedule.cron: a schedule runs within 2 years, got "cron(0 0 30 2 ? *)", which does not; correct the day, month or year [schedule-never-runs]',
  remedy: "Correct the day, month or year of the expression.",
  since: "0.1.0",
});

export const SCHEDULE_TIME_SKIPPED = defineRefusal({
  code: "schedule-time-skipped",
  title: "A wall time does not exist on a day on which clocks change",
  why: "EventBridge Scheduler leaves out a run at a time that the change of clocks skips, silently.",
  example:
    "environments/prod.ts: keyRules.schedule.cron: a wall time that exists on every day it runs within 2 years in Europe/Berlin, got 02:30, which the change of clocks on 2027-03-28 skips, so that night would have no run; choose another time, e.g. 03:00, or a time zone without clock changes [schedule-time-skipped]",
  remedy: "Choose another time, or a time zone without clock changes.",
  since: "0.1.0",
});

/** How far ahead a schedule is looked at. */
export const YEARS_AHEAD = 2;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What is wrong with a schedule: a form that EventBridge Scheduler does not take, an unknown zone, a schedule that
 * does not run within two years, or a wall time that a clock change skips within two years. Scheduler leaves a run at
 * a skipped time out, silently.
 *
 * @param location where the schedule is, e.g. `environments/prod.ts: keyRules.schedule`
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function scheduleViolations(schedule: Schedule, location: string, now: Date): Violation[] {
  const found: Violation[] = [];
  const { timeZone } = schedule;
  const cron = parseCron(schedule.cron);
  if ("expected" in cron) found.push({ code: CRON_INVALID.code, location: `${location}.cron`, ...cron });
  const knownZone = isTimeZone(timeZone);
  if (!knownZone) {
    const nearest = nearestTimeZone(timeZone);
    found.push({
      code: TIME_ZONE_UNKNOWN.code,
      location: `${location}.timeZone`,
      expected: 'a time zone is a name of the IANA database like "Asia/Tokyo"',
      got: JSON.stringify(timeZone),
      remedy:
        nearest === undefined ? 'use a name such as "Europe/Berlin", or "UTC"' : `did you mean "${nearest}"?`,
    });
  }
  if ("expected" in cron || !knownZone) return found;
  const end = new Date(Date.UTC(now.getUTCFullYear() + YEARS_AHEAD, now.getUTCMonth(), now.getUTCDate()));
  if (!runsBetween(cron, now, end)) {
    return [
      {
        code: SCHEDULE_NEVER_RUNS.code,
        location: `${location}.cron`,
        expected: `a schedule runs within ${YEARS_AHEAD} years`,
        got: `${JSON.stringify(schedule.cron)}, which does not`,
        remedy: "correct the day, month or year",
      },
    ];
  }
  return skippedRuns(cron, timeZone, now, end).map(({ date, time, until }) => ({
    code: SCHEDULE_TIME_SKIPPED.code,
    location: `${location}.cron`,
    expected: `a wall time that exists on every day it runs within ${YEARS_AHEAD} years in ${timeZone}`,
    got: `${time}, which the change of clocks on ${date} skips, so that night would have no run`,
    remedy: `choose another time, e.g. ${until}, or a time zone without clock changes`,
  }));
}

function runsBetween(cron: Cron, from: Date, to: Date): boolean {
  for (let day = from.getTime(); day <= to.getTime(); day += DAY_MS) {
    if (cron.matchesDate(dateOf(day))) return true;
  }
  return false;
}

interface SkippedRun {
  readonly date: string;
  readonly time: string;
  /** The first wall time after the gap. */
  readonly until: string;
}

/** The first skipped run of each wall time. A schedule that runs every hour misses none for long and is left alone. */
function skippedRuns(cron: Cron, timeZone: string, from: Date, to: Date): SkippedRun[] {
  if (cron.hours.length === 24) return [];
  const first = new Map<string, SkippedRun>();
  for (const gap of ZoneClock.of(timeZone).skippedTimes(from, to)) {
    for (const wallTime of runsIn(gap, cron)) {
      const time = timeOf(wallTime);
      if (!first.has(time)) first.set(time, { date: dayOf(wallTime), time, until: timeOf(gap.to) });
    }
  }
  return [...first.values()];
}

function runsIn(gap: SkippedTimes, cron: Cron): number[] {
  const midnights = new Set([gap.from, gap.to - 1].map((wallTime) => Math.floor(wallTime / DAY_MS) * DAY_MS));
  return [...midnights]
    .filter((midnight) => cron.matchesDate(dateOf(midnight)))
    .flatMap((midnight) =>
      cron.hours.flatMap((hour) => cron.minutes.map((minute) => midnight + (hour * 60 + minute) * 60_000)),
    )
    .filter((wallTime) => wallTime >= gap.from && wallTime < gap.to);
}

function dateOf(wallTime: number) {
  const date = new Date(wallTime);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function dayOf(wallTime: number): string {
  return new Date(wallTime).toISOString().slice(0, 10);
}

function timeOf(wallTime: number): string {
  return new Date(wallTime).toISOString().slice(11, 16);
}
