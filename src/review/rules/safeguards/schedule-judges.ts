import { listed } from "../../review-finding";
import { keyRuleJudgements } from "./function-judges";
import { high, type Judge, type Judgement, low, medium, note } from "./judgement";
import { runsPerYear } from "./schedule-frequency";

export const scheduleExpression: Judge = (before, after, { what }) => {
  const [old, current] = [runsPerYear(before), runsPerYear(after)];
  const text = `${what} runs by ${String(after)} instead of ${String(before)}`;
  if (old === undefined || current === undefined)
    return medium(`${text}: whether it runs as often is not known`);
  return current < old * 0.999 ? high(`${text}: less often`) : note(text);
};

/** Hours by which a run may come later before somebody should look. */
const MOST_HOURS = 3;

/** The same wall clock elsewhere is another hour; what runs later leaves keys active longer. */
export const timezone: Judge = (before, after, { what }) => {
  const [old, current] = [offsetsOf(before), offsetsOf(after)];
  const text = `${what} runs in time zone ${String(after)} instead of ${String(before)}`;
  if (old === undefined || current === undefined) return medium(`${text}: one of them is not known`);
  const hours = Math.max(...old.map((offset, index) => distance(offset, current[index] ?? 0)));
  if (hours === 0) return note(text);
  const shift = `${Math.round(hours * 10) / 10} hours from where it ran`;
  return hours > MOST_HOURS ? medium(`${text}: ${shift}`) : low(`${text}: ${shift}`);
};

function distance(left: number, right: number): number {
  const hours = Math.abs(left - right);
  return Math.max(Math.min(hours, 24 - hours), hours > 12 ? hours - 12 : 0);
}

/** Hours from UTC in winter and in summer; nothing for a zone that is none. */
function offsetsOf(zone: unknown): readonly number[] | undefined {
  try {
    return [0, 6].map((month) => {
      const at = new Date(Date.UTC(2026, month, 15, 12));
      const parts = new Intl.DateTimeFormat("en-US", {
        timeZone: String(zone ?? "UTC"),
        timeZoneName: "longOffset",
      }).formatToParts(at);
      const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
      const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d+):?(\d+)?/.exec(name) ?? [];
      return (sign === "-" ? -1 : 1) * (Number(hours) + Number(minutes) / 60);
    });
  } catch {
    return undefined;
  }
}

/** A run may start anywhere within a flexible window. */
export const flexibleWindow: Judge = (before, after, { what }) => {
  const [old, current] = [minutesOf(before), minutesOf(after)];
  if (old === undefined || current === undefined) return medium(`${what} runs in another time window`);
  if (current <= old) return note(`${what} runs in a time window of ${current} minutes`);
  const text = `${what} may run ${current} minutes later than it says`;
  return current > 60 ? medium(text) : low(text);
};

function minutesOf(value: unknown): number | undefined {
  const [block] = (Array.isArray(value) ? value : [value]) as [Record<string, unknown> | undefined];
  if (block === undefined || block["mode"] === undefined || block["mode"] === "OFF") return 0;
  const minutes = Number(block["maximum_window_in_minutes"]);
  return Number.isFinite(minutes) ? minutes : undefined;
}

export const target: Judge = (before, after, { what }) => {
  const [[old], [current]] = [before, after].map((value) => (Array.isArray(value) ? value : [value])) as [
    [Record<string, unknown> | undefined],
    [Record<string, unknown> | undefined],
  ];
  const differs = (name: string) => JSON.stringify(old?.[name]) !== JSON.stringify(current?.[name]);
  const found: Judgement[] = [];
  if (differs("arn"))
    found.push(
      high(`${what} calls ${String(current?.["arn"] ?? "nothing")} instead of ${String(old?.["arn"])}`),
    );
  if (differs("role_arn")) found.push(medium(`${what} runs with another role`));
  if (differs("dead_letter_config")) {
    found.push(
      current?.["dead_letter_config"] === undefined
        ? high(`${what} loses its dead-letter queue: a run that could not start leaves no trace`)
        : medium(`${what} sends runs that could not start elsewhere`),
    );
  }
  if (differs("retry_policy"))
    found.push(retryJudgement(old?.["retry_policy"], current?.["retry_policy"], what));
  if (differs("input")) found.push(...keyRuleJudgements(old?.["input"], current?.["input"], what));
  const known = ["arn", "role_arn", "dead_letter_config", "retry_policy", "input"];
  const others = Object.keys({ ...old, ...current }).filter((name) => !known.includes(name) && differs(name));
  if (others.length > 0) found.push(medium(`${what} calls its target otherwise (${listed(others)})`));
  return found;
};

/** @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html */
function retryJudgement(before: unknown, after: unknown, what: string): Judgement {
  const [old, current] = [before, after].map((value) => {
    const [block] = (Array.isArray(value) ? value : [value]) as [Record<string, unknown> | undefined];
    return [
      Number(block?.["maximum_retry_attempts"] ?? 185),
      Number(block?.["maximum_event_age_in_seconds"] ?? 86_400),
    ];
  });
  const [attempts = 0, age = 0] = current ?? [];
  const [attemptsBefore = 0, ageBefore = 0] = old ?? [];
  if (attempts === 0 && attemptsBefore > 0)
    return medium(`${what} no longer tries again a run that could not start`);
  return attempts < attemptsBefore || age < ageBefore
    ? low(`${what} tries again less often a run that could not start`)
    : note(`${what} tries again more often a run that could not start`);
}
