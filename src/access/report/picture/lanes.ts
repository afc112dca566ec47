import type { CiRow, DeviceBox, Frame, Gate, PeopleLane, RoleBox, ServiceRow } from "./picture";
import { box, edge, line, palette, shield, text } from "./svg-writer";
import { fittedLines, textWidth } from "./text";

/** Columns of the picture: left edges and widths. */
export const columns = {
  person: { x: 36, width: 132 },
  frame: { x: 208, width: 236 },
  gate: { x: 548, width: 172 },
  role: { x: 742, width: 196 },
  reach: { x: 962, width: 266 },
} as const;

export const PICTURE_WIDTH = 1264;

/** Drawn parts and the height that they take. */
export interface Drawn {
  readonly parts: readonly string[];
  readonly height: number;
}

const FRAME_HEAD = 46;
const GAP = 10;
const LINE = 16;

interface Placed<T> {
  readonly item: T;
  readonly y: number;
  readonly height: number;
}

const middle = ({ y, height }: Placed<unknown>): number => y + height / 2;

/** People, their devices in the frames of their groups, the conditions, the roles and what these reach. */
export function drawPeople({ persons, frames, roles }: PeopleLane, top: number): Drawn {
  const framesHeight = sum(frames.map((frame) => frameHeight(frame) + GAP)) - GAP;
  const rolesHeight = sum(roles.map((role) => roleHeight(role) + 2 * GAP)) - 2 * GAP;
  const height = Math.max(framesHeight, rolesHeight, 0);
  const placedFrames = stack(frames, frameHeight, top + (height - framesHeight) / 2, GAP);
  const placedRoles = stack(roles, roleHeight, top + (height - rolesHeight) / 2, 2 * GAP);
  const devices = placedFrames.flatMap(({ item, y }) => stack(item.boxes, boxHeight, y + FRAME_HEAD, 8));
  const people = placePersons(
    persons.map(({ key, label }) => {
      const own = devices.filter(({ item }) => item.persons.includes(key));
      return { item: label, own, y: own.length === 0 ? top : sum(own.map(middle)) / own.length };
    }),
    top,
  );
  return {
    height,
    parts: [
      ...placedFrames.map(({ item, y, height: tall }) => drawFrame(item, y, tall)),
      ...people.flatMap((person) =>
        person.item.own.map((device) =>
          edge(
            columns.person.x + columns.person.width,
            middle(person),
            columns.frame.x + 12,
            middle(device),
            {
              color: palette.muted,
              width: 1.2,
            },
          ),
        ),
      ),
      ...devices.flatMap((device) => deviceEdges(device, placedRoles)),
      ...devices.map(drawDevice),
      ...people.map(({ item, y, height: tall }) => drawPerson(item.item, y, tall)),
      ...placedRoles.map(drawRole),
    ],
  };
}

function frameHeight({ boxes }: Frame): number {
  return FRAME_HEAD + sum(boxes.map((one) => boxHeight(one) + 8)) + 4;
}

function boxHeight({ label, detail }: DeviceBox): number {
  const names = detail === "" ? 0 : fittedLines(detail, columns.frame.width - 48, 11, 3).length;
  return 16 + LINE * fittedLines(label, columns.frame.width - 48, 13, 2).length + 14 * names;
}

function roleHeight({ gates, reach, label }: RoleBox): number {
  const lines = sum(reach.map((one) => reachLines(one).length));
  const names = fittedLines(label, columns.role.width - 24, 13, 2).length;
  return Math.max(30 + LINE * names, gates.length * 30, lines * LINE + 8);
}

const reachLines = (content: string) => fittedLines(content, columns.reach.width, 12, 3);

function drawFrame({ title, guard }: Frame, y: number, height: number): string {
  const { x, width } = columns.frame;
  const color = { full: palette.green, part: palette.orange, none: palette.orange }[guard.state];
  const fill = { full: palette.paleGreen, part: palette.paleOrange, none: palette.paleOrange }[guard.state];
  return [
    box(x, y, width, height, { fill, stroke: color, radius: 10, dashed: guard.state !== "full" }),
    shield(x + 12, y + 9, color, guard.state !== "none"),
    line(x + 33, y + 19, title, width - 44, { size: 12.5, bold: true }),
    line(x + 33, y + 35, guard.text, width - 44, { size: 11.5, color }),
  ].join("");
}

