export type FieldName = "minutes" | "hours" | "day-of-month" | "month" | "day-of-week" | "year";

/** What one field of a cron expression means. */
export interface CronField {
  /** True for `?`: the other of the two day fields decides. */
  readonly any: boolean;
  /** Plain values, ascending. */
  readonly values: readonly number[];
  readonly special: readonly SpecialDay[];
}

export type SpecialDay =
  | { readonly kind: "last-day" }
  | { readonly kind: "nearest-weekday"; readonly day: number | "last" }
  | { readonly kind: "last-weekday"; readonly weekday: number }
  | { readonly kind: "nth-weekday"; readonly weekday: number; readonly nth: number };

export interface FieldProblem {
  readonly expected: string;
  readonly got: string;
}

interface FieldRange {
  readonly least: number;
  readonly most: number;
  /** Three-letter names of the values from `least` on. */
  readonly names: readonly string[];
  /** For messages: the wildcards that AWS documents for the field. */
  readonly wildcards: string;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
const RANGES: Readonly<Record<FieldName, FieldRange>> = {
  minutes: { least: 0, most: 59, names: [], wildcards: ", - * /" },
  hours: { least: 0, most: 23, names: [], wildcards: ", - * /" },
  "day-of-month": { least: 1, most: 31, names: [], wildcards: ", - * ? / L W" },
  month: { least: 1, most: 12, names: MONTHS, wildcards: ", - * /" },
  "day-of-week": { least: 1, most: 7, names: WEEKDAYS, wildcards: ", - * ? L #" },
  year: { least: 1970, most: 2199, names: [], wildcards: ", - * /" },
};

/** Reads one field. Names are capital; a range runs upwards. */
export function parseField(name: FieldName, text: string): CronField | FieldProblem {
  if (text === "?" && name.startsWith("day-of-")) return { any: true, values: [], special: [] };
  const values = new Set<number>();
  const special: SpecialDay[] = [];
  for (const term of text.split(",")) {
    const day = specialDay(name, term);
    if (day !== undefined) {
      special.push(day);
      continue;
    }
    const found = plainValues(name, term);
    if (found === undefined) return problem(name, term, text);
    for (const value of found) values.add(value);
  }
  return { any: false, values: [...values].sort((left, right) => left - right), special };
}

function specialDay(name: FieldName, term: string): SpecialDay | undefined {
  if (name === "day-of-month") {
    if (term === "L") return { kind: "last-day" };
    if (term === "LW") return { kind: "nearest-weekday", day: "last" };
    const day = term.endsWith("W") ? readValue(name, term.slice(0, -1)) : undefined;
    return day === undefined ? undefined : { kind: "nearest-weekday", day };
  }
  if (name !== "day-of-week") return undefined;
  const last = term.endsWith("L") ? readValue(name, term.slice(0, -1)) : undefined;
  if (last !== undefined) return { kind: "last-weekday", weekday: last };
  const [, weekdayText = "", nth] = /^(\w+)#([1-5])$/.exec(term) ?? [];
  const weekday = readValue(name, weekdayText);
  return weekday === undefined || nth === undefined
    ? undefined
    : { kind: "nth-weekday", weekday, nth: Number(nth) };
}

/** `*`, `5`, `1-5`, `MON-FRI`, `0/15`, `*\/15`, `8-18/2`, and `L` as a day of the week (Saturday). */
function plainValues(name: FieldName, term: string): readonly number[] | undefined {
  const { least, most } = RANGES[name];
  if (name === "day-of-week" && term === "L") return [most];
  const [body = "", stepText, ...more] = term.split("/");
  if (more.length > 0 || (stepText !== undefined && name === "day-of-week")) return undefined;
  const step = stepText === undefined ? 1 : wholeNumber(stepText);
  if (step === undefined || step < 1 || step > most) return undefined;
  const [first = "", last, ...others] = body.split("-");
  if (others.length > 0) return undefined;
  const from = body === "*" ? least : readValue(name, first);
  // A start with a step runs to the end of the range; alone it is only itself.
  const to =
    last !== undefined ? readValue(name, last) : body === "*" || stepText !== undefined ? most : from;
  if (from === undefined || to === undefined || from > to) return undefined;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

function readValue(name: FieldName, text: string): number | undefined {
  const { least, most, names } = RANGES[name];
  const named = names.indexOf(text);
  const value = named >= 0 ? least + named : wholeNumber(text);
  return value !== undefined && value >= least && value <= most ? value : undefined;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

function problem(name: FieldName, term: string, text: string): FieldProblem {
  const { least, most, names, wildcards } = RANGES[name];
  const named = names.length === 0 ? "" : ` or ${names[0]}-${names.at(-1)}`;
  return {
    expected: `${name} is ${least}-${most}${named} with the wildcards ${wildcards}, ranges running upwards`,
    got: term === text ? JSON.stringify(text) : `${JSON.stringify(term)} in ${JSON.stringify(text)}`,
  };
}
