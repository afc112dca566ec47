import { KeyRulesError, parseKeyRules, readKeyRules } from "./parse-key-rules";
import type { ResolvedKeyRules } from "./resolved-key-rules";

/**
 * Bytes of rules that an environment variable may hold. Lambda allows 4 kB for names and values of all variables
 * together; the rest is for the function's other settings.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_VARIABLE_BYTES = 3_000;

/**
 * Bytes of rules that a schedule may hand to its target: some 4,000 users by name. EventBridge Scheduler and an
 * asynchronous Lambda invocation take 256 kB; the failure record that Lambda wraps around an event has to fit too.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html
 */
export const MAX_EVENT_BYTES = 200_000;

/** Stands in the variable where the rules are too large for it and come with each event. */
export const RULES_IN_EVENT = "event";

/** Where the rules travel: `variable` is the value of `KEY_RULES`, `event` the input of the schedule. */
export interface PackedKeyRules {
  readonly variable: string;
  /** JSON `{"keyRules": {...}}`. Absent: the schedule needs no input for the rules. */
  readonly event?: string;
}

/**
 * Puts the rules where they fit. Both places are written out in a plan, so a reviewer sees every user that a rule
 * gains or loses.
 *
 * @throws RangeError above `MAX_EVENT_BYTES`; `keyRulesSize` lets a validation say so earlier
 */
export function packKeyRules(rules: ResolvedKeyRules): PackedKeyRules {
  const json = JSON.stringify(rules);
  if (Buffer.byteLength(json) <= MAX_VARIABLE_BYTES) return { variable: json };
  const event = JSON.stringify({ keyRules: rules });
  const size = Buffer.byteLength(event);
  if (size > MAX_EVENT_BYTES) {
    throw new RangeError(
      `keyRules: at most ${MAX_EVENT_BYTES} bytes when resolved, got ${size}; let rules apply to a path instead of a group`,
    );
  }
  return { variable: RULES_IN_EVENT, event };
}

/** Bytes of the rules as the schedule would carry them. */
export function keyRulesSize(rules: ResolvedKeyRules): number {
  return Buffer.byteLength(JSON.stringify({ keyRules: rules }));
}

/**
 * The rules as the function finds them. A variable that holds rules wins over any event, so that whoever may invoke
 * the function cannot bring others.
 *
 * @param variable value of `KEY_RULES`
 * @throws KeyRulesError when neither place holds valid rules
 */
export function unpackKeyRules(variable: string | undefined, event: unknown): ResolvedKeyRules {
  if (variable === undefined)
    throw new KeyRulesError("KEY_RULES: expected key rules, got nothing; deploy again");
  if (variable !== RULES_IN_EVENT) return parseKeyRules(variable, "KEY_RULES");
  const carried =
    typeof event === "object" && event !== null ? (event as { keyRules?: unknown }).keyRules : undefined;
  if (carried === undefined) {
    throw new KeyRulesError(
      "event.keyRules: expected the key rules that the schedule sends, got nothing; invoke with the schedule's input",
    );
  }
  return readKeyRules(carried, "event.keyRules");
}