function drawDevice({ item, y, height }: Placed<DeviceBox>): string {
  const x = columns.frame.x + 12;
  const width = columns.frame.width - 24;
  const stroke = item.isBreakGlass ? palette.purple : palette.muted;
  const label = fittedLines(item.label, width - 24, 13, 2);
  const detail = item.detail === "" ? [] : fittedLines(item.detail, width - 24, 11, 3);
  return [
    ...(item.isStack
      ? [box(x + 5, y + 4, width, height, { stroke }), box(x + 2.5, y + 2, width, height, { stroke })]
      : []),
    box(x, y, width, height, { stroke }),
    ...label.map((part, index) => text(x + 12, y + 21 + index * LINE, part, { bold: true })),
    ...detail.map((part, index) =>
      text(x + 12, y + 20 + label.length * LINE + index * 14, part, { size: 11, color: palette.muted }),
    ),
  ].join("");
}

function deviceEdges(device: Placed<DeviceBox>, roles: readonly Placed<RoleBox>[]): readonly string[] {
  const from = columns.frame.x + columns.frame.width - 12;
  return device.item.edges.flatMap(({ role, gate, isKnown }) => {
    const target = roles.find(({ item }) => item.key === role);
    if (target === undefined) return [];
    const index = target.item.gates.findIndex(({ text: own }) => own === gate);
    const color = isKnown ? roleColor(target.item) : palette.purple;
    return [
      edge(from, middle(device), columns.gate.x, gateMiddle(target, index), { color, dashed: !isKnown }),
    ];
  });
}

function gateMiddle(role: Placed<RoleBox>, index: number): number {
  return middle(role) + (index - (role.item.gates.length - 1) / 2) * 30;
}

function roleColor({ isAdmin }: RoleBox): string {
  return isAdmin ? palette.red : palette.blue;
}

