import { abbreviated, distinct } from "../shown";
import type { DeviceBox } from "./picture";

/** So many devices of one group are drawn one by one. */
const MOST_BOXES = 12;
/** And so many kinds of them, once devices that become the same roles are one box. */
const MOST_KINDS = 12;

/** Devices of a large group: those that become the same roles under the same conditions are one box. */
export function foldedBoxes(boxes: readonly DeviceBox[]): readonly DeviceBox[] {
  if (boxes.length <= MOST_BOXES) return boxes;
  const kinds = new Map<string, DeviceBox[]>();
  for (const box of boxes) {
    const key = JSON.stringify([box.isBreakGlass, [...box.edges].map((edge) => JSON.stringify(edge)).sort()]);
    kinds.set(key, [...(kinds.get(key) ?? []), box]);
  }
  const sorted = [...kinds.values()].sort((left, right) => countOf(right) - countOf(left));
  const rest = sorted.slice(MOST_KINDS - 1).flat();
  return sorted.length <= MOST_KINDS
    ? sorted.map(joined)
    : [...sorted.slice(0, MOST_KINDS - 1).map(joined), joined(rest)];
}

function countOf(boxes: readonly DeviceBox[]): number {
  return boxes.reduce((total, { count }) => total + count, 0);
}

function joined(boxes: readonly DeviceBox[]): DeviceBox {
  const [first] = boxes;
  if (first === undefined || boxes.length === 1) return boxes[0] ?? NONE;
  const count = countOf(boxes);
  const owners = distinct(boxes.flatMap(({ persons }) => persons));
  const edges = new Map(
    boxes.flatMap((box) => box.edges.map((edge) => [JSON.stringify(edge), edge] as const)),
  );
  const isSame = boxes.every((box) => box.edges.length === edges.size);
  return {
    label: `${count} devices${isSame ? "" : ", by device other roles"}`,
    detail: abbreviated(
      boxes.map(({ label }) => label),
      4,
    ).join(", "),
    count,
    isStack: true,
    isBreakGlass: boxes.every(({ isBreakGlass }) => isBreakGlass),
    persons: owners.length <= 1 ? owners : [`${owners.length} people: ${abbreviated(owners, 4).join(", ")}`],
    edges: [...edges.values()],
  };
}

const NONE: DeviceBox = {
  label: "none",
  detail: "",
  count: 0,
  isStack: false,
  isBreakGlass: false,
  persons: [],
  edges: [],
};
