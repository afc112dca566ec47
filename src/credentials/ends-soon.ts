import type { AccessKey, KeyOwner } from "./access-key";
import { rulesOf } from "./coverage";
import { days, wholeDays } from "./days";
import { DEFAULT_FRESH_DAYS } from "./decide";
import type { ResolvedKeyRule, ResolvedKeyRules } from "./resolved-key-rules";

/** Days before its end on which a key is told of, besides the first. */
const AGAIN = [7, 3, 2, 1];

/** The day on which a rule ends a key that now stays active, if nothing is done. */
export interface KeyEnd {
  /** Whole days from now; at least 1. */
  readonly days: number;
  readonly because: string;
}

/**
 * When rules by age and disuse end a key that they leave active today; nothing where none does. Of disuse it can be
 * told only where the key's last use is known.
 */
export function endOf(
  user: KeyOwner,
  key: AccessKey,
  rules: ResolvedKeyRules,
  now: Date,
): KeyEnd | undefined {
  const age = wholeDays(key.createDate, now);
  return rulesOf(user, rules)
    .flatMap((rule) => endsBy(rule, key, age, now))
    .filter((end) => end.days > 0)
    .sort((one, other) => one.days - other.days)[0];
}

function endsBy(rule: ResolvedKeyRule, key: AccessKey, age: number, now: Date): readonly KeyEnd[] {
  const { name, maxAgeDays, unusedDays, freshDays = DEFAULT_FRESH_DAYS } = rule;
  const byAge =
    maxAgeDays === undefined
      ? []
      : [{ days: maxAgeDays - age, because: `rule ${name} ends it at an age of ${days(maxAgeDays)}` }];
  if (unusedDays === undefined || key.lastUsed === undefined) return byAge;
  const left =
    key.lastUsed === "never"
      ? Math.max(unusedDays, freshDays) - age
      : unusedDays - wholeDays(key.lastUsed, now);
  return [...byAge, { days: left, because: `rule ${name} ends it after ${days(unusedDays)} without use` }];
}

/** Whether a run tells of a key that ends in so many days: on the first day of the warning and on the last ones. */
export function isWarningDay(daysLeft: number, warnDays: number | undefined): boolean {
  return warnDays !== undefined && daysLeft <= warnDays && [warnDays, ...AGAIN].includes(daysLeft);
}
