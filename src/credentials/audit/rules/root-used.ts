import { isoMoment } from "../../../findings/iso-moment";
import { defineRule } from "../../../findings/rule";
import { days } from "../../days";
import { AUDIT_LIMITS, CIS } from "../audit-limits";
import type { RootRule } from "../audit-rule";
import { lastUse } from "../audited-user";
import { OWN_ROOT } from "../root-user";

export const ROOT_USED = defineRule({
  id: "root-used",
  area: "audit",
  title: "The root user was used, and nobody answers for it",
  severities: ["high"],
  why: "It is for recovery only. A use that nobody announced is a breach until somebody says otherwise. What is looked at are seven days, or what the environment says, so that a weekly audit misses none.",
  example: {
    before: "credential report: <root_account>, password_last_used two days before",
    after: 'root: { acknowledgedUses: [{ until: "2026-11-21", reason: "mailbox moved" }] }',
  },
  remedy:
    "Ask who recovered what, and write it down in `root.acknowledgedUses`. If nobody did, treat it as a breach: change the password and look at CloudTrail.",
  reference: { title: `${CIS}, 2.7` },
  since: "0.1.0",
});

const HOUR_MS = 3_600_000;

export const rootUsed: RootRule = {
  declaration: ROOT_USED,
  judge(root, { root: declared = OWN_ROOT, generatedTime }) {
    const at = lastUse(root);
    const hours = declared.usedWithinDays * 24 + AUDIT_LIMITS.rootUsedSlackHours;
    if (at === undefined || generatedTime.getTime() - at.getTime() > hours * HOUR_MS) return [];
    const reason = declared.acknowledgedUses.find(({ until }) => at.getTime() <= endOf(until))?.reason;
    if (reason !== undefined) return [{ note: `root: used at ${at.toISOString()}, acknowledged: ${reason}` }];
    return [
      {
        severity: "high",
        message: `The root user was used at ${at.toISOString()}, within ${days(declared.usedWithinDays)} before the report.`,
        remedy: `Ask who recovered what, and write it down: root.acknowledgedUses: [{ until: "${at.toISOString().replace(".000Z", "Z")}", reason: "..." }]. If nobody did, treat it as a breach: change the password and look at CloudTrail.`,
      },
    ];
  },
};

/** The moment, or the end of the day. */
function endOf(until: string): number {
  return isoMoment(until)?.getTime() ?? Date.parse(`${until}T23:59:59.999Z`);
}