function drawRole(role: Placed<RoleBox>): string {
  const { item, y, height } = role;
  const { x, width } = columns.role;
  const color = roleColor(item);
  const names = fittedLines(item.label, width - 24, 13, 2);
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

function drawGate({ text: content, isWeak }: Gate, y: number, roleY: number, color: string): string {
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

function placePersons<T>(
  persons: readonly { readonly item: string; readonly own: T; readonly y: number }[],
  top: number,
): readonly Placed<{ readonly item: string; readonly own: T }>[] {
  let free = top;
  return [...persons]
    .sort((left, right) => left.y - right.y)
    .map(({ item, own, y }) => {
      const height = 16 + LINE * fittedLines(item, columns.person.width - 24, 13, 4).length;
      const place = Math.max(free, y - height / 2);
      free = place + height + 6;
      return { item: { item, own }, y: place, height };
    });
}

function drawPerson(label: string, y: number, height: number): string {
  const { x, width } = columns.person;
  const lines = fittedLines(label, width - 24, 13, 4);
  return [
    box(x, y, width, height, { stroke: palette.muted, radius: 16 }),
    ...lines.map((part, index) => text(x + width / 2, y + 21 + index * LINE, part, { anchor: "middle" })),
  ].join("");
}

/** One row a CI user or several with the same rights. */
export function drawCi(rows: readonly CiRow[], top: number): Drawn {
  const placed = stack(rows, ciHeight, top, 2 * GAP);
  const height = sum(rows.map((row) => ciHeight(row) + 2 * GAP)) - 2 * GAP;
  return { height: Math.max(0, height), parts: placed.map(drawCiRow) };
}

const WIDE = columns.reach.x + columns.reach.width - columns.role.x;
const wideLines = (content: string) => fittedLines(content, WIDE - 24, 12, 2);

function ciHeight({ reach, users, repositories }: CiRow): number {
  const names = fittedLines(users, columns.frame.width - 24, 13, 3).length;
  const owners = fittedLines(repositories, columns.person.width - 24, 13, 3).length;
  return Math.max(
    34 + names * LINE,
    16 + owners * LINE,
    16 + sum(reach.map((one) => wideLines(one).length)) * LINE,
  );
}

function drawCiRow(row: Placed<CiRow>): string {
  const { item, y, height } = row;
  const at = middle(row);
  const names = fittedLines(item.users, columns.frame.width - 24, 13, 3);
  const tall = 34 + names.length * LINE;
  const top = at - tall / 2;
  const { x, width } = columns.frame;
  const owners = fittedLines(item.repositories, columns.person.width - 24, 13, 3).length;
  const personHeight = 16 + owners * LINE;
  const reach = item.reach.flatMap(wideLines);
  const start = at - ((reach.length - 1) * LINE) / 2 + 4;
  return [
    edge(columns.person.x + columns.person.width, at, x, at, { color: palette.muted, width: 1.2 }),
    drawPerson(item.repositories, at - personHeight / 2, personHeight),
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

/** Roles of jobs and services, one row each. */
export function drawServices(rows: readonly ServiceRow[], top: number): Drawn {
  const placed = stack(rows, serviceHeight, top, GAP);
  const height = sum(rows.map((row) => serviceHeight(row) + GAP)) - GAP;
  return { height: Math.max(0, height), parts: placed.map(drawServiceRow) };
}

const ASSUMER_WIDTH = columns.frame.x + columns.frame.width - columns.person.x;
const SERVICE_ROLE = { x: columns.gate.x - 30, width: columns.role.x - columns.gate.x + 150 };
const SERVICE_REACH = { x: SERVICE_ROLE.x + SERVICE_ROLE.width + 22, width: 0 };
const serviceReachWidth = columns.reach.x + columns.reach.width - SERVICE_REACH.x;
const serviceReachLines = (content: string) => fittedLines(content, serviceReachWidth, 12, 2);

function serviceHeight({ assumers, reach, role }: ServiceRow): number {
  const who = sum(assumers.map((one) => fittedLines(one, ASSUMER_WIDTH - 24, 12, 2).length));
  const names = fittedLines(role, SERVICE_ROLE.width - 24, 13, 2).length;
  return Math.max(
    16 + who * LINE,
    16 + names * LINE,
    sum(reach.map((one) => serviceReachLines(one).length)) * LINE + 6,
  );
}

function drawServiceRow(row: Placed<ServiceRow>): string {
  const { item } = row;
  const at = middle(row);
  const who = item.assumers.flatMap((one) => fittedLines(one, ASSUMER_WIDTH - 24, 12, 2));
  const tall = 16 + Math.max(1, who.length) * LINE;
  const color = item.isAdmin ? palette.red : palette.blue;
  const names = fittedLines(item.role, SERVICE_ROLE.width - 24, 13, 2);
  const roleTall = 16 + names.length * LINE;
  const reach = item.reach.flatMap(serviceReachLines);
  const start = at - ((reach.length - 1) * LINE) / 2 + 4;
  return [
    box(columns.person.x, at - tall / 2, ASSUMER_WIDTH, tall, { stroke: palette.muted, radius: 16 }),
    ...(who.length > 0 ? who : ["nobody"]).map((part, index) =>
      text(columns.person.x + 14, at - tall / 2 + 20.5 + index * LINE, part, { size: 12 }),
    ),
    edge(columns.person.x + ASSUMER_WIDTH, at, SERVICE_ROLE.x - 2, at, { color, arrow: true }),
    box(SERVICE_ROLE.x, at - roleTall / 2, SERVICE_ROLE.width, roleTall, {
      stroke: color,
      fill: item.isAdmin ? palette.paleRed : palette.paleBlue,
    }),
    ...names.map((part, index) =>
      text(SERVICE_ROLE.x + 12, at - roleTall / 2 + 21 + index * LINE, part, { bold: true, color }),
    ),
    edge(SERVICE_ROLE.x + SERVICE_ROLE.width, at, SERVICE_REACH.x - 6, at, {
      color: palette.muted,
      width: 1.2,
    }),
    ...reach.map((part, index) => text(SERVICE_REACH.x, start + index * LINE, part, { size: 12 })),
  ].join("");
}

function stack<T>(
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Width of a legend's entry. */
export function legendWidth(label: string): number {
  return 34 + textWidth(label, 11.5);
}
