import Table from "cli-table3";
import { createColors } from "picocolors";
import type { FindingReport } from "../finding";
import { type Disclosure, printable } from "../printable";
import type { Severity } from "../severity";
import { disclosedReport, summaryLine } from "./disclosed-report";
import { wrapped } from "./wrapped";

export interface TableOptions extends Disclosure {
  /** @default false */
  readonly color?: boolean;
  /** Columns of the terminal; at least 80. @default 120 */
  readonly width?: number;
}

/** The report for a person at a terminal. Text of others cannot steer the terminal. */
export function formatTable(report: FindingReport, options: TableOptions = {}): string {
  const { color = false, width = 120 } = options;
  const { title, facts, findings, muted, notChecked } = disclosedReport(report, options);
  const paint = severityColors(color);
  const fixed = [12, 24, 26];
  const columns = [...fixed, Math.max(80, width) - fixed.reduce((sum, each) => sum + each) - 5];
  // a column has a blank at each side
  const cell = (column: number, text: string) => wrapped(printable(text), (columns[column] ?? 0) - 2);
  const table = new Table({
    head: ["severity", "rule", "about", "what, and what to do"],
    colWidths: columns,
    style: { head: [], border: [] },
  });
  for (const { severity, rule, address, message, remedy, reference, environment } of findings) {
    const about = environment === undefined ? address : `${environment}: ${address}`;
    const source = reference === undefined ? "" : ` (${reference})`;
    table.push([paint(severity), cell(1, rule), cell(2, about), cell(3, `${message}${source} -> ${remedy}`)]);
  }
  return [
    printable(title),
    ...facts.map(([label, value]) => `${printable(label)}: ${printable(value)}`),
    ...(findings.length > 0 ? [table.toString()] : []),
    ...muted.map(({ finding, reason, expires }) =>
      printable(`muted until ${expires}: ${finding.severity} ${finding.rule} ${finding.address} (${reason})`),
    ),
    ...notChecked.map(({ rule, reason }) => printable(`not checked: ${rule} (${reason})`)),
    summaryLine(report),
    "",
  ].join("\n");
}

function severityColors(enabled: boolean): (severity: Severity) => string {
  const colors = createColors(enabled);
  const painters: Readonly<Record<Severity, (text: string) => string>> = {
    critical: (text) => colors.bold(colors.red(text)),
    high: colors.red,
    medium: colors.yellow,
    low: colors.cyan,
    info: colors.dim,
  };
  return (severity) => painters[severity](severity);
}
