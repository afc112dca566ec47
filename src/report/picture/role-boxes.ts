import type { Gate, RoleBox } from "./picture";
import { boldLines, columns, LINE, middle, type Placed, sum } from "./places";
import { box, edge, line, palette, text } from "./svg-writer";
import { fittedLines } from "./text";

export function roleHeight({ gates, reach, label }: RoleBox): number {
  const lines = sum(reach.map((one) => reachLines(one).length));
  const names = boldLines(label, columns.role.width - 24).length;
  return Math.max(30 + LINE * names, gates.length * 30, lines * LINE + 8);
}

const reachLines = (content: string) => fittedLines(content, columns.reach.width, 12, 3);

/** Height of the middle of a condition before its role. */
export function gateMiddle(role: Placed<RoleBox>, index: number): number {
  return middle(role) + (index - (role.item.gates.length - 1) / 2) * 30;
}

export function roleColor({ isAdmin }: RoleBox): string {
  return isAdmin ? palette.red : palette.blue;
}

/** A role with its conditions before it and what it reaches behind it. */
export function drawRole(role: Placed<RoleBox>): string {
  const { item, y, height } = role;
  const { x, width } = columns.role;
  const color = roleColor(item);
  const names = boldLines(item.label, width - 24);
  const detail = item.isAdmin ? `administrator, ${item.detail}` : item.detail;
  const tall = 30 + LINE * names.length;
  const top = y + (height - tall) / 2;
  return [
    ...item.gates.map((gate, index) => drawGate(gate, gateMiddle(role, index), middle(role), color)),
    box(x, top, width, tall, {
      stroke: color,
      fill: item.isAdmin ? palette.paleRed : palette.paleBlue,
      dashed: item.isForeign,
      width: 1.6,
    }),
    ...names.map((part, index) => text(x + 12, top + 20 + index * LINE, part, { bold: true, color })),
    line(x + 12, top + 20 + names.length * LINE, detail, width - 20, { size: 11, color: palette.muted }),
    drawReach(item.reach, middle(role), item.isAdmin),
  ].join("");
}

export function drawGate({ text: content, isWeak }: Gate, y: number, roleY: number, color: string): string {
  const { x, width } = columns.gate;
  const stroke = isWeak ? palette.orange : palette.green;
  return [
    edge(x + width, y, columns.role.x - 2, roleY, { color, arrow: true }),
    box(x, y - 12, width, 24, { stroke, fill: isWeak ? palette.paleOrange : palette.paleGreen, radius: 12 }),
    line(x + width / 2, y + 4.2, content, width - 16, { size: 11.5, color: stroke, anchor: "middle" }),
  ].join("");
}

function drawReach(reach: readonly string[], y: number, isAlarming: boolean): string {
  const lines = reach.flatMap(reachLines);
  const start = y - ((lines.length - 1) * LINE) / 2 + 4;
  return [
    edge(columns.role.x + columns.role.width, y, columns.reach.x - 6, y, {
      color: palette.muted,
      width: 1.2,
    }),
    ...lines.map((part, index) =>
      text(columns.reach.x, start + index * LINE, part, {
        size: 12,
        ...(isAlarming && { color: palette.red }),
      }),
    ),
  ].join("");
}
