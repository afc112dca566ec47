import { columns, LINE } from "./places";
import { box, palette, text } from "./svg-writer";
import { fittedLines } from "./text";

const labelLines = (label: string) => fittedLines(label, columns.person.width - 24, 13, 4);

export function personHeight(label: string): number {
  return 16 + LINE * labelLines(label).length;
}

/** A person, or the repository that a CI user belongs to. */
export function drawPerson(label: string, y: number): string {
  const { x, width } = columns.person;
  return [
    box(x, y, width, personHeight(label), { stroke: palette.muted, radius: 16 }),
    ...labelLines(label).map((part, index) =>
      text(x + width / 2, y + 21 + index * LINE, part, { anchor: "middle" }),
    ),
  ].join("");
}
