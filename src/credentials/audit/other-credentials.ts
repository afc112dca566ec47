import type { Finding } from "../../findings/finding";
import { type AuditInput, type AuditResult, auditFinding } from "./audit-input";
import type { AuditedUser } from "./audited-user";

/** Credentials that the report has no columns for, and AWS's own quarantine. */
export function auditOtherCredentials(
  { row, address }: AuditedUser,
  { quarantined = {}, otherCredentials }: AuditInput,
): Finding[] {
  const found: Finding[] = [];
  const policy = own(quarantined, row.user);
  if (policy !== undefined) {
    found.push(
      auditFinding(
        "user-quarantined",
        "critical",
        address,
        `AWS has attached ${policy} to the user: it found an access key of his where others can read it.`,
        'Respond now: baseline respond NAME --reason "leaked key" ends keys and sessions. The owner himself cannot: the quarantine denies it. Take the quarantine away only with a new key in place.',
      ),
    );
  }
  const keys = own(otherCredentials?.sshPublicKeys, row.user) ?? 0;
  if (keys > 0) {
    found.push(
      auditFinding(
        "ssh-public-key-active",
        "medium",
        address,
        `The user has ${keys} active SSH public key${keys === 1 ? "" : "s"} for CodeCommit, a credential that no rule ends.`,
        "Deactivate it: aws iam update-ssh-public-key --status Inactive; delete it when nobody misses it.",
      ),
    );
  }
  const services = own(otherCredentials?.serviceSpecific, row.user) ?? [];
  if (services.length > 0) {
    found.push(
      auditFinding(
        "service-specific-credential-active",
        "high",
        address,
        `The user has an active service-specific credential for ${[...services].sort().join(" and ")}: a password or API key that needs no signature, no MFA and no network, and that no rule ends.`,
        "Deactivate it: aws iam update-service-specific-credential --status Inactive; delete it when nobody misses it.",
      ),
    );
  }
  return found;
}

/** What nobody asked IAM for is not clean. */
export function notAsked({ quarantined, quarantineNotAsked, otherCredentials }: AuditInput): AuditResult {
  const reason = otherCredentials?.notAsked.join("; ") || "the credential report does not tell it";
  return {
    findings: [],
    notChecked: [
      ...(quarantined === undefined
        ? [
            {
              rule: "user-quarantined",
              reason: quarantineNotAsked ?? "IAM was not asked who holds AWS's quarantine policies",
            },
          ]
        : []),
      ...(otherCredentials?.sshPublicKeys === undefined ? [{ rule: "ssh-public-key-active", reason }] : []),
      ...(otherCredentials?.serviceSpecific === undefined
        ? [{ rule: "service-specific-credential-active", reason }]
        : []),
    ],
  };
}

function own<Value>(record: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
