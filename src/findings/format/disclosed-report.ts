import { type Finding, type FindingReport, sortFindings } from "../finding";
import { type Disclosure, disclose } from "../printable";
import { SEVERITIES } from "../severity";

/** The report in its stable order, with every text as `disclosure` allows it: what all formatters start from. */
export function disclosedReport(report: FindingReport, disclosure: Disclosure): FindingReport {
  const shown = (text: string) => disclose(text, disclosure);
  const finding = (found: Finding): Finding => ({
    ...found,
    address: shown(found.address),
    message: shown(found.message),
    remedy: shown(found.remedy),
    ...(found.evidence === undefined ? {} : { evidence: found.evidence.map(shown) }),
  });
  return {
    title: shown(report.title),
    facts: report.facts.map(([label, value]) => [label, shown(value)] as const),
    findings: sortFindings(report.findings.map(finding)),
    muted: report.muted.map((muted) => ({
      ...muted,
      finding: finding(muted.finding),
      reason: shown(muted.reason),
    })),
    notChecked: report.notChecked.map(({ rule, reason }) => ({ rule, reason: shown(reason) })),
  };
}

/** `3 findings: 1 critical, 2 medium; 1 muted; 2 not checked`. What was not checked is never left out. */
export function summaryLine({ findings, muted, notChecked }: FindingReport): string {
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  })).filter(({ count }) => count > 0);
  const list = counts.map(({ severity, count }) => `${count} ${severity}`).join(", ");
  const found =
    findings.length === 0
      ? "no findings"
      : `${findings.length} finding${findings.length === 1 ? "" : "s"}: ${list}`;
  return [
    found,
    ...(muted.length > 0 ? [`${muted.length} muted`] : []),
    ...(notChecked.length > 0 ? [`${notChecked.length} not checked`] : []),
  ].join("; ");
}
