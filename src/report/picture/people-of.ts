import type { EnvironmentAccess, UserAccess } from "../access-report";
import { abbreviated, distinct } from "../shown";
import { foldedBoxes } from "./folded-boxes";
import { foreignFrames } from "./foreign-users";
import { gateOf, guardOf } from "./gates";
import type { DeviceBox, Frame, Gate, PeopleLane, Person } from "./picture";
import { roleBoxes } from "./role-boxes-of";

/** Users with the same rights up to this number are drawn one by one. */
const DRAWN_ALONE = 4;

/** People, their devices by the groups that these share, and the roles that they become. */
export function peopleLane(people: readonly UserAccess[], environment: EnvironmentAccess): PeopleLane {
  const frames = new Map<string, Frame & { boxes: DeviceBox[] }>();
  const gates = new Map<string, Map<string, Gate>>();
  for (const user of people) {
    const title = user.groups.join(" + ") || "no group";
    const frame = frames.get(title) ?? { title, guard: guardOf(user), boxes: [] };
    frames.set(title, frame);
    const edges = user.mayBecome.map((reached) => {
      const gate =
        reached.answer === "unknown" ? { text: "not known", isWeak: true } : gateOf(reached.conditions);
      const known = gates.get(reached.arn) ?? new Map<string, Gate>();
      gates.set(reached.arn, known.set(gate.text, gate));
      return { role: reached.arn, gate: gate.text, isKnown: reached.answer === "yes" };
    });
    frame.boxes.push(
      ...devicesOf(user).map((device) => ({ ...device, isBreakGlass: user.kind === "break-glass", edges })),
    );
  }
  const own = [...frames.values()].map((frame) => ({
    ...frame,
    boxes: foldedBoxes([...frame.boxes].sort((left, right) => (left.label < right.label ? -1 : 1))),
  }));
  const sorted = own.sort((left, right) => (left.title < right.title ? -1 : 1));
  return {
    persons: personsOf(sorted),
    frames: [...sorted, ...foreignFrames(environment)],
    roles: roleBoxes(people, environment, gates),
  };
}

function personsOf(frames: readonly Frame[]): readonly Person[] {
  const keys = frames.flatMap(({ boxes }) => boxes.flatMap(({ persons }) => persons));
  return [...new Set(keys)].map((key) => ({ key, label: key }));
}

type Device = Omit<DeviceBox, "edges" | "isBreakGlass">;

function devicesOf({ names, owners, kind }: UserAccess): readonly Device[] {
  const detail = kind === "break-glass" ? "break-glass user" : "";
  if (names.length <= DRAWN_ALONE) {
    return names.map((name, index) => {
      const owner = owners[index] ?? "";
      return { label: name, detail, count: 1, persons: owner === "" ? [] : [owner], isStack: false };
    });
  }
  const all = distinct(owners.filter((owner) => owner !== ""));
  return [
    {
      label: `${names.length} ${kind === "device" ? "devices" : "users"}`,
      detail: abbreviated(names, 4).join(", "),
      count: names.length,
      persons: personKeys(all),
      isStack: true,
    },
  ];
}

/** One person by name, several as one box. */
export function personKeys(owners: readonly string[]): readonly string[] {
  if (owners.length <= 1) return owners;
  return [`${owners.length} people: ${abbreviated(owners, 4).join(", ")}`];
}
