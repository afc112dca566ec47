import { defineRule } from "../../../findings/rule";
import { days } from "../../days";
import { AUDIT_LIMITS } from "../audit-limits";
import type { UserRule } from "../audit-rule";
import { areBothInUse } from "../audited-user";

export const TWO_ACTIVE_KEYS_IN_USE = defineRule({
  id: "two-active-keys-in-use",
  area: "audit",
  title: "Both access keys of a user are in use",
  severities: ["high"],
  why: "Two places hold keys of one device. The user is one device: what one of them does cannot be told from the other.",
  example: {
    before: "credential report: both keys active, both used within 14 days",
    after: "one user for each place, each with one key",
  },
  remedy:
    "Give each place a user of its own, or end the rotation: move everything to the newer key and deactivate the older.",
  reference: {
    title: "IAM User Guide: security best practices",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  },
  since: "0.1.0",
});

export const twoActiveKeysInUse: UserRule = {
  declaration: TWO_ACTIVE_KEYS_IN_USE,
  judge: ({ row }, { generatedTime }) =>
    areBothInUse(row, generatedTime)
      ? [
          {
            severity: "high",
            message: `Both access keys are active and were used within ${days(AUDIT_LIMITS.recentUseDays)}: two places hold keys of one device.`,
            remedy: TWO_ACTIVE_KEYS_IN_USE.remedy,
          },
        ]
      : [],
};
