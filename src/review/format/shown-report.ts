import type { Finding, FindingReport } from "../../findings/finding";
import { redact } from "../../findings/mask";
import { type ReviewReport, verdictOf } from "../review-report";
import { masked } from "./masked";

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
    return mask ? masked(redact(short)) : redact(short);
  };
  const finding = <T extends Finding>(one: T): T => ({
    ...one,
    address: shown(one.address),
    message: shown(one.message),
    remedy: shown(one.remedy),
    ...(one.evidence && { evidence: one.evidence.map(shown) }),
    ...("subjects" in one && { subjects: (one as { subjects: readonly string[] }).subjects.map(shown) }),
  });
  return {
    ...report,
    findings: report.findings.map(finding),
    notes: report.notes.map(finding),
    muted: report.muted.map((one) => ({ ...one, finding: finding(one.finding), reason: shown(one.reason) })),
    unknown: report.unknown.map((one) => ({ ...one, text: shown(one.text) })),
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
