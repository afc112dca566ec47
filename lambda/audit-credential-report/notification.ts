import { reportAgeText } from "../../src/credentials/audit/report-age";
import type { Finding, MutedFinding, NotChecked } from "../../src/findings/finding";
import { SEVERITIES } from "../../src/findings/severity";
import type { Notification } from "../runtime/publish";

/** Findings in a message; the log has all of them. */
const MAX_FINDINGS = 40;

/** One audit, ready to be told. */
export interface AuditOutcome {
  readonly environment: string;
  /** In order, worst first. */
  readonly findings: readonly Finding[];
  readonly muted: readonly MutedFinding[];
  readonly notChecked: readonly NotChecked[];
  readonly notes: readonly string[];
  /** What IAM did not answer. */
  readonly unanswered: readonly string[];
  readonly generatedTime: Date;
  readonly now: Date;
}

/** What to tell people every week, also when there is nothing to find: silence would look like an audit that never ran. */
export function notificationOf(outcome: AuditOutcome): Notification {
  const { environment, findings, muted, notChecked, notes, unanswered, generatedTime } = outcome;
  const rest = findings.length - MAX_FINDINGS;
  return {
    subject: `[${environment}] credential audit: ${summaryOf(findings)}`,
    message: [
      `Credential audit of environment ${environment}: ${summaryOf(findings)}`,
      `Report made at ${generatedTime.toISOString()}, ${reportAgeText(outcome)} before the audit`,
      ...findings.slice(0, MAX_FINDINGS).flatMap(findingLines),
      ...(rest > 0 ? ["", `and ${rest} more, see the log`] : []),
      ...section("To know", notes),
      ...section(
        "Accepted",
        muted.map(
          ({ finding, reason, expires }) => `${finding.rule} ${finding.address} until ${expires}: ${reason}`,
        ),
      ),
      ...section(
        "Not checked",
        notChecked.map(({ rule, reason }) => `${rule}: ${reason}`),
      ),
      ...section("IAM did not answer", unanswered),
    ].join("\n"),
  };
}

/** What to tell where there is no audit to tell of. */
export function failureOf(environment: string, because: string): Notification {
  return {
    subject: `[${environment}] credential audit: could not be made`,
    message: [
      `The credential audit of environment ${environment} could not be made, so nothing is known of its credentials.`,
      because,
      "Lambda tries once more; by hand: baseline audit",
    ].join("\n"),
  };
}

/** `2 critical, 1 low`, or `nothing found`. */
function summaryOf(findings: readonly Finding[]): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return counts.length === 0 ? "nothing found" : counts.join(", ");
}

function findingLines({ rule, severity, address, message, remedy, reference }: Finding): readonly string[] {
  return [
    "",
    `${severity.toUpperCase()} ${rule} ${address}${reference === undefined ? "" : ` (${reference})`}`,
    message,
    `-> ${remedy}`,
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return ["", `${title}:`, ...lines.slice(0, MAX_FINDINGS).map((line) => `- ${line}`)];
}
