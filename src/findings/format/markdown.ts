import type { Finding, FindingReport } from "../finding";
import type { Disclosure } from "../printable";
import { disclosedReport, summaryLine } from "./disclosed-report";
import { markdownCode, markdownText } from "./markdown-text";

/** The report for a comment, an issue or a job summary. */
export function formatMarkdown(report: FindingReport, disclosure: Disclosure = {}): string {
  const { title, facts, findings, muted, notChecked } = disclosedReport(report, disclosure);
  return [
    `## ${markdownText(title)}`,
    "",
    `**${summaryLine(report)}**`,
    "",
    ...facts.map(([label, value]) => `- ${markdownText(label)}: ${markdownText(value)}`),
    ...section(findings.length > 0, "", [
      "| severity | rule | about | what | what to do |",
      "| --- | --- | --- | --- | --- |",
      ...findings.map(row),
    ]),
    ...section(muted.length > 0, "### Muted", [
      "| severity | rule | about | reason | until |",
      "| --- | --- | --- | --- | --- |",
      ...muted.map(({ finding, reason, expires }) =>
        cells(
          finding.severity,
          markdownCode(finding.rule),
          about(finding),
          markdownText(reason),
          markdownText(expires),
        ),
      ),
    ]),
    ...section(
      notChecked.length > 0,
      "### Not checked",
      notChecked.map(({ rule, reason }) => `- ${markdownCode(rule)}: ${markdownText(reason)}`),
    ),
    "",
  ].join("\n");
}

function section(there: boolean, heading: string, lines: readonly string[]): readonly string[] {
  if (!there) return [];
  return heading === "" ? ["", ...lines] : ["", heading, "", ...lines];
}

function row(finding: Finding): string {
  const source = finding.reference === undefined ? "" : ` (${finding.reference})`;
  return cells(
    finding.severity,
    markdownCode(finding.rule),
    about(finding),
    markdownText(`${finding.message}${source}`),
    markdownText(finding.remedy),
  );
}

function about({ environment, address }: Finding): string {
  return markdownCode(environment === undefined ? address : `${environment}: ${address}`);
}

function cells(...texts: readonly string[]): string {
  return `| ${texts.join(" | ")} |`;
}
