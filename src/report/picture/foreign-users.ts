import type { Assumer, EnvironmentAccess } from "../access-report";
import { abbreviated } from "../shown";
import { gateOf } from "./gates";
import type { DeviceBox, Frame } from "./picture";

/** Users up to this number are named. */
const NAMED = 4;

/** A user of another environment, `team-dev/anna-laptop`, or one whom only a trust policy names. */
export function isForeignUser({ kind, name }: Assumer): boolean {
  return kind === "user" && /\/|^user /.test(name);
}

/** Users from elsewhere who become roles of this environment: a frame for each environment, a box for those of the same roles. */
export function foreignFrames({ roles }: EnvironmentAccess): readonly Frame[] {
  const edgesOf = new Map<string, DeviceBox["edges"]>();
  for (const role of roles) {
    for (const assumer of role.assumedBy.filter(isForeignUser)) {
      const isKnown = assumer.answer === "yes";
      const gate = isKnown ? gateOf(assumer.conditions).text : "not known";
      const edge = { role: role.arn, gate, isKnown };
      edgesOf.set(assumer.name, [...(edgesOf.get(assumer.name) ?? []), edge]);
    }
  }
  const frames = new Map<string, Map<string, string[]>>();
  for (const [name, edges] of edgesOf) {
    const boxes = frames.get(homeOf(name)) ?? new Map<string, string[]>();
    const key = JSON.stringify(edges);
    frames.set(homeOf(name), boxes.set(key, [...(boxes.get(key) ?? []), ownName(name)]));
  }
  return [...frames]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([title, boxes]) => ({
      title,
      guard: { text: title === UNLISTED ? "guard: not known" : "guard: see there", state: "elsewhere" },
      boxes: [...boxes].map(([key, names]) => boxOf(names.sort(), JSON.parse(key) as DeviceBox["edges"])),
    }));
}

const UNLISTED = "not in this source";

function homeOf(name: string): string {
  return /^arn:|^user /.test(name) ? UNLISTED : `users of ${name.slice(0, name.indexOf("/"))}`;
}

function ownName(name: string): string {
  return /^arn:|^user /.test(name) ? name : name.slice(name.indexOf("/") + 1);
}

function boxOf(names: readonly string[], edges: DeviceBox["edges"]): DeviceBox {
  const isMany = names.length > NAMED;
  return {
    label: isMany ? `${names.length} users` : names.join(", "),
    detail: isMany ? abbreviated(names, NAMED).join(", ") : "",
    count: names.length,
    isStack: names.length > 1,
    isBreakGlass: false,
    persons: [],
    edges,
  };
}
