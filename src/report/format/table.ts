import { createColors } from "picocolors";
import { redact } from "../../findings/mask";
import { printable } from "../../findings/printable";
import type { AccessReport } from "../access-report";
import type { DocumentCell, Line, ReportDocument, Section, Tone } from "../document";
import { environmentDocument } from "../environment-document";
import { fitted } from "./column-widths";
import { wrapped } from "./wrap";

export interface TableOptions {
  /** @default false */
  readonly color?: boolean;
  /** Columns of the terminal; less than 80 is taken as 80. @default 118 */
  readonly width?: number;
}

/** The report for a person at a terminal. No text of others can steer the terminal. */
export function formatAccessTable(report: AccessReport, options: TableOptions = {}): string {
  return `${report.environments.map((environment) => documentTable(environmentDocument(environment), options)).join("\n")}`;
}

type Paint = (text: string, tone: Tone | undefined) => string;

/** Sections below each other, columns aligned, nothing but spaces between them. */
export function documentTable(
  document: ReportDocument,
  { color = false, width = 118 }: TableOptions = {},
): string {
  const colors = createColors(color);
  const paint = painter(colors);
  const columns = Math.max(80, Math.min(width, 140));
  const title = safe(document.title);
  return [
    colors.bold(title),
    colors.dim("=".repeat(Math.min(columns, title.length))),
    ...document.notes.flatMap((note) => wrapped(safe(note), columns)),
    ...document.sections.flatMap((section) => ["", ...sectionLines(section, columns, colors, paint)]),
    "",
  ].join("\n");
}

const INDENT = "  ";
const GAP = 2;

function sectionLines(
  section: Section,
  width: number,
  colors: ReturnType<typeof createColors>,
  paint: Paint,
): readonly string[] {
  const caption = section.caption === undefined ? "" : ` - ${section.caption}`;
  const heading = wrapped(`${section.title}${caption}`, width).map((text, index) =>
    index === 0
      ? `${colors.bold(text.slice(0, section.title.length))}${colors.dim(text.slice(section.title.length))}`
      : colors.dim(text),
  );
  if (section.rows.length === 0) {
    return [
      ...heading,
      ...wrapped(safe(section.otherwise), width - GAP).map((text) => INDENT + colors.dim(text)),
    ];
  }
  const rows = section.rows.map((row) => row.map(safeCell));
  const header = section.columns.map((title): DocumentCell => [{ text: title }]);
  const available = width - INDENT.length - GAP * (section.columns.length - 1);
  const widths = fitted([header, ...rows], available);
  return [
    ...heading,
    ...rowLines(header, widths, (text) => colors.dim(text)),
    ...rows.flatMap((row) => rowLines(row, widths, paint)),
  ];
}

function rowLines(row: readonly DocumentCell[], widths: readonly number[], paint: Paint): readonly string[] {
  const cells = row.map((cell, column) =>
    cell.flatMap(({ text, tone }) =>
      wrapped(text, widths[column] ?? 1).map((part) => ({ text: part, tone })),
    ),
  );
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, index) => {
    const parts = cells.map((lines, column) => {
      const { text = "", tone } = lines[index] ?? {};
      const padding = " ".repeat(Math.max(0, (widths[column] ?? 0) - [...text].length));
      return `${text === "" ? "" : paint(text, tone)}${padding}`;
    });
    return `${INDENT}${parts.join(" ".repeat(GAP))}`.trimEnd();
  });
}

function safeCell(cell: DocumentCell): DocumentCell {
  return cell.map((line): Line => ({ ...line, text: safe(line.text) }));
}

function safe(text: string): string {
  return printable(redact(text));
}

function painter(colors: ReturnType<typeof createColors>): Paint {
  const painters: Readonly<Record<Tone, (text: string) => string>> = {
    alarm: colors.red,
    weak: colors.yellow,
    good: colors.green,
    open: colors.magenta,
    quiet: colors.dim,
    name: colors.bold,
  };
  return (text, tone) => (tone === undefined ? text : painters[tone](text));
}
