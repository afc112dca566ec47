import { days, wholeDays } from "../days";
import { type AuditInput, type AuditResult, auditFinding } from "./audit-input";
import { AUDIT_LIMITS } from "./audit-rules";
import type { AuditedUser } from "./audited-user";

/** Passwords: nobody of the baseline has one. */
export function auditPassword(user: AuditedUser, { generatedTime }: AuditInput): AuditResult {
  const { row, address } = user;
  if (row.passwordEnabled !== true) return { findings: [], notChecked: [] };
  const kind = user.declaredAs ?? user.pathKind;
  const findings = [
    auditFinding(
      "password-enabled",
      kind === "device" || kind === "ci" ? "critical" : "high",
      address,
      `The ${kind ?? "unmanaged"} user has a password for the console; users of this baseline have none.`,
      "Delete the login profile: aws iam delete-login-profile --user-name NAME. Find out who made it.",
    ),
  ];
  if (!row.mfaActive) {
    findings.push(
      auditFinding(
        "password-without-mfa",
        "high",
        address,
        "The user signs in to the console with a password alone, without MFA.",
        "Delete the login profile, or enrol an MFA device for the user today.",
      ),
    );
  }
  if (row.passwordNextRotation === "N/A") {
    findings.push(
      auditFinding(
        "password-never-expires",
        "medium",
        address,
        "No password policy ever makes the user's password expire.",
        "Delete the login profile, or set a maximum age in the account's password policy.",
      ),
    );
  }
  const [last, never] = lastSignIn(user);
  const idle = last === undefined ? undefined : wholeDays(last, generatedTime);
  if (idle !== undefined && idle >= AUDIT_LIMITS.unusedDays) {
    findings.push(
      auditFinding(
        "password-unused",
        "medium",
        address,
        never
          ? `The user's password was never used in the ${days(idle)} since it was set.`
          : `The user's password has not been used for ${days(idle)}.`,
        "Delete the login profile.",
      ),
    );
  }
  return {
    findings,
    notChecked:
      row.passwordNextRotation === "not_supported"
        ? [
            {
              rule: "password-never-expires",
              reason: `the report does not say when the password of ${address} expires`,
            },
          ]
        : [],
  };
}

/** The last use of the password, else when it was set; and whether it was never used. */
function lastSignIn({ row }: AuditedUser): readonly [Date | undefined, boolean] {
  if (row.passwordLastUsed instanceof Date) return [row.passwordLastUsed, false];
  return [row.passwordLastChanged instanceof Date ? row.passwordLastChanged : undefined, true];
}
