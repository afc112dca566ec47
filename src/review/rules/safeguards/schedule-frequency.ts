import { runsPerYear as cronRunsPerYear, parseCron } from "../../../environment/cron";

const MINUTES = { minute: 1, hour: 60, day: 1440 } as const;

/**
 * How often a schedule fires, in runs a year; nothing for an expression that is not understood, 0 for one moment alone.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function runsPerYear(expression: unknown): number | undefined {
  if (typeof expression !== "string") return undefined;
  const text = expression.trim();
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text) ?? [];
  if (unit !== undefined) return (365 * 1440) / (Number(count) * MINUTES[unit as keyof typeof MINUTES]);
  if (text.startsWith("at(")) return 0;
  // EventBridge takes names in any case
  const cron = parseCron(text.replace(/\(.*\)$/, (fields) => fields.toUpperCase()));
  return "expected" in cron ? undefined : cronRunsPerYear(cron);
}
