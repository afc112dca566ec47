import { defineRule } from "../../../findings/rule";
import { days } from "../../days";
import { CIS } from "../audit-limits";
import type { UserRule } from "../audit-rule";
import { keyLimits } from "../key-limits";

export const KEY_TOO_OLD = defineRule({
  id: "key-too-old",
  area: "audit",
  title: "An access key is older than 90 days",
  severities: ["medium"],
  why: "The longer a key lives, the more places hold a copy of it. The limit is 90 days, or the own one of the environment where that is shorter.",
  example: {
    before: "credential report: access_key_1_active = true, access_key_1_last_rotated 120 days before",
    after: "a new key, and the old one deleted",
  },
  remedy: "Rotate it: make a new key, move to it, deactivate the old one.",
  reference: { title: `${CIS}, 2.12` },
  since: "0.1.0",
});

export const keyTooOld: UserRule = {
  declaration: KEY_TOO_OLD,
  judge: (user, input) =>
    keyLimits(user, input)
      .filter(({ isTooOld }) => isTooOld)
      .map(({ key, age = 0, maxAge }) => ({
        severity: "medium",
        message: `Access key ${key.slot} is active and ${days(age)} old; the limit is ${days(maxAge)}.`,
        remedy: KEY_TOO_OLD.remedy,
      })),
};
