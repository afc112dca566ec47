import type { AccessReport } from "../access-report";
import { drawCi } from "../picture/ci-lane";
import { drawLegend } from "../picture/legend";
import { drawPeople } from "../picture/people-lane";
import type { Picture } from "../picture/picture";
import { pictureOf } from "../picture/picture-of";
import { columns, type Drawn, PICTURE_WIDTH, serviceColumns } from "../picture/places";
import { drawServices } from "../picture/service-lane";
import { box, line, palette, svg, text } from "../picture/svg-writer";

/**
 * The report as a picture: people, their devices in the guarded frames of their groups, the conditions, the roles and
 * what these reach; CI, jobs and services in lanes of their own. Same report, same bytes; no script, no link, no font.
 */
export function formatAccessSvg(report: AccessReport): string {
  let y = 0;
  const parts: string[] = [];
  const pictures = report.environments.map(pictureOf);
  for (const picture of pictures) {
    const drawn = drawPicture(picture, y);
    parts.push(...drawn.parts);
    y += drawn.height;
  }
  const legend = drawLegend(pictures, y + 10);
  const names = pictures.map(({ title }) => title).join(", ");
  const description = pictures.map((picture) => `${picture.title}: ${picture.description}`).join(" ");
  return svg(PICTURE_WIDTH, y + legend.height, `Who can do what in ${names}`, description, [
    ...parts,
    ...legend.parts,
  ]);
}

const PADDING = 18;
const HEAD = 34;

function drawPicture(picture: Picture, top: number): Drawn {
  const { title, subtitle, people, ci, services } = picture;
  const parts = [
    text(columns.person.x - 12, top + 36, title, { size: 20, bold: true }),
    line(columns.person.x - 12, top + 58, subtitle, PICTURE_WIDTH - 60, { size: 12.5, color: palette.muted }),
  ];
  let y = top + 74;
  const lane = (heads: readonly (readonly [x: number, label: string])[], draw: (y: number) => Drawn) => {
    const drawn = draw(y + HEAD + PADDING - 8);
    const height = HEAD + drawn.height + 2 * PADDING - 8;
    parts.push(box(16, y, PICTURE_WIDTH - 32, height, { radius: 10 }));
    for (const [x, label] of heads)
      parts.push(text(x, y + 24, label, { size: 11.5, color: palette.muted, bold: true }));
    parts.push(...drawn.parts);
    y += height + 14;
  };
  if (people.frames.length + people.roles.length > 0) lane(PEOPLE_HEADS, (at) => drawPeople(people, at));
  if (ci.length > 0) lane(CI_HEADS, (at) => drawCi(ci, at));
  if (services.length > 0) lane(SERVICE_HEADS, (at) => drawServices(services, at));
  return { parts, height: y - top };
}

const PEOPLE_HEADS = [
  [columns.person.x, "PEOPLE"],
  [columns.frame.x, "DEVICES, GUARDED BY THEIR GROUPS"],
  [columns.gate.x, "CONDITIONS"],
  [columns.role.x, "ROLES"],
  [columns.reach.x, "WHAT THEY REACH"],
] as const;

const CI_HEADS = [
  [columns.person.x, "REPOSITORIES"],
  [columns.frame.x, "CI USERS"],
  [columns.gate.x, "CONDITIONS"],
  [columns.role.x, "WHAT THEY REACH"],
] as const;

const SERVICE_HEADS = [
  [serviceColumns.assumer.x, "JOBS AND SERVICES"],
  [serviceColumns.role.x, "ROLES"],
  [serviceColumns.reach.x, "WHAT THEY REACH"],
] as const;
