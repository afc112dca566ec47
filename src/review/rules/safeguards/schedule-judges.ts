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
