import { drawPerson, personHeight } from "./person-box";
import type { CiRow } from "./picture";
import { boldLines, columns, type Drawn, GAP, LINE, middle, type Placed, stack, sum } from "./places";
import { drawGate } from "./role-boxes";
import { box, edge, line, palette, text } from "./svg-writer";
import { fittedLines } from "./text";

/** One row a CI user or several with the same rights. */
export function drawCi(rows: readonly CiRow[], top: number): Drawn {
  const placed = stack(rows, ciHeight, top, 2 * GAP);
  const height = sum(rows.map((row) => ciHeight(row) + 2 * GAP)) - 2 * GAP;
  return { height: Math.max(0, height), parts: placed.map(drawCiRow) };
}

const WIDE = columns.reach.x + columns.reach.width - columns.role.x;
const wideLines = (content: string) => fittedLines(content, WIDE - 24, 12, 2);

function ciHeight({ reach, users, repositories }: CiRow): number {
  const names = boldLines(users, columns.frame.width - 24, 3).length;
  return Math.max(
    34 + names * LINE,
    personHeight(repositories),
    16 + sum(reach.map((one) => wideLines(one).length)) * LINE,
  );
}

function drawCiRow(row: Placed<CiRow>): string {
  const { item, y, height } = row;
  const at = middle(row);
  const names = boldLines(item.users, columns.frame.width - 24, 3);
  const tall = 34 + names.length * LINE;
  const top = at - tall / 2;
  const { x, width } = columns.frame;
  const reach = item.reach.flatMap(wideLines);
  const start = at - ((reach.length - 1) * LINE) / 2 + 4;
  return [
    edge(columns.person.x + columns.person.width, at, x, at, { color: palette.muted, width: 1.2 }),
    drawPerson(item.repositories, at - personHeight(item.repositories) / 2),
    ...(item.isStack ? [box(x + 5, top + 4, width, tall, { stroke: palette.muted })] : []),
    box(x, top, width, tall, { stroke: palette.muted }),
    ...names.map((part, index) => text(x + 12, top + 21 + index * LINE, part, { bold: true })),
    line(x + 12, top + 23 + names.length * LINE, `in ${item.groups}`, width - 24, {
      size: 11,
      color: palette.muted,
    }),
    edge(x + width, at, columns.gate.x, at, { color: palette.blue }),
    drawGate(item.from, at, at, palette.blue),
    box(columns.role.x, y, WIDE, height, { stroke: palette.blue, fill: palette.paleBlue }),
    ...reach.map((part, index) => text(columns.role.x + 12, start + index * LINE, part, { size: 12 })),
  ].join("");
}
