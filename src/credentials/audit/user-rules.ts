import type { Finding } from "../../findings/finding";
import { ROOT_ACCOUNT } from "../credential-report";
import { days, wholeDays } from "../days";
import { type AuditInput, auditFinding } from "./audit-input";
import { AUDIT_LIMITS } from "./audit-rules";
import { type AuditedUser, activeKeys, heldKeys } from "./audited-user";

/** Who is there at all, signing certificates, and break-glass. */
export function auditUser(user: AuditedUser, input: AuditInput): Finding[] {
  return [...unmanaged(user, input), ...signingCertificates(user), ...breakGlass(user, input.generatedTime)];
}

/** Declared users that the account does not have: deleted by hand, or never deployed. */
export function auditMissing({ declared, rows }: AuditInput): Finding[] {
  const there = new Set(rows.map(({ user }) => user).filter((user) => user !== ROOT_ACCOUNT));
  return declared
    .filter(({ userName }) => !there.has(userName))
    .map(({ userName, kind }) =>
      auditFinding(
        "declared-user-missing",
        "low",
        `user/${userName}`,
        `The environment declares this ${kind} user, but the report does not list it.`,
        "Deploy the environment, or wait for a newer report if the user is younger than this one.",
      ),
    );
}

function unmanaged(
  { row, address, path, declaredAs, declaredPath }: AuditedUser,
  { neighbours = [] }: AuditInput,
): Finding[] {
  if (declaredAs !== undefined || neighbours.some(({ root }) => path.startsWith(root))) return [];
  const usable = row.passwordEnabled === true || activeKeys(row).length > 0;
  return [
    auditFinding(
      "unmanaged-user",
      usable ? "high" : "medium",
      address,
      declaredPath === undefined
        ? `The environment declares no such user; it ${usable ? "has credentials that work" : "has no working credentials"}, path ${path}.`
        : `The environment declares this user under ${declaredPath}, but it is under ${path}, where no rule or guard expects it.`,
      "Declare it in the environment and import it, or delete it: aws iam delete-user.",
    ),
  ];
}

function signingCertificates({ row, address }: AuditedUser): Finding[] {
  if (!row.certificates.some(({ active }) => active)) return [];
  return [
    auditFinding(
      "signing-certificate-active",
      "medium",
      address,
      "The user has an active signing certificate, a credential that no rule ends.",
      "Deactivate it: aws iam update-signing-certificate --status Inactive; delete it when nobody misses it.",
    ),
  ];
}

function breakGlass({ row, address, declaredAs, pathKind }: AuditedUser, at: Date): Finding[] {
  if (declaredAs !== "break-glass" && pathKind !== "break-glass") return [];
  const found: Finding[] = [];
  if (activeKeys(row).length > 0) {
    found.push(
      auditFinding(
        "break-glass-key-active",
        "medium",
        address,
        "The break-glass user has an active access key, which no run ends.",
        "Deactivate it when the emergency is over, or accept the finding for as long as the ticket runs.",
      ),
    );
  }
  const uses = [row.passwordLastUsed, ...heldKeys(row).map((key) => key.lastUsedDate)].filter(
    (use) => use instanceof Date,
  );
  const last = uses.sort((left, right) => right.getTime() - left.getTime())[0];
  if (last !== undefined && wholeDays(last, at) <= AUDIT_LIMITS.breakGlassUsedDays) {
    found.push(
      auditFinding(
        "break-glass-used",
        "high",
        address,
        `The break-glass user was used ${days(wholeDays(last, at))} before the report, at ${last.toISOString()}.`,
        "Ask for the ticket; if there is none, deactivate the key and treat it as a breach.",
      ),
    );
  }
  return found;
}
