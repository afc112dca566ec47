import { defineRule } from "../../../findings/rule";
import { days } from "../../days";
import { CIS } from "../audit-limits";
import type { UserRule } from "../audit-rule";
import { keyLimits } from "../key-limits";

export const KEY_UNUSED = defineRule({
  id: "key-unused",
  area: "audit",
  title: "An access key has not been used for 45 days",
  severities: ["medium"],
  why: "Nobody misses it, and nobody would notice who uses it. A new key that was never used has some days more.",
  example: {
    before: "credential report: access_key_1_active = true, access_key_1_last_used_date two months before",
    after: "the key is inactive, then deleted",
  },
  remedy: "Deactivate it, and delete it when nobody misses it.",
  reference: { title: `${CIS}, 2.11` },
  since: "0.1.0",
});

export const keyUnused: UserRule = {
  declaration: KEY_UNUSED,
  judge: (user, input) =>
    keyLimits(user, input)
      .filter(({ isUnused }) => isUnused)
      .map(({ key, age = 0, idle, maxIdle, grace }) => {
        const [what, limit] =
          idle === undefined
            ? [`was never used in ${days(age)}`, grace]
            : [`unused for ${days(idle)}`, maxIdle];
        return {
          severity: "medium",
          message: `Access key ${key.slot} is active and ${what}; the limit is ${days(limit)}.`,
          remedy: KEY_UNUSED.remedy,
        };
      }),
};
