import Table from "cli-table3";
import { markdownCode, markdownText } from "../findings/format/markdown-text";
import { printable, printableJson } from "../findings/printable";

/** A result of rows, in one form for people, comments and programs. */
export interface Listing {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** After the rows, one line each. */
  readonly notes: readonly string[];
}

export const LISTING_FORMATS = ["table", "json", "markdown"] as const;
export type ListingFormat = (typeof LISTING_FORMATS)[number];

/** @param data what `json` shows in place of the listing's words */
export function formatListing(
  listings: readonly Listing[],
  data: unknown,
  format: ListingFormat,
  columns: number | undefined,
): string {
  if (format === "json") return `${printableJson(data)}\n`;
  return listings.map(format === "table" ? (one) => table(one, columns) : markdown).join("\n");
}

function table({ title, facts, head, rows, notes }: Listing, columns: number | undefined): string {
  const text = new Table({
    head: [...head],
    style: { head: [], border: [] },
    wordWrap: true,
    wrapOnWordBoundary: false,
    colWidths: widths(head, rows, columns),
  });
  for (const row of rows) text.push(row.map(printable));
  return [
    printable(title),
    ...facts.map(([label, value]) => `${label}: ${printable(value)}`),
    ...(rows.length > 0 ? [text.toString()] : []),
    ...notes.map(printable),
    "",
  ].join("\n");
}

/** As wide as the texts, except the last column, which gets what the terminal has left. */
function widths(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns = 160,
): (number | null)[] {
  const widest = head.map((label, index) =>
    Math.max(label.length, ...rows.map((row) => printable(row[index] ?? "").length)),
  );
  const fixed = widest.slice(0, -1).reduce((sum, width) => sum + width + 3, 2);
  const last = Math.min((widest.at(-1) ?? 0) + 2, Math.max(30, columns - fixed));
  return [...widest.slice(0, -1).map((width) => width + 2), last];
}

function markdown({ title, facts, head, rows, notes }: Listing): string {
  return [
    `## ${markdownText(title)}`,
    "",
    ...facts.map(([label, value]) => `- ${label}: ${markdownText(value)}`),
    ...(rows.length > 0
      ? [
          "",
          `| ${head.join(" | ")} |`,
          `| ${head.map(() => "---").join(" | ")} |`,
          ...rows.map(
            (row) => `| ${row.map((cell) => (cell === "" ? "" : markdownCode(cell))).join(" | ")} |`,
          ),
        ]
      : []),
    ...(notes.length > 0 ? ["", ...notes.map((note) => `- ${markdownText(note)}`)] : []),
    "",
  ].join("\n");
}
