const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Days between two moments as calendars count them in UTC: 23:59 to 00:01 is one day. A key therefore reaches an age
 * on a date, at whatever hour that night's run starts. Negative when `to` is on an earlier date.
 */
export function wholeDays(from: Date, to: Date): number {
  return Math.floor(to.getTime() / DAY_MS) - Math.floor(from.getTime() / DAY_MS);
}

/** `1 day`, `2 days`. */
export function days(count: number): string {
  return `${count} ${count === 1 ? "day" : "days"}`;
}
