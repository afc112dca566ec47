import { drawPerson, personHeight } from "./person-box";
import type { DeviceBox, Frame, PeopleLane, RoleBox } from "./picture";
import { boldLines, columns, type Drawn, GAP, LINE, middle, type Placed, stack, sum } from "./places";
import { drawRole, gateMiddle, roleColor, roleHeight } from "./role-boxes";
import { box, edge, line, palette, shield, text } from "./svg-writer";
import { fittedLines } from "./text";

const FRAME_HEAD = 46;

/** People, their devices in the frames of their groups, the conditions, the roles and what these reach. */
export function drawPeople({ persons, frames, roles }: PeopleLane, top: number): Drawn {
  const framesHeight = sum(frames.map((frame) => frameHeight(frame) + GAP)) - GAP;
  const rolesHeight = sum(roles.map((role) => roleHeight(role) + 2 * GAP)) - 2 * GAP;
  const personsHeight = sum(persons.map(({ label }) => personHeight(label) + 6)) - 6;
  const height = Math.max(framesHeight, rolesHeight, personsHeight, 0);
  const placedFrames = stack(frames, frameHeight, top + (height - framesHeight) / 2, GAP);
  const placedRoles = stack(roles, roleHeight, top + (height - rolesHeight) / 2, 2 * GAP);
  const devices = placedFrames.flatMap(({ item, y }) => stack(item.boxes, boxHeight, y + FRAME_HEAD, 8));
  const people = placePersons(
    persons.map(({ key, label }) => {
      const own = devices.filter(({ item }) => item.persons.includes(key));
      return { item: label, own, y: own.length === 0 ? top : sum(own.map(middle)) / own.length };
    }),
    top,
    top + height,
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
      ...people.map(({ item, y }) => drawPerson(item.item, y)),
      ...placedRoles.map(drawRole),
    ],
  };
}

function frameHeight({ boxes }: Frame): number {
  return FRAME_HEAD + sum(boxes.map((one) => boxHeight(one) + 8)) + 4;
}

function boxHeight({ label, detail }: DeviceBox): number {
  const names = detail === "" ? 0 : fittedLines(detail, columns.frame.width - 48, 11, 3).length;
  return 16 + LINE * boldLines(label, columns.frame.width - 48).length + 14 * names;
}

const FRAME_COLORS = {
  full: { color: palette.green, fill: palette.paleGreen },
  part: { color: palette.orange, fill: palette.paleOrange },
  none: { color: palette.orange, fill: palette.paleOrange },
  elsewhere: { color: palette.muted, fill: "#ffffff" },
} as const;

function drawFrame({ title, guard }: Frame, y: number, height: number): string {
  const { x, width } = columns.frame;
  const { color, fill } = FRAME_COLORS[guard.state];
  const isElsewhere = guard.state === "elsewhere";
  const left = isElsewhere ? x + 12 : x + 33;
  return [
    box(x, y, width, height, { fill, stroke: color, radius: 10, dashed: guard.state !== "full" }),
    ...(isElsewhere ? [] : [shield(x + 12, y + 9, color, guard.state !== "none")]),
    line(left, y + 19, title, width - 44, { size: 12.5, bold: true }),
    line(left, y + 35, guard.text, width - 44, { size: 11.5, color }),
  ].join("");
}

function drawDevice({ item, y, height }: Placed<DeviceBox>): string {
  const x = columns.frame.x + 12;
  const width = columns.frame.width - 24;
  const stroke = item.isBreakGlass ? palette.purple : palette.muted;
  const label = boldLines(item.label, width - 24);
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

function placePersons<T>(
  persons: readonly { readonly item: string; readonly own: T; readonly y: number }[],
  top: number,
  bottom: number,
): readonly Placed<{ readonly item: string; readonly own: T }>[] {
  let free = top;
  const placed = [...persons]
    .sort((left, right) => left.y - right.y)
    .map(({ item, own, y }) => {
      const height = personHeight(item);
      const place = Math.max(free, y - height / 2);
      free = place + height + 6;
      return { item: { item, own }, y: place, height };
    });
  // those that were pushed below the end go up again, as far as they must
  let end = bottom;
  return placed
    .reverse()
    .map((one) => {
      const y = Math.min(one.y, end - one.height);
      end = y - 6;
      return { ...one, y };
    })
    .reverse();
}
