import type { DocumentCell } from "../document";

/** Narrower than this a column is no more readable. */
const NARROWEST = 14;

/**
 * Widths of columns for a table that is at most `available` wide: as wide as the widest text, and where that is too
 * much, the widest columns give way first.
 */
export function fitted(rows: readonly (readonly DocumentCell[])[], available: number): readonly number[] {
  const [header = []] = rows;
  const widths = header.map((_, column) =>
    Math.max(1, ...rows.flatMap((row) => (row[column] ?? []).map(({ text }) => [...text].length))),
  );
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
    excess--;
  }
  return widths;
}
