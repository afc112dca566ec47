import type { Finding, FindingReport } from "../../findings/finding";
import { maskPrivate, redact } from "../../findings/mask";
import { type ReviewReport, verdictOf } from "../review-report";

/** Texts of others are cut here: a name or a message of a megabyte is nobody's reading. */
const LONGEST = 2_000;

export interface ReviewDisclosure {
  /** Hide account ids, networks and e-mail addresses. @default false */
  readonly mask?: boolean;
}

/** The report with every text as the disclosure allows it, and none too long. */
export function shownReport(report: ReviewReport, { mask = false }: ReviewDisclosure): ReviewReport {
  const shown = (text: string): string => {
    const short =
      text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length - LONGEST} more characters)` : text;
    return mask ? maskPrivate(redact(short)) : redact(short);
  };
  const shownFinding = <T extends Finding>(finding: T): T => ({
    ...finding,
    address: shown(finding.address),
    message: shown(finding.message),
    remedy: shown(finding.remedy),
    ...(finding.evidence && { evidence: finding.evidence.map(shown) }),
    ...("subjects" in finding && {
      subjects: (finding as { subjects: readonly string[] }).subjects.map(shown),
    }),
  });
  return {
    ...report,
    findings: report.findings.map(shownFinding),
    notes: report.notes.map(shownFinding),
    muted: report.muted.map((muted) => ({
      ...muted,
      finding: shownFinding(muted.finding),
      reason: shown(muted.reason),
    })),
    unknown: report.unknown.map((fact) => ({ ...fact, text: shown(fact.text) })),
    notChecked: report.notChecked.map(shown),
  };
}

/** For the formatters that all commands share. */
export function findingReport(report: ReviewReport): FindingReport {
  return {
    title: "Review of access changes",
    facts: [["Verdict", verdictOf(report)] as const],
    findings: report.findings,
    muted: report.muted,
    notChecked: [
      ...report.unknown.map(({ text, environments }) => ({
        rule: "unknown-until-apply",
        reason: `${environments.join(", ")}: ${text}`,
      })),
      ...report.notChecked.map((reason) => ({ rule: "review", reason })),
    ],
  };
}
