import { defineRule } from "../../../findings/rule";
import { days, wholeDays } from "../../days";
import { AUDIT_LIMITS } from "../audit-limits";
import type { UserRule } from "../audit-rule";
import { isBreakGlass, lastUse } from "../audited-user";

export const BREAK_GLASS_USED = defineRule({
  id: "break-glass-used",
  area: "audit",
  title: "A break-glass user was used within 30 days",
  severities: ["high"],
  why: "Its use is an emergency, which somebody announced. Without a ticket it is a breach.",
  example: {
    before: "credential report: break-glass user, access_key_1_last_used_date yesterday",
    after: "a ticket that says who and why",
  },
  remedy: "Ask for the ticket; if there is none, deactivate the key and treat it as a breach.",
  reference: {
    title: "IAM User Guide: security best practices",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  },
  since: "0.1.0",
});

export const breakGlassUsed: UserRule = {
  declaration: BREAK_GLASS_USED,
  judge(user, { generatedTime }) {
    if (!isBreakGlass(user)) return [];
    const last = lastUse(user.row);
    if (last === undefined || wholeDays(last, generatedTime) > AUDIT_LIMITS.breakGlassUsedDays) return [];
    return [
      {
        severity: "high",
        message: `The break-glass user was used ${days(wholeDays(last, generatedTime))} before the report, at ${last.toISOString()}.`,
        remedy: BREAK_GLASS_USED.remedy,
      },
    ];
  },
};
