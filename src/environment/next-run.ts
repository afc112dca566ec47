import { parseCron } from "./cron";
import type { Schedule } from "./schedule";
import { ZoneClock } from "./time-zone";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * When the schedule fires next, after `now`; nothing when it does not within a year. A skipped wall time does not
 * fire, a doubled one fires the first time.
 *
 * @param schedule one for which `scheduleViolations` finds nothing
 */
export function nextRun(schedule: Schedule, now: Date): Date | undefined {
  const cron = parseCron(schedule.cron);
  if ("expected" in cron) return undefined;
  const clock = new ZoneClock(schedule.timeZone);
  const today = Math.floor(clock.wallTime(now.getTime()) / DAY_MS) * DAY_MS;
  for (let midnight = today; midnight <= today + 366 * DAY_MS; midnight += DAY_MS) {
    const date = new Date(midnight);
    const calendar = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    if (!cron.matchesDate(calendar)) continue;
    const runs = cron.hours.flatMap((hour) =>
      cron.minutes.flatMap((minute) => clock.instantOf(midnight + (hour * 60 + minute) * 60_000) ?? []),
    );
    const next = runs.filter((run) => run > now.getTime()).sort((left, right) => left - right)[0];
    if (next !== undefined) return new Date(next);
  }
  return undefined;
}

/** `2026-11-24 00:00 Asia/Tokyo (2026-11-23T15:00:00Z)`: an instant as the clocks of a zone show it, and in UTC. */
export function inZone(instant: Date, timeZone: string): string {
  const wall = new Date(new ZoneClock(timeZone).wallTime(instant.getTime())).toISOString();
  return `${wall.slice(0, 10)} ${wall.slice(11, 16)} ${timeZone} (${instant.toISOString().replace(/\.000Z$/, "Z")})`;
}
