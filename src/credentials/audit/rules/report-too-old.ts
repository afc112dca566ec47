import { defineRule } from "../../../findings/rule";
import { AUDIT_LIMITS } from "../audit-limits";
import type { AccountRule } from "../audit-rule";
import { reportAgeText } from "../report-age";

export const REPORT_TOO_OLD = defineRule({
  id: "report-too-old",
  area: "audit",
  title: "The credential report is older than four hours",
  severities: ["medium"],
  why: "What changed since is not in it: a key that was made an hour ago is judged by nobody.",
  example: {
    before: "GeneratedTime of the report is yesterday",
    after: "a report that IAM made for this audit",
  },
  remedy: "Have IAM make a new one (GenerateCredentialReport) and audit again.",
  reference: {
    title: "IAM User Guide: credential reports",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html",
  },
  since: "0.1.0",
});

const HOUR_MS = 3_600_000;

export const reportTooOld: AccountRule = {
  declaration: REPORT_TOO_OLD,
  judge({ generatedTime, now }) {
    if (now.getTime() - generatedTime.getTime() <= AUDIT_LIMITS.reportAgeHours * HOUR_MS) return [];
    return [
      {
        severity: "medium",
        address: "credential-report",
        message: `The report was made at ${generatedTime.toISOString()}, ${reportAgeText({ generatedTime, now })} ago; what changed since is not in it.`,
        remedy: REPORT_TOO_OLD.remedy,
      },
    ];
  },
};
