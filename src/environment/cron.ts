import { defineRefusal } from "../findings/refusal";
import { type CronField, type FieldProblem, parseField } from "./cron-field";

export const CRON_INVALID = defineRefusal({
  code: "cron-invalid",
  title: "A cron expression is none that EventBridge Scheduler takes",
  why: "It has six fields in `cron(...)`, with `?` for exactly one of day-of-month and day-of-week. What AWS does not document is refused, not guessed.",
  example:
    'environments/prod.ts: keyRules.schedule.cron: cron(minutes hours day-of-month month day-of-week year) has 6 fields, got 5 in "cron(0 0 * * *)"; add the year as the last field ("*"), and "?" as day-of-month or day-of-week [cron-invalid]',
  remedy: 'Write `dailyAt("00:00", "Asia/Tokyo")`, or correct the field that the message names.',
  since: "0.1.0",
});

/**
 * A cron expression of EventBridge Scheduler, read.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
export interface Cron {
  /** 0-59, ascending. */
  readonly minutes: readonly number[];
  /** 0-23, ascending. */
  readonly hours: readonly number[];
  /** True when it runs on this date of the calendar. Months count from 1. */
  readonly matchesDate: (date: CalendarDate) => boolean;
}

export interface CalendarDate {
  readonly year: number;
  /** 1-12. */
  readonly month: number;
  /** 1-31. */
  readonly day: number;
}

/** What is wrong with an expression: the middle of a violation. */
export interface CronProblem extends FieldProblem {
  readonly remedy: string;
}

const FORM = "cron(minutes hours day-of-month month day-of-week year)";

/** Reads an expression, or says what is wrong with it. Nothing is guessed: what AWS does not document is refused. */
export function parseCron(expression: string): Cron | CronProblem {
  const inner = /^cron\((.*)\)$/.exec(expression)?.[1];
  if (inner === undefined) {
    return {
      expected: `a schedule is ${FORM}`,
      got: JSON.stringify(expression),
      remedy: 'write dailyAt("00:00", "Asia/Tokyo") or "cron(0 0 * * ? *)"',
    };
  }
  const texts = inner.trim().split(/\s+/);
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year, ...more] = texts;
  if (
    minutes === undefined ||
    hours === undefined ||
    dayOfMonth === undefined ||
    month === undefined ||
    dayOfWeek === undefined ||
    year === undefined ||
    more.length > 0
  ) {
    return {
      expected: `${FORM} has 6 fields`,
      got: `${inner.trim() === "" ? 0 : texts.length} in ${JSON.stringify(expression)}`,
      remedy:
        texts.length === 5
          ? 'add the year as the last field ("*"), and "?" as day-of-month or day-of-week'
          : "write exactly 6 fields, parted by blanks",
    };
  }
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) {
    return {
      expected: 'exactly one of day-of-month and day-of-week is "?"',
      got: `${dayOfMonth} and ${dayOfWeek}`,
      remedy: 'write "* * ?" for day-of-month, month and day-of-week to run every day',
    };
  }
  const fields = {
    minutes: parseField("minutes", minutes),
    hours: parseField("hours", hours),
    dayOfMonth: parseField("day-of-month", dayOfMonth),
    month: parseField("month", month),
    dayOfWeek: parseField("day-of-week", dayOfWeek),
    year: parseField("year", year),
  };
  for (const field of Object.values(fields)) {
    if ("expected" in field) return { ...field, remedy: `correct it in ${JSON.stringify(expression)}` };
  }
  return compose(fields as { readonly [K in keyof typeof fields]: CronField });
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Four years in a row hold each day of the calendar. */
const [FROM, TO] = [Date.UTC(2025, 0, 1), Date.UTC(2029, 0, 1)];

/** Whether it runs on every day, so that a day without a run is a missed one. */
export function runsEveryDay(cron: Cron): boolean {
  return runDays(cron) === (TO - FROM) / DAY_MS;
}

/** Runs in a year, on average. */
export function runsPerYear(cron: Cron): number {
  return (runDays(cron) / 4) * cron.hours.length * cron.minutes.length;
}

function runDays({ matchesDate }: Cron): number {
  let days = 0;
  for (let time = FROM; time < TO; time += DAY_MS) {
    const date = new Date(time);
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    if (matchesDate({ year, month, day })) days += 1;
  }
  return days;
}

function compose(
  fields: Readonly<Record<"minutes" | "hours" | "dayOfMonth" | "month" | "dayOfWeek" | "year", CronField>>,
): Cron {
  return {
    minutes: fields.minutes.values,
    hours: fields.hours.values,
    matchesDate: ({ year, month, day }) => {
      const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
      const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
      return (
        fields.year.values.includes(year) &&
        fields.month.values.includes(month) &&
        matchesDayOfMonth(fields.dayOfMonth, { day, length, weekday }) &&
        matchesDayOfWeek(fields.dayOfWeek, { day, length, weekday })
      );
    },
  };
}

interface DayFacts {
  readonly day: number;
  /** Days in the month. */
  readonly length: number;
  /** 1 Sunday to 7 Saturday. */
  readonly weekday: number;
}

function matchesDayOfMonth(field: CronField, { day, length, weekday }: DayFacts): boolean {
  if (field.any || field.values.includes(day)) return true;
  return field.special.some((special) => {
    if (special.kind === "last-day") return day === length;
    if (special.kind !== "nearest-weekday") return false;
    const target = special.day === "last" ? length : special.day;
    return target <= length && day === nearestWeekday(target, length, weekday - (day - target));
  });
}

/** The Monday-Friday nearest to `target` within the month. `weekday` is that of `target`, modulo 7. */
function nearestWeekday(target: number, length: number, weekday: number): number {
  const ofWeek = (((weekday - 1) % 7) + 7) % 7;
  if (ofWeek === 6) return target > 1 ? target - 1 : target + 2;
  if (ofWeek === 0) return target < length ? target + 1 : target - 2;
  return target;
}

function matchesDayOfWeek(field: CronField, { day, length, weekday }: DayFacts): boolean {
  if (field.any || field.values.includes(weekday)) return true;
  return field.special.some((special) => {
    if (special.kind === "last-weekday") return special.weekday === weekday && day + 7 > length;
    return (
      special.kind === "nth-weekday" && special.weekday === weekday && Math.ceil(day / 7) === special.nth
    );
  });
}
