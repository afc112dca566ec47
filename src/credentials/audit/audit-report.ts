import type { NotChecked } from "../../findings/finding";
import { ROOT_ACCOUNT } from "../credential-report";
import { type AuditInput, type AuditResult, auditFinding } from "./audit-input";
import { AUDIT_LIMITS } from "./audit-rules";
import { auditedUsers } from "./audited-user";
import { auditKeys } from "./key-findings";
import { auditNightly } from "./nightly-rules";
import { auditOtherCredentials, notAsked } from "./other-credentials";
import { auditPassword } from "./password-rules";
import { auditRoot } from "./root-rules";
import { auditMissing, auditUser } from "./user-rules";

const HOUR_MS = 3_600_000;

/**
 * Judges one credential report: the rule set of the weekly function and of the command line. Pure: `now` and
 * everything IAM was asked for are arguments. What could not be judged is said in `notChecked`.
 *
 * @throws RangeError for a report without rows: no report is an error, never a clean account
 */
export function auditReport(input: AuditInput): AuditResult {
  const { rows } = input;
  if (rows.length === 0)
    throw new RangeError("audit: expected a credential report with rows, got none; fetch it again");
  const { inCharge = true } = input;
  const root = rows.find(({ user }) => user === ROOT_ACCOUNT);
  const results: AuditResult[] = [
    ...(inCharge ? [auditRoot(root, input), serverCertificates(input)] : []),
    { findings: [...auditMissing(input), ...reportAge(input)], notChecked: [] },
    notAsked(input),
  ];
  for (const user of auditedUsers(input)) {
    results.push(
      {
        findings: [
          ...auditUser(user, input),
          ...auditKeys(user, input),
          ...auditOtherCredentials(user, input),
        ],
        notChecked: [],
      },
      auditPassword(user, input),
      auditNightly(user, input),
    );
  }
  return {
    findings: results.flatMap(({ findings }) => findings),
    notChecked: once(results.flatMap(({ notChecked }) => notChecked)),
    notes: results.flatMap(({ notes = [] }) => notes),
  };
}

/** `2 h 5 min`: the age of a report, for its reader. */
export function reportAgeText({ generatedTime, now }: Pick<AuditInput, "generatedTime" | "now">): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - generatedTime.getTime()) / 60_000));
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

function reportAge(input: AuditInput) {
  const { generatedTime, now } = input;
  if (now.getTime() - generatedTime.getTime() <= AUDIT_LIMITS.reportAgeHours * HOUR_MS) return [];
  return [
    auditFinding(
      "report-too-old",
      "medium",
      "credential-report",
      `The report was made at ${generatedTime.toISOString()}, ${reportAgeText(input)} ago; what changed since is not in it.`,
      "Have IAM make a new one (GenerateCredentialReport) and audit again.",
    ),
  ];
}

function serverCertificates({ serverCertificates: certificates, now }: AuditInput): AuditResult {
  if (certificates === undefined) {
    return {
      findings: [],
      notChecked: [
        { rule: "server-certificate-expired", reason: "the account's server certificates were not listed" },
      ],
    };
  }
  return {
    findings: certificates
      .filter(({ expiration }) => expiration.getTime() <= now.getTime())
      .map(({ name, expiration }) =>
        auditFinding(
          "server-certificate-expired",
          "medium",
          `server-certificate/${name}`,
          `The server certificate expired at ${expiration.toISOString()}.`,
          "Delete it once no load balancer or distribution uses it: aws iam delete-server-certificate.",
        ),
      ),
    notChecked: [],
  };
}

function once(notChecked: readonly NotChecked[]): NotChecked[] {
  const seen = new Map(notChecked.map((entry) => [`${entry.rule}\n${entry.reason}`, entry]));
  return [...seen.values()];
}
