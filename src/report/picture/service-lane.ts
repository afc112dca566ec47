import type { ServiceRow } from "./picture";
import { boldLines, type Drawn, GAP, LINE, middle, type Placed, serviceColumns, stack, sum } from "./places";
import { box, edge, palette, text } from "./svg-writer";
import { fittedLines } from "./text";

/** Roles of jobs and services, one row each. */
export function drawServices(rows: readonly ServiceRow[], top: number): Drawn {
  const placed = stack(rows, serviceHeight, top, GAP);
  const height = sum(rows.map((row) => serviceHeight(row) + GAP)) - GAP;
  return { height: Math.max(0, height), parts: placed.map(drawServiceRow) };
}

const serviceReachLines = (content: string) => fittedLines(content, serviceColumns.reach.width, 12, 2);

const SMALL = 14;
const detailLines = (detail: string) => fittedLines(detail, serviceColumns.role.width - 24, 11, 4);

function serviceHeight({ assumers, reach, role, detail }: ServiceRow): number {
  const who = sum(assumers.map((one) => fittedLines(one, serviceColumns.assumer.width - 24, 12, 2).length));
  const names = boldLines(role, serviceColumns.role.width - 24).length;
  return Math.max(
    16 + who * LINE,
    16 + names * LINE + detailLines(detail).length * SMALL,
    sum(reach.map((one) => serviceReachLines(one).length)) * LINE + 6,
  );
}

function drawServiceRow(row: Placed<ServiceRow>): string {
  const { item } = row;
  const at = middle(row);
  const who = item.assumers.flatMap((one) => fittedLines(one, serviceColumns.assumer.width - 24, 12, 2));
  const tall = 16 + Math.max(1, who.length) * LINE;
  const color = item.isAdmin ? palette.red : palette.blue;
  const names = boldLines(item.role, serviceColumns.role.width - 24);
  const details = detailLines(item.detail);
  const roleTall = 16 + names.length * LINE + details.length * SMALL;
  const roleBox = (shift: number) =>
    box(serviceColumns.role.x + shift, at - roleTall / 2 + shift, serviceColumns.role.width, roleTall, {
      stroke: color,
      fill: item.isAdmin ? palette.paleRed : palette.paleBlue,
    });
  const reach = item.reach.flatMap(serviceReachLines);
  const start = at - ((reach.length - 1) * LINE) / 2 + 4;
  return [
    box(serviceColumns.assumer.x, at - tall / 2, serviceColumns.assumer.width, tall, {
      stroke: palette.muted,
      radius: 16,
    }),
    ...(who.length > 0 ? who : ["nobody"]).map((part, index) =>
      text(serviceColumns.assumer.x + 14, at - tall / 2 + 20.5 + index * LINE, part, { size: 12 }),
    ),
    edge(serviceColumns.assumer.x + serviceColumns.assumer.width, at, serviceColumns.role.x - 2, at, {
      color,
      arrow: true,
    }),
    ...(item.isStack ? [roleBox(4)] : []),
    roleBox(0),
    ...names.map((part, index) =>
      text(serviceColumns.role.x + 12, at - roleTall / 2 + 21 + index * LINE, part, { bold: true, color }),
    ),
    ...details.map((part, index) =>
      text(serviceColumns.role.x + 12, at - roleTall / 2 + 20 + names.length * LINE + index * SMALL, part, {
        size: 11,
        color: palette.muted,
      }),
    ),
    edge(serviceColumns.role.x + serviceColumns.role.width, at, serviceColumns.reach.x - 6, at, {
      color: palette.muted,
      width: 1.2,
    }),
    ...reach.map((part, index) => text(serviceColumns.reach.x, start + index * LINE, part, { size: 12 })),
  ].join("");
}
