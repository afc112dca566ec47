import type { Picture } from "./picture";
import { columns, type Drawn, legendWidth } from "./places";
import { box, edge, palette, shield, text } from "./svg-writer";

interface Entry {
  readonly label: string;
  readonly isShown: (pictures: readonly Picture[]) => boolean;
  readonly draw: (x: number, y: number) => string;
}

const guards = (pictures: readonly Picture[]) =>
  pictures.flatMap(({ people }) => people.frames.map(({ guard }) => guard.state));
const roles = (pictures: readonly Picture[]) => pictures.flatMap(({ people }) => people.roles);
const gates = (pictures: readonly Picture[]) => [
  ...roles(pictures).flatMap((role) => role.gates),
  ...pictures.flatMap(({ ci }) => ci.map(({ from }) => from)),
];
const boxes = (pictures: readonly Picture[]) =>
  pictures.flatMap(({ people }) => people.frames.flatMap((frame) => frame.boxes));

const swatch = (x: number, y: number, stroke: string, fill: string, dashed = false) =>
  box(x, y, 22, 12, { stroke, fill, radius: 5, dashed });

const ENTRIES: readonly Entry[] = [
  {
    label: "guard with MFA and networks",
    isShown: (pictures) => guards(pictures).includes("full"),
    draw: (x, y) => shield(x + 4, y - 3, palette.green, true),
  },
  {
    label: "a part of it is missing",
    isShown: (pictures) => guards(pictures).includes("part"),
    draw: (x, y) => shield(x + 4, y - 3, palette.orange, true),
  },
  {
    label: "no guard",
    isShown: (pictures) => guards(pictures).includes("none"),
    draw: (x, y) => shield(x + 4, y - 3, palette.orange, false),
  },
  {
    label: "administrator",
    isShown: (pictures) =>
      [...roles(pictures), ...pictures.flatMap(({ services }) => services)].some(({ isAdmin }) => isAdmin),
    draw: (x, y) => swatch(x, y, palette.red, palette.paleRed),
  },
  {
    label: "of another environment",
    isShown: (pictures) =>
      roles(pictures).some(({ isForeign }) => isForeign) || guards(pictures).includes("elsewhere"),
    draw: (x, y) => swatch(x, y, palette.blue, palette.paleBlue, true),
  },
  {
    label: "condition",
    isShown: (pictures) => gates(pictures).some(({ isWeak }) => !isWeak),
    draw: (x, y) => swatch(x, y, palette.green, palette.paleGreen),
  },
  {
    label: "weak condition",
    isShown: (pictures) => gates(pictures).some(({ isWeak }) => isWeak),
    draw: (x, y) => swatch(x, y, palette.orange, palette.paleOrange),
  },
  {
    label: "not known",
    isShown: (pictures) => boxes(pictures).some(({ edges }) => edges.some(({ isKnown }) => !isKnown)),
    draw: (x, y) => edge(x, y + 6, x + 22, y + 6, { color: palette.purple, dashed: true }),
  },
];

/** What the signs of these pictures mean: those that they show, and no other. */
export function drawLegend(pictures: readonly Picture[], y: number): Drawn {
  let x = columns.person.x - 12;
  const parts = ENTRIES.filter(({ isShown }) => isShown(pictures)).map(({ label, draw }) => {
    const drawn = draw(x, y) + text(x + 30, y + 10, label, { size: 11.5, color: palette.muted });
    x += legendWidth(label) + 16;
    return drawn;
  });
  return { parts, height: parts.length === 0 ? 10 : 40 };
}
