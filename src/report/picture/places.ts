import { fittedLines, textWidth } from "./text";

/** Columns of the lanes of people and CI: left edges and widths. */
export const columns = {
  person: { x: 36, width: 132 },
  frame: { x: 208, width: 236 },
  gate: { x: 536, width: 186 },
  role: { x: 742, width: 196 },
  reach: { x: 962, width: 266 },
} as const;

/** Columns of the lane of jobs and services. */
export const serviceColumns = {
  assumer: { x: 36, width: 310 },
  role: { x: 386, width: 292 },
  reach: { x: 702, width: 526 },
} as const;

export const PICTURE_WIDTH = 1264;

/** Drawn parts and the height that they take. */
export interface Drawn {
  readonly parts: readonly string[];
  readonly height: number;
}

/** Space between neighbours, and height of a line of text. */
export const GAP = 10;
export const LINE = 16;

/** Something with its place in its column. */
export interface Placed<T> {
  readonly item: T;
  readonly y: number;
  readonly height: number;
}

export function middle({ y, height }: Placed<unknown>): number {
  return y + height / 2;
}

/** Things below each other. */
export function stack<T>(
  items: readonly T[],
  heightOf: (item: T) => number,
  top: number,
  gap: number,
): readonly Placed<T>[] {
  let y = top;
  return items.map((item) => {
    const placed = { item, y, height: heightOf(item) };
    y += placed.height + gap;
    return placed;
  });
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Lines of bold text, which is about a tenth wider. */
export function boldLines(content: string, width: number, most = 2): readonly string[] {
  return fittedLines(content, width / 1.1, 13, most);
}

/** Width of a legend's entry. */
export function legendWidth(label: string): number {
  return 34 + textWidth(label, 11.5);
}
