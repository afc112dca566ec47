const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/**
 * A moment of ISO 8601 with its offset: `2026-11-24T10:00:00Z`, `2026-11-24T19:00+09:00`. Nothing for another form and
 * for a day that no calendar has: JavaScript reads the 30th of February as the 2nd of March.
 */
export function isoMoment(text: string): Date | undefined {
  const [, year, month, day, hour, minute, second = "0"] = MOMENT.exec(text) ?? [];
  if (year === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const wall = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (wall.getUTCMonth() !== Number(month) - 1 || wall.getUTCDate() !== Number(day)) return undefined;
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
