import { type CredentialReportRow, hasKey } from "../credential-report";
import { type AuditInput, type AuditResult, auditFinding } from "./audit-input";
import { AUDIT_LIMITS } from "./audit-rules";

const HOUR_MS = 3_600_000;
const ROOT = "root";

/** The root user: MFA, no access keys, used for recovery only. */
export function auditRoot(root: CredentialReportRow | undefined, { generatedTime }: AuditInput): AuditResult {
  if (root === undefined) {
    const reason = "the report has no row for the root user";
    return {
      findings: [],
      notChecked: (
        ["root-access-key", "root-without-mfa", "root-used", "root-signing-certificate"] as const
      ).map((rule) => ({ rule, reason })),
    };
  }
  return {
    findings: [
      ...keyFindings(root),
      ...mfaFindings(root),
      ...useFindings(root, generatedTime),
      ...certificates(root),
    ],
    notChecked: [],
  };
}

function keyFindings(root: CredentialReportRow) {
  return root.accessKeys
    .filter(hasKey)
    .map(({ active }) =>
      auditFinding(
        "root-access-key",
        active ? "critical" : "high",
        ROOT,
        `The root user has an ${active ? "active" : "inactive"} access key; no policy limits what it may do.`,
        active
          ? "Find out who uses it, deactivate it, and delete it as root in the console."
          : "Delete it as root in the console.",
      ),
    );
}

function mfaFindings(root: CredentialReportRow) {
  if (root.mfaActive) return [];
  return [
    auditFinding(
      "root-without-mfa",
      "critical",
      ROOT,
      "The root user has no MFA device.",
      "Sign in as root and enrol one, best a hardware device that is kept apart from the password.",
    ),
  ];
}

function useFindings(root: CredentialReportRow, generatedTime: Date) {
  const uses = [root.passwordLastUsed, ...root.accessKeys.map((key) => key.lastUsedDate)].filter(
    (use) => use instanceof Date,
  );
  const last = uses.sort((left, right) => right.getTime() - left.getTime())[0];
  if (last === undefined || generatedTime.getTime() - last.getTime() > AUDIT_LIMITS.rootUsedHours * HOUR_MS)
    return [];
  return [
    auditFinding(
      "root-used",
      "high",
      ROOT,
      `The root user was used at ${last.toISOString()}, within ${AUDIT_LIMITS.rootUsedHours} h before the report.`,
      "Ask who recovered what; if nobody did, treat it as a breach: change the password and look at CloudTrail.",
    ),
  ];
}

function certificates(root: CredentialReportRow) {
  if (!root.certificates.some(({ active }) => active)) return [];
  return [
    auditFinding(
      "root-signing-certificate",
      "high",
      ROOT,
      "The root user has an active signing certificate, a credential like a key.",
      "Deactivate and delete it as root in the console.",
    ),
  ];
}
