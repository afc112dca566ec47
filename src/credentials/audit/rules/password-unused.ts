import { defineRule } from "../../../findings/rule";
import { days, wholeDays } from "../../days";
import { AUDIT_LIMITS, CIS } from "../audit-limits";
import type { UserRule } from "../audit-rule";

export const PASSWORD_UNUSED = defineRule({
  id: "password-unused",
  area: "audit",
  title: "A password has not been used for 45 days",
  severities: ["medium"],
  why: "Nobody misses it, and nobody would notice who uses it.",
  example: {
    before: "credential report: password_enabled = true, password_last_used two months before",
    after: "password_enabled = false",
  },
  remedy: "Delete the login profile.",
  reference: { title: `${CIS}, 2.11` },
  since: "0.1.0",
});

export const passwordUnused: UserRule = {
  declaration: PASSWORD_UNUSED,
  judge({ row }, { generatedTime }) {
    if (row.passwordEnabled !== true) return [];
    const wasUsed = row.passwordLastUsed instanceof Date;
    const last = wasUsed ? row.passwordLastUsed : row.passwordLastChanged;
    const idle = last instanceof Date ? wholeDays(last, generatedTime) : undefined;
    if (idle === undefined || idle < AUDIT_LIMITS.unusedDays) return [];
    return [
      {
        severity: "medium",
        message: wasUsed
          ? `The user's password has not been used for ${days(idle)}.`
          : `The user's password was never used in the ${days(idle)} since it was set.`,
        remedy: PASSWORD_UNUSED.remedy,
      },
    ];
  },
};
