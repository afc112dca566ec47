import type { EnvironmentAccess, RoleAccess, UserAccess } from "../access-report";
import type { Conditions } from "../conditions";
import { labelIn } from "../labels";
import { rightsLines } from "../rights";
import { sortedRoles } from "../sections/roles";
import { abbreviated, distinct, duration, enumeration } from "../shown";
import { conditionsMark, networksText } from "../words";
import type {
  CiRow,
  DeviceBox,
  Gate,
  Guard,
  PeopleLane,
  Person,
  Picture,
  RoleBox,
  ServiceRow,
} from "./picture";

/** Users with the same rights up to this number are drawn one by one. */
const DRAWN_ALONE = 4;

export function pictureOf(environment: EnvironmentAccess): Picture {
  const { name, accountIds, allowedNetworks, users } = environment;
  const people = users.filter(({ kind }) => kind !== "ci");
  return {
    title: name,
    subtitle: [
      `account${accountIds.length === 1 ? "" : "s"} ${accountIds.join(", ") || "not known"}`,
      ...(allowedNetworks.length > 0
        ? [`allowed networks ${abbreviated(allowedNetworks, 4).join(", ")}`]
        : []),
    ].join("   \u00b7   "),
    description: describe(environment),
    people: peopleLane(people, environment),
    ci: users.filter(({ kind }) => kind === "ci").map((user) => ciRow(user, environment)),
    services: serviceRows(environment),
  };
}

function peopleLane(people: readonly UserAccess[], environment: EnvironmentAccess): PeopleLane {
  const frames = new Map<string, { title: string; guard: Guard; boxes: DeviceBox[] }>();
  const persons = new Map<string, Person>();
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
    for (const { label, detail, owners, isStack } of devicesOf(user)) {
      for (const owner of owners) persons.set(owner, { key: owner, label: owner });
      frame.boxes.push({
        label,
        detail,
        isStack,
        isBreakGlass: user.kind === "break-glass",
        persons: owners,
        edges,
      });
    }
  }
  const sorted = [...frames.values()].map((frame) => ({
    ...frame,
    boxes: frame.boxes.sort((left, right) => (left.label < right.label ? -1 : 1)),
  }));
  return {
    persons: [...persons.values()],
    frames: sorted.sort((left, right) => (left.title < right.title ? -1 : 1)),
    roles: roleBoxes(people, environment, gates),
  };
}

function devicesOf({ names, owners, kind }: UserAccess) {
  const detail = kind === "break-glass" ? "break-glass user" : "";
  if (names.length <= DRAWN_ALONE) {
    return names.map((name, index) => {
      const owner = owners[index] ?? "";
      return { label: name, detail, owners: owner === "" ? [] : [owner], isStack: false };
    });
  }
  const all = distinct(owners.filter((owner) => owner !== ""));
  const some = abbreviated(all, 4);
  const person = all.length === 1 ? (all[0] ?? "") : `${all.length} people: ${some.join(", ")}`;
  return [
    {
      label: `${names.length} ${kind === "device" ? "devices" : "users"}`,
      detail: abbreviated(names, 4).join(", "),
      owners: all.length === 0 ? [] : [person],
      isStack: true,
    },
  ];
}

function guardOf({ guardedTo }: UserAccess): Guard {
  const { answer, conditions } = guardedTo;
  if (answer === "unknown") return { text: "guard: not known", state: "part" };
  if (answer === "no") return { text: "guard: everything denied", state: "full" };
  const hasMfa = conditions.every(({ mfa }) => mfa !== undefined);
  const hasNetworks = conditions.every(({ networks }) => networks !== undefined);
  const mark = conditionsMark(conditions);
  if (hasMfa && hasNetworks) return { text: `guard: ${mark}`, state: "full" };
  return mark === "" ? { text: "no guard", state: "none" } : { text: `guard: only ${mark}`, state: "part" };
}

function gateOf(conditions: readonly Conditions[]): Gate {
  const isWeak = conditions.some(({ mfa, networks }) => mfa === undefined || networks === undefined);
  const text = conditionsMark(conditions);
  return { text: text === "" ? "no condition" : text, isWeak };
}

