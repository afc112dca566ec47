/**
 * How often a schedule fires, in runs a year, roughly; nothing for an expression that is not understood. Only compared
 * with another one of the same reading.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function runsPerYear(expression: unknown): number | undefined {
  if (typeof expression !== "string") return undefined;
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression.trim());
  if (rate !== null) {
    const minutes = { minute: 1, hour: 60, day: 1440 }[rate[2] as "minute" | "hour" | "day"];
    return (365 * 1440) / (Number(rate[1]) * minutes);
  }
  if (expression.startsWith("at(")) return 0;
  const fields = /^cron\((.+)\)$/.exec(expression.trim())?.[1]?.split(/\s+/);
  if (fields?.length !== 6) return undefined;
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = fields;
  const months = count(month, 1, 12) / 12;
  const days =
    dayOfWeek === "?" || dayOfWeek === "*"
      ? (count(dayOfMonth, 1, 31) / 31) * 365
      : (count(dayOfWeek, 1, 7) / 7) * 365;
  const years = year === "*" ? 1 : 0;
  return count(minute, 0, 59) * count(hour, 0, 23) * days * months * years;
}

function count(field: string, first: number, last: number): number {
  if (field === "*" || field === "?") return last - first + 1;
  return field.split(",").reduce((sum, part) => {
    const [range = "", step] = part.split("/");
    const [from, to] = range === "*" ? [first, last] : bounds(range, step === undefined ? undefined : last);
    return sum + Math.max(1, Math.floor((to - from) / Number(step ?? 1)) + 1);
  }, 0);
}

const NAMES = "SUN MON TUE WED THU FRI SAT".split(" ");
const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");

function bounds(range: string, open: number | undefined): readonly [number, number] {
  const [from = "", to] = range.split("-");
  const start = number(from);
  return [start, to === undefined ? (open ?? start) : number(to)];
}

function number(text: string): number {
  const upper = text.toUpperCase();
  const day = NAMES.indexOf(upper);
  const month = MONTHS.indexOf(upper);
  return day >= 0 ? day + 1 : month >= 0 ? month + 1 : Number.parseInt(text, 10) || 0;
}
