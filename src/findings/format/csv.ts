import type { Finding, FindingReport } from "../finding";
import { type Disclosure, printable } from "../printable";
import { disclosedReport } from "./disclosed-report";

const HEADER = [
  "status",
  "severity",
  "rule",
  "environment",
  "about",
  "message",
  "remedy",
  "reference",
  "reason",
  "expires",
] as const;

/**
 * The report for a spreadsheet: one row per finding (`open`), muted finding (`muted`) and rule that was not checked
 * (`not checked`). No cell starts a formula.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function formatCsv(report: FindingReport, disclosure: Disclosure = {}): string {
  const { findings, muted, notChecked } = disclosedReport(report, disclosure);
  const rows: readonly (readonly string[])[] = [
    HEADER,
    ...findings.map((finding) => row("open", finding, "", "")),
    ...muted.map(({ finding, reason, expires }) => row("muted", finding, reason, expires)),
    ...notChecked.map(({ rule, reason }) => ["not checked", "", rule, "", "", "", "", "", reason, ""]),
  ];
  return rows.map((cells) => `${cells.map(csvCell).join(",")}\n`).join("");
}

/**
 * One cell: a text that a spreadsheet would read as a formula gets an apostrophe in front, and whatever holds a comma,
 * a quote or an apostrophe is quoted. User names may begin with `=`, `+`, `-` and `@`.
 */
export function csvCell(text: string): string {
  const shown = printable(text);
  const harmless = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(shown) ? `'${shown}` : shown;
  return /[",;'\s]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function row(status: string, finding: Finding, reason: string, expires: string): readonly string[] {
  const { severity, rule, environment = "", address, message, remedy, reference = "" } = finding;
  return [status, severity, rule, environment, address, message, remedy, reference, reason, expires];
}