function roleBoxes(
  people: readonly UserAccess[],
  environment: EnvironmentAccess,
  gates: ReadonlyMap<string, ReadonlyMap<string, Gate>>,
): readonly RoleBox[] {
  const reached = new Map(people.flatMap(({ mayBecome }) => mayBecome.map((one) => [one.arn, one] as const)));
  const assumed = environment.roles.filter(
    (role) => reached.has(role.arn) || role.assumedBy.some(({ kind }) => kind === "user"),
  );
  const own = sortedRoles(assumed).map((role): RoleBox => {
    const foreign = role.assumedBy.filter(({ kind, name }) => kind === "user" && name.includes("/"));
    return {
      key: role.arn,
      label: labelIn(environment, role),
      detail:
        role.maxSessionSeconds === 0
          ? "session not known"
          : `sessions of ${duration(role.maxSessionSeconds)}`,
      isAdmin: role.administrator === "yes",
      isForeign: false,
      gates: [
        ...new Map(
          [
            ...foreign.map(({ conditions }) => gateOf(conditions)),
            ...(gates.get(role.arn)?.values() ?? []),
          ].map((gate) => [gate.text, gate]),
        ).values(),
      ],
      reach: [
        ...reachOf(role),
        ...(foreign.length > 0
          ? [
              `also for ${abbreviated(
                foreign.map(({ name }) => name),
                3,
              ).join(", ")}`,
            ]
          : []),
      ],
    };
  });
  const elsewhere = [...reached.values()]
    .filter((one) => one.environment !== environment.name)
    .map(
      (one): RoleBox => ({
        key: one.arn,
        label: one.name,
        detail: `in ${one.environment}`,
        isAdmin: one.administrator === "yes",
        isForeign: true,
        gates: [...(gates.get(one.arn)?.values() ?? [])],
        reach: [one.administrator === "yes" ? "everything there" : `see ${one.environment}`],
      }),
    );
  return [...own, ...elsewhere.sort((left, right) => (left.key < right.key ? -1 : 1))];
}

/** All of what a role reaches, credentials of others and IAM before the rest. */
function farthestFirst(role: RoleAccess): readonly string[] {
  if (role.administrator === "yes") return reachOf(role);
  const lines = rightsLines(role.capabilities, role.accountId);
  const far = lines.filter(({ tone }) => tone === "alarm");
  return [...far, ...lines.filter(({ tone }) => tone !== "alarm")].map(({ text }) => text);
}

function reachOf(role: RoleAccess): readonly string[] {
  if (role.administrator === "yes") return ["everything in the account"];
  const rights = rightsLines(role.capabilities, role.accountId).map(({ text }) => text);
  return rights.length === 0 ? ["nothing"] : abbreviated(rights, 4);
}

function ciRow(user: UserAccess, environment: EnvironmentAccess): CiRow {
  const { names, repositories, groups, guardedTo, capabilities, mayBecome, accountId } = user;
  const isAnywhere = guardedTo.conditions.some(({ networks }) => networks === undefined);
  const from = guardedTo.conditions.map((one) => networksText(one, environment)).join(" or ");
  return {
    repositories: abbreviated(repositories, 3).join(", "),
    groups: groups.join(" + ") || "no group",
    users: abbreviated(names, 3).join(", "),
    isStack: names.length > 1,
    from: { text: `from ${from || "nowhere"}`, isWeak: isAnywhere },
    reach: [
      ...abbreviated(
        rightsLines(capabilities, accountId).map(({ text }) => text),
        4,
      ),
      ...mayBecome.map(({ name }) => `become ${name}`),
    ],
  };
}

/** Roles that no user assumes: jobs by their tokens each, services together. */
function serviceRows(environment: EnvironmentAccess): readonly ServiceRow[] {
  const { roles } = environment;
  const others = sortedRoles(roles).filter(({ assumedBy }) => !assumedBy.some(({ kind }) => kind === "user"));
  return others.map((role) => ({
    assumers: abbreviated(
      role.assumedBy.map(({ name, answer }) => (answer === "unknown" ? `${name} (not known)` : name)),
      3,
    ),
    role: labelIn(environment, role),
    isAdmin: role.administrator === "yes",
    reach: abbreviated(farthestFirst(role), 3),
  }));
}

function describe({ users, roles }: EnvironmentAccess): string {
  const sentences = users.map(({ names, mayBecome, groups }) => {
    const who = enumeration(abbreviated(names, 4));
    const become = mayBecome.map(
      ({ name, conditions }) => `${name} (${conditionsMark(conditions) || "no condition"})`,
    );
    const may = become.length === 0 ? "becomes no role" : `may become ${enumeration(become)}`;
    return `${who}, in ${enumeration(groups) || "no group"}, ${may}.`;
  });
  const admins = roles.filter(({ administrator }) => administrator === "yes").map(({ name }) => name);
  const last =
    admins.length === 0 ? "No role is an administrator's." : `Administrator: ${enumeration(admins)}.`;
  return [...abbreviated(sentences, 30), last].join(" ");
}
