import { createColors } from "picocolors";
import { printable } from "../../findings/printable";
import type { Severity } from "../../findings/severity";
import { CATEGORIES, type ReviewFinding } from "../review-finding";
import { type ReviewReport, verdictOf } from "../review-report";
import { type ReviewDisclosure, shownReport } from "./shown-report";

export interface TerminalOptions extends ReviewDisclosure {
  /** @default false */
  readonly color?: boolean;
}

/** Less access and unknowns beyond this are counted: the findings are what matters. */
const MOST_NOTES = 30;

/** The review for a person at a terminal: verdict, matrix, findings with their evidence. */
export function formatReviewTerminal(report: ReviewReport, options: TerminalOptions = {}): string {
  const colors = createColors(options.color ?? false);
  const { findings, notes, muted, unknown, rows, sources, notChecked } = shownReport(report, options);
  const paint: Readonly<Record<Severity, (text: string) => string>> = {
    critical: (text) => colors.bold(colors.red(text)),
    high: colors.red,
    medium: colors.yellow,
    low: colors.cyan,
    info: colors.dim,
  };
  const lines: string[] = [colors.bold(verdictOf(report)), ""];
  for (const { environments, status, worst, counts, notes: told, muted: set, unknown: open } of rows) {
    const numbers = CATEGORIES.filter((category) => counts[category] > 0).map(
      (name) => `${counts[name]} ${name}`,
    );
    const rest = [
      ...(told > 0 ? [`${told} told`] : []),
      ...(set > 0 ? [`${set} accepted`] : []),
      ...(open > 0 ? [`${open} unknown`] : []),
    ];
    const state = worst === undefined ? status : `${status}, ${paint[worst](worst)}`;
    lines.push(
      `${printable(environments.join(", "))}: ${state}${[...numbers, ...rest].map((text) => `; ${text}`).join("")}`,
    );
  }
  lines.push("");
  for (const finding of findings) {
    lines.push(
      `${paint[finding.severity](finding.severity)}  ${printable(`${environmentsText(finding)}${finding.message}`)}`,
    );
    lines.push(`    ${printable(finding.address)}  [${finding.rule}]`);
    for (const line of finding.evidence ?? []) {
      const text = `    ${printable(line)}`;
      lines.push(line.startsWith("+") ? colors.green(text) : line.startsWith("-") ? colors.red(text) : text);
    }
    lines.push(`    -> ${printable(finding.remedy)}`, "");
  }
  const section = (title: string, texts: readonly string[]) => {
    if (texts.length === 0) return;
    lines.push(colors.bold(title), ...texts.slice(0, MOST_NOTES).map((text) => `  ${printable(text)}`));
    if (texts.length > MOST_NOTES) lines.push(`  … and ${texts.length - MOST_NOTES} more`);
    lines.push("");
  };
  section(
    "Also changed (less access, or ordinary):",
    notes.map((note) => `${environmentsText(note)}${note.message}`),
  );
  section(
    "Accepted by the environment:",
    muted.map(
      ({ finding, reason, expires }) =>
        `${finding.severity} ${finding.rule} ${finding.address} until ${expires}: ${reason}`,
    ),
  );
  section(
    "Not known before the apply, or not judged:",
    unknown.map(({ environments, text }) => `${environments.join(", ")}: ${text}`),
  );
  section("Not checked:", notChecked);
  section(
    "Reviewed:",
    sources.map(({ file, digest }) => `${digest}  ${file}`),
  );
  return `${lines.join("\n").trimEnd()}\n`;
}

export function environmentsText({ environments }: ReviewFinding): string {
  return environments.length === 0 ? "" : `${environments.join(", ")}: `;
}
