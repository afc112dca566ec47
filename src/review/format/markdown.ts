import { markdownCode, markdownText } from "../../findings/format/markdown-text";
import { printable } from "../../findings/printable";
import { CATEGORIES, type ReviewFinding } from "../review-finding";
import { type EnvironmentRow, type ReviewReport, verdictOf } from "../review-report";
import { type ReviewDisclosure, shownReport } from "./shown-report";
import { environmentsText } from "./terminal";

/** By it a workflow finds its own comment again. */
export const REVIEW_MARKER = "<!-- iam-baseline-review -->";

/** GitHub refuses comments of 65,536 characters and more. */
const LONGEST = 65_000;

/**
 * The review as one pull-request comment or job summary: marker, verdict, matrix, and the findings with their diffs
 * folded, worst first. Too long, what comes last is left out and counted; the verdict never.
 */
export function formatReviewMarkdown(report: ReviewReport, disclosure: ReviewDisclosure = {}): string {
  const shown = shownReport(report, disclosure);
  const head = [
    REVIEW_MARKER,
    "## Access review",
    "",
    `**${markdownText(verdictOf(report))}**`,
    "",
    ...matrix(shown.rows),
    "",
    "",
  ].join("\n");
  const tail = digests(shown);
  const blocks = [
    ...shown.findings.map(findingBlock),
    ...list(
      "Also changed (less access, or ordinary)",
      shown.notes.map((note) => `${environmentsText(note)}${note.message}`),
    ),
    ...list(
      "Accepted by the environment",
      shown.muted.map(
        ({ finding, reason, expires }) =>
          `${finding.severity} ${finding.rule} ${finding.address} until ${expires}: ${reason}`,
      ),
    ),
    ...list(
      "Not known before the apply, or not judged",
      shown.unknown.map(({ environments, text }) => `${environments.join(", ")}: ${text}`),
    ),
    ...list("Not checked", shown.notChecked),
  ];
  return fitted(head, blocks, tail);
}

function fitted(head: string, blocks: readonly string[], tail: string): string {
  const note = (count: number) =>
    `\n*${count} more left out: the comment would be too long. The job's log has them all.*\n`;
  const room = LONGEST - tail.length - note(blocks.length).length;
  let text = cut(head, room);
  let used = 0;
  for (const block of blocks) {
    if (text.length + block.length + 1 > room) break;
    text += `${block}\n`;
    used++;
  }
  if (used < blocks.length) text += note(blocks.length - used);
  return `${text}${tail}`;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}\n`;
}

const MOST_ROWS = 60;

function matrix(rows: readonly EnvironmentRow[]): readonly string[] {
  if (rows.length === 0) return [];
  const used = CATEGORIES.filter((category) => rows.some(({ counts }) => counts[category] > 0));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(["environment", "change", "worst", ...used, "told", "accepted", "unknown"]),
    line(Array.from({ length: 6 + used.length }, () => "---")),
    ...rows
      .slice(0, MOST_ROWS)
      .map(({ environments, status, worst, counts, notes, muted, unknown }) =>
        line([
          environments.slice(0, 12).map(markdownCode).join(", ") +
            (environments.length > 12 ? ` and ${environments.length - 12} more` : ""),
          status,
          worst ?? "none",
          ...used.map((category) => String(counts[category])),
          String(notes),
          String(muted),
          String(unknown),
        ]),
      ),
    ...(rows.length > MOST_ROWS ? [`\n${rows.length - MOST_ROWS} more environments`] : []),
  ];
}

function findingBlock(finding: ReviewFinding): string {
  const { severity, rule, address, message, remedy, evidence = [] } = finding;
  return [
    `### ${severity}: ${markdownText(`${environmentsText(finding)}${message}`)}`,
    "",
    `${markdownCode(address)} · ${markdownCode(rule)} · ${markdownText(remedy)}`,
    ...(evidence.length === 0
      ? []
      : ["", "<details><summary>What differs</summary>", "", ...diffBlock(evidence), "", "</details>"]),
    "",
  ].join("\n");
}

/** A fence longer than any run of back-ticks in it: nothing inside can end it. */
function diffBlock(lines: readonly string[]): readonly string[] {
  const shown = lines.map((line) => printable(line).slice(0, 600));
  const longest = Math.max(
    2,
    ...shown.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)),
  );
  const fence = "`".repeat(longest + 1);
  return [`${fence}diff`, ...shown, fence];
}

const MOST_ITEMS = 50;

function list(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const more = items.length > MOST_ITEMS ? [`- … and ${items.length - MOST_ITEMS} more`] : [];
  return [
    [
      `<details><summary>${title} (${items.length})</summary>`,
      "",
      ...items.slice(0, MOST_ITEMS).map((item) => `- ${markdownText(item.slice(0, 400))}`),
      ...more,
      "",
      "</details>",
      "",
    ].join("\n"),
  ];
}

function digests({ sources }: ReviewReport): string {
  const lines = sources
    .slice(0, 40)
    .map(({ file, digest }) => `- ${markdownCode(file.slice(-200))}: \`${digest}\``);
  if (lines.length === 0) return "";
  return [
    "<details><summary>What was reviewed (content digests)</summary>",
    "",
    ...lines,
    "",
    "</details>",
    "",
  ].join("\n");
}
