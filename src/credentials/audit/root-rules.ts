import { isoMoment } from "../../findings/iso-moment";
import { type CredentialReportRow, hasKey } from "../credential-report";
import { days } from "../days";
import { type AuditedRoot, type AuditInput, type AuditResult, auditFinding } from "./audit-input";
import { AUDIT_LIMITS } from "./audit-rules";

const HOUR_MS = 3_600_000;
const ROOT = "root";
const OWN_ROOT: AuditedRoot = {
  credentials: "own",
  usedWithinDays: AUDIT_LIMITS.rootUsedDays,
  acknowledgedUses: [],
};

/** The root user: MFA, no access keys, used for recovery only; or no credentials at all, where it is centrally managed. */
export function auditRoot(root: CredentialReportRow | undefined, input: AuditInput): AuditResult {
  if (root === undefined) {
    const reason = "the report has no row for the root user";
    return {
      findings: [],
      notChecked: (
        ["root-access-key", "root-without-mfa", "root-used", "root-signing-certificate"] as const
      ).map((rule) => ({ rule, reason })),
    };
  }
  const { root: declared = OWN_ROOT, generatedTime } = input;
  const use = lastUse(root, declared, generatedTime);
  const central =
    declared.credentials === "central" ? centralFindings(root) : { findings: [], notChecked: [] };
  return {
    findings: [
      ...keyFindings(root),
      ...(declared.credentials === "central" ? [] : mfaFindings(root)),
      ...(use !== undefined && use.acknowledged === undefined ? [usedFinding(use.at, declared)] : []),
      ...certificates(root),
      ...central.findings,
    ],
    notChecked: central.notChecked,
    notes: [
      ...(hasNothing(root)
        ? ["root: centrally managed: it has no password, access key, certificate or MFA device to protect"]
        : []),
      ...(use?.acknowledged === undefined
        ? []
        : [`root: used at ${use.at.toISOString()}, acknowledged: ${use.acknowledged}`]),
    ],
  };
}

/** Nothing to protect: what an organization that manages root centrally leaves of it. */
function hasNothing(root: CredentialReportRow): boolean {
  return root.passwordEnabled === false && !root.mfaActive && !holdsKeyOrCertificate(root);
}

function holdsKeyOrCertificate({ accessKeys, certificates: held }: CredentialReportRow): boolean {
  return accessKeys.some(hasKey) || held.some(({ active, lastRotated }) => active || lastRotated !== "N/A");
}

function centralFindings(root: CredentialReportRow): AuditResult {
  if (root.passwordEnabled === "not_supported" && !holdsKeyOrCertificate(root) && !root.mfaActive) {
    const reason = "this report does not tell whether root has a password";
    return { findings: [], notChecked: [{ rule: "root-has-credentials", reason }] };
  }
  const has = [
    ...(root.passwordEnabled === true ? ["a password"] : []),
    ...(root.accessKeys.some(hasKey) ? ["an access key"] : []),
    ...(root.mfaActive ? ["an MFA device"] : []),
  ];
  if (has.length === 0) return { findings: [], notChecked: [] };
  return {
    findings: [
      auditFinding(
        "root-has-credentials",
        "high",
        ROOT,
        `The environment declares root as centrally managed, but it has ${has.join(" and ")}.`,
        "Delete root's credentials from the organization's management account (sts:AssumeRoot with IAMDeleteRootUserCredentials), or declare credentials as \"own\".",
      ),
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
  if (root.mfaActive || hasNothing(root)) return [];
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

/** The last use of root within the time that is looked at, and who answers for it. */
function lastUse(root: CredentialReportRow, declared: AuditedRoot, generatedTime: Date) {
  const uses = [root.passwordLastUsed, ...root.accessKeys.map((key) => key.lastUsedDate)].filter(
    (use) => use instanceof Date,
  );
  const at = uses.sort((left, right) => right.getTime() - left.getTime())[0];
  const hours = declared.usedWithinDays * 24 + AUDIT_LIMITS.rootUsedSlackHours;
  if (at === undefined || generatedTime.getTime() - at.getTime() > hours * HOUR_MS) return undefined;
  return {
    at,
    acknowledged: declared.acknowledgedUses.find(({ until }) => at.getTime() <= endOf(until))?.reason,
  };
}

/** The moment, or the end of the day. */
function endOf(until: string): number {
  return isoMoment(until)?.getTime() ?? Date.parse(`${until}T23:59:59.999Z`);
}

function usedFinding(at: Date, { usedWithinDays }: AuditedRoot) {
  return auditFinding(
    "root-used",
    "high",
    ROOT,
    `The root user was used at ${at.toISOString()}, within ${days(usedWithinDays)} before the report.`,
    `Ask who recovered what, and write it down: root.acknowledgedUses: [{ until: "${at.toISOString().replace(".000Z", "Z")}", reason: "..." }]. If nobody did, treat it as a breach: change the password and look at CloudTrail.`,
  );
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
