import type { FindingReport } from "../finding";
import { type Disclosure, printableJson } from "../printable";
import { disclosedReport } from "./disclosed-report";

/** The report as JSON: `{ title, facts, findings, muted, notChecked }`. */
export function formatJson(report: FindingReport, disclosure: Disclosure = {}): string {
  const { title, facts, findings, muted, notChecked } = disclosedReport(report, disclosure);
  return `${printableJson({ title, facts: Object.fromEntries(facts), findings, muted, notChecked })}\n`;
}
