import { markdownText } from "../../findings/format/markdown-text";
import { redact } from "../../findings/mask";
import type { AccessReport } from "../access-report";
import type { DocumentCell, ReportDocument, Section } from "../document";
import { environmentDocument } from "../environment-document";

/** The report for a comment, an issue or a page: one heading an environment, one table a section. */
export function formatAccessMarkdown(report: AccessReport): string {
  return report.environments
    .map((environment) => documentMarkdown(environmentDocument(environment)))
    .join("\n");
}

export function documentMarkdown({ title, notes, sections }: ReportDocument): string {
  return [
    `## ${safe(title)}`,
    "",
    ...notes.flatMap((note) => [safe(note), ""]),
    ...sections.flatMap(sectionLines),
  ].join("\n");
}

function sectionLines({ title, caption, columns, rows, otherwise }: Section): readonly string[] {
  const head = [`### ${safe(title)}`, "", ...(caption === undefined ? [] : [`${safe(caption)}.`, ""])];
  if (rows.length === 0) return [...head, `_${safe(otherwise)}_`, ""];
  return [
    ...head,
    row(columns.map(safe)),
    row(columns.map(() => "---")),
    ...rows.map((cells) => row(cells.map(cellText))),
    "",
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function cellText(cell: DocumentCell): string {
  return cell
    .filter(({ text }) => text !== "")
    .map(({ text, tone }) => (tone === "alarm" ? `**${safe(text)}**` : safe(text)))
    .join("<br>");
}

function safe(text: string): string {
  return markdownText(redact(text));
}
