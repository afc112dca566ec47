import { type CredentialReportRow, hasKey } from "../credential-report";
import type { AuditedRoot } from "./audit-input";
import { AUDIT_LIMITS } from "./audit-limits";

/** Where an environment says nothing of its account's root user. */
export const OWN_ROOT: AuditedRoot = {
  credentials: "own",
  usedWithinDays: AUDIT_LIMITS.rootUsedDays,
  acknowledgedUses: [],
};

/** Nothing to protect: what an organization that manages root centrally leaves of it. */
export function hasNoCredentials(root: CredentialReportRow): boolean {
  return root.passwordEnabled === false && !root.mfaActive && !holdsKeyOrCertificate(root);
}

export function holdsKeyOrCertificate({ accessKeys, certificates }: CredentialReportRow): boolean {
  return (
    accessKeys.some(hasKey) || certificates.some(({ active, lastRotated }) => active || lastRotated !== "N/A")
  );
}
