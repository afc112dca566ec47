import { defineRule } from "../../../findings/rule";
import { days } from "../../days";
import { AUDIT_LIMITS } from "../audit-limits";
import type { UserRule } from "../audit-rule";
import { type KeyLimits, keyLimits } from "../key-limits";

export const KEY_ENDS_SOON = defineRule({
  id: "key-ends-soon",
  area: "audit",
  title: "An access key reaches a limit within two weeks",
  severities: ["info"],
  why: "On the day itself a rule may deactivate it, in the middle of somebody's work. Two audits before, there is time.",
  example: {
    before: "credential report: access_key_1_active = true, access_key_1_last_rotated 80 days before",
    after: "a new key, before the day",
  },
  remedy:
    "Rotate or use it before that day; on the day itself a rule may deactivate it, and it counts as too old or unused.",
  since: "0.2.0",
});

export const keyEndsSoon: UserRule = {
  declaration: KEY_ENDS_SOON,
  judge: (user, input) =>
    keyLimits(user, input)
      .filter(({ isTooOld, isUnused }) => !isTooOld && !isUnused)
      .flatMap((limits) => {
        const next = nextLimit(limits);
        if (next === undefined || next.days > AUDIT_LIMITS.warnDays) return [];
        return [
          {
            severity: "info" as const,
            message: `Access key ${limits.key.slot} is ${next.because}: it reaches the limit in ${days(next.days)}.`,
            remedy: KEY_ENDS_SOON.remedy,
          },
        ];
      }),
};

function nextLimit({ age, maxAge, idle, maxIdle, grace }: KeyLimits) {
  const unused =
    idle !== undefined
      ? [{ days: maxIdle - idle, because: `unused for ${days(idle)} of ${maxIdle}` }]
      : age === undefined
        ? []
        : [{ days: grace - age, because: `never used in ${days(age)} of ${grace}` }];
  const old = age === undefined ? [] : [{ days: maxAge - age, because: `${days(age)} old of ${maxAge}` }];
  return [...old, ...unused].sort((one, other) => one.days - other.days)[0];
}
