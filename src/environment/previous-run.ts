import { parseCron } from "./cron";
import type { Schedule } from "./schedule";
import { ZoneClock } from "./time-zone";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * When the schedule last fired at or before `now`; nothing when it did not within the last year. A skipped wall time
 * does not fire, a doubled one fires the first time.
 *
 * @param schedule one for which `scheduleViolations` finds nothing
 */
export function previousRun(schedule: Schedule, now: Date): Date | undefined {
  const cron = parseCron(schedule.cron);
  if ("expected" in cron) return undefined;
  const clock = new ZoneClock(schedule.timeZone);
  const today = Math.floor(clock.wallTime(now.getTime()) / DAY_MS) * DAY_MS;
  for (let midnight = today; midnight > today - 366 * DAY_MS; midnight -= DAY_MS) {
    const date = new Date(midnight);
    const calendar = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    if (!cron.matchesDate(calendar)) continue;
    const runs = cron.hours.flatMap((hour) =>
      cron.minutes.map((minute) => clock.instantOf(midnight + (hour * 60 + minute) * 60_000)),
    );
    const past = runs.filter((run) => run !== undefined && run <= now.getTime());
    const last = past.at(-1);
    if (last !== undefined) return new Date(last);
  }
  return undefined;
}
