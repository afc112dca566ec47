import type {
  Assumer,
  Cell,
  EnvironmentAccess,
  GroupAccess,
  ReachedRole,
  RoleAccess,
  UserAccess,
} from "./access-report";
import { CAPABILITIES } from "./capabilities";
import { cell, type DocumentCell, type Line, line, type ReportDocument, type Section } from "./document";
import { abbreviated, compareText, distinct, duration } from "./shown";
import { cellMarks, conditionsText, placesText } from "./words";

/** Names in one cell before the rest is counted. */
const MOST_NAMES = 12;

/** One environment as sections: people, CI, roles, what each may do, guards, exceptions, what is not known. */
export function environmentDocument(environment: EnvironmentAccess): ReportDocument {
  const { name, accountIds, allowedNetworks, users } = environment;
  const isCi = ({ kind }: UserAccess) => kind === "ci";
  return {
    title: `${name}  (account${accountIds.length === 1 ? "" : "s"} ${accountIds.join(", ") || "not known"})`,
    notes: allowedNetworks.length > 0 ? [`The allowed networks: ${allowedNetworks.join(", ")}`] : [],
    sections: [
      peopleSection(
        users.filter((user) => !isCi(user)),
        environment,
      ),
      ciSection(users.filter(isCi), environment),
      rolesSection(environment),
      matrixSection(environment),
      guardsSection(environment),
      acceptedSection(environment),
      unknownSection(environment),
    ],
  };
}

function peopleSection(people: readonly UserAccess[], environment: EnvironmentAccess): Section {
  return {
    title: "People",
    caption: "IAM users of people, one per device, and the roles that they may become",
    columns: ["user", "owner", "groups", "may become", "under which conditions"],
    rows: people.flatMap((user) => {
      const head = [
        names(user),
        abbreviated(distinct(user.owners), MOST_NAMES).map((owner) => line(owner)),
        groups(user),
      ];
      const [first, ...rest] = user.mayBecome;
      if (first === undefined) return [[...head, [line("no role", "quiet")], cell("")]];
      return [
        [...head, ...reachedCells(first, environment)],
        ...rest.map((reached) => [cell(""), cell(""), cell(""), ...reachedCells(reached, environment)]),
      ];
    }),
    otherwise: "no users of people",
  };
}

function names({
  names: all,
  kind,
  terraformCredentials,
  ownPolicies,
  permissionsBoundary,
}: UserAccess): DocumentCell {
  return [
    ...abbreviated(all, MOST_NAMES).map((name) => line(name, "name")),
    ...(kind === "break-glass" ? [line("(break-glass)", "quiet")] : []),
    ...(ownPolicies.length > 0 ? [line(`(own policies: ${ownPolicies.join(", ")})`, "alarm")] : []),
    ...(permissionsBoundary === undefined ? [] : [line(`(boundary: ${permissionsBoundary})`, "quiet")]),
    ...(terraformCredentials.length > 0 ? [line("(Terraform keeps a secret of it)", "alarm")] : []),
  ];
}

function groups({ groups: all }: UserAccess): DocumentCell {
  return all.length === 0 ? [line("none", "weak")] : all.map((name) => line(name));
}

function reachedCells(reached: ReachedRole, environment: EnvironmentAccess): readonly DocumentCell[] {
  const { name, administrator, answer, conditions, unknowns, through } = reached;
  const own = reached.environment === environment.name ? name : `${reached.environment}/${name}`;
  const role: Line[] = [line(own, administrator === "yes" ? "alarm" : "name")];
  if (administrator === "yes") role.push(line("administrator", "alarm"));
  if (administrator === "unknown") role.push(line("administrator: not known", "open"));
  const how: Line[] = [];
  if (answer === "unknown") how.push(line(`not known: ${unknowns[0] ?? ""}`, "open"));
  else how.push(line(conditionsText(conditions, environment), isWeak(conditions) ? "weak" : undefined));
  if (through.length > 0) how.push(line(`by way of ${through.join(", then ")}`));
  return [role, how];
}

function isWeak(conditions: ReachedRole["conditions"]): boolean {
  return conditions.some(({ mfa, networks }) => mfa === undefined || networks === undefined);
}

function ciSection(users: readonly UserAccess[], environment: EnvironmentAccess): Section {
  return {
    title: "CI",
    caption: "IAM users of repositories: long-term keys, no MFA, no role",
    columns: ["user", "repository", "groups", "from", "may"],
    rows: users.map((user) => [
      names(user),
      abbreviated(user.repositories, MOST_NAMES).map((repository) => line(repository)),
      groups(user),
      [line(placesText(user.guardedTo.conditions, environment).replace(/^from /, "") || "not known")],
      ciRights(user),
    ]),
    otherwise: "no users of repositories",
  };
}

function ciRights({ capabilities, mayBecome }: UserAccess): DocumentCell {
  const what = distinct(capabilities.flatMap((one) => (one.answer === "yes" ? rightsOf(one) : [])));
  const roles = mayBecome.map(({ name, administrator }) =>
    line(`become ${name}`, administrator === "no" ? "weak" : "alarm"),
  );
  const open = capabilities.filter(({ answer }) => answer === "unknown").length > 0;
  return [
    ...abbreviated(what, 8).map((text) => line(text)),
    ...roles,
    ...(open ? [line("more is not known, see below", "open")] : []),
    ...(what.length + roles.length === 0 && !open ? [line("nothing", "quiet")] : []),
  ];
}

function rightsOf({ what, extent, capability }: Cell): readonly string[] {
  return extent === "all" || what.length === 0 ? [`${extent} of ${capability}`] : what;
}

function rolesSection(environment: EnvironmentAccess): Section {
  return {
    title: "Roles",
    caption: "who may assume them, for how long, and by which policies they act",
    columns: ["role", "assumed by", "under which conditions", "session", "policies"],
    rows: sortedRoles(environment.roles).flatMap((role) => {
      const groups = groupedAssumers(role.assumedBy, environment);
      const head: DocumentCell = [
        line(role.name, role.administrator === "yes" ? "alarm" : "name"),
        ...(role.administrator === "yes" ? [line("administrator", "alarm")] : []),
        ...(role.administrator === "unknown" ? [line("administrator: not known", "open")] : []),
      ];
      const policies = [
        ...role.policies.map((policy) => line(policy)),
        ...(role.permissionsBoundary === undefined ? [] : [line(`within ${role.permissionsBoundary}`)]),
      ];
      const [first = { who: [line("nobody", "quiet")], how: [line("")] }, ...rest] = groups;
      return [
        [head, first.who, first.how, cell(duration(role.maxSessionSeconds)), policies],
        ...rest.map(({ who, how }) => [cell(""), who, how, cell(""), cell("")]),
      ];
    }),
    otherwise: "no roles",
  };
}

/** Roles of people and jobs before those of AWS services. */
function sortedRoles(roles: readonly RoleAccess[]): readonly RoleAccess[] {
  const rank = ({ assumedBy, administrator }: RoleAccess) =>
    administrator !== "no"
      ? 0
      : assumedBy.length > 0 && assumedBy.every(({ kind }) => kind === "service")
        ? 2
        : 1;
  return [...roles].sort((left, right) => rank(left) - rank(right) || compareText(left.name, right.name));
}

/** Assumers under the same conditions together. */
function groupedAssumers(assumers: readonly Assumer[], environment: EnvironmentAccess) {
  const groups = new Map<string, Assumer[]>();
  for (const assumer of assumers) {
    const kind = assumer.kind === "user" ? "user" : "other";
    const key = JSON.stringify([kind, assumer.answer, assumer.conditions, assumer.unknowns]);
    groups.set(key, [...(groups.get(key) ?? []), assumer]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const who = abbreviated(
      group.map(({ kind, name }) => (kind === "role" ? `role ${name}` : name)),
      MOST_NAMES,
    ).map((name) => line(name));
    const how = first === undefined ? [] : [assumerLine(first, environment)];
    return { who, how };
  });
}

function assumerLine(assumer: Assumer, environment: EnvironmentAccess): Line {
  const { kind, answer, conditions, unknowns } = assumer;
  if (answer === "unknown") return line(`not known: ${unknowns[0] ?? ""}`, "open");
  if (kind === "user" || kind === "account" || kind === "other") {
    return line(conditionsText(conditions, environment), isWeak(conditions) ? "weak" : undefined);
  }
  if (kind === "service")
    return line(distinct(conditions.flatMap(({ besides = [] }) => besides)).join(", ") || "as a service");
  return line(placesText(conditions, environment));
}

interface MatrixRow {
  readonly names: readonly string[];
  readonly cells: readonly DocumentCell[];
}

function matrixSection({ users, roles }: EnvironmentAccess): Section {
  const rows: MatrixRow[] = [
    ...users.map((user) => ({
      names: user.names,
      cells: [...cellsOf(user.capabilities), [adminOfUser(user)]],
    })),
    ...sortedRoles(roles).map((role) => ({
      names: [role.name],
      cells: [...cellsOf(role.capabilities), [adminOfRole(role)]],
    })),
  ];
  return {
    title: "What each may do itself",
    caption:
      "all, some or no: of that kind; MFA: only with MFA; net: only from listed networks; ?: not known; admin: may become, or is, an administrator",
    columns: ["principal", ...CAPABILITIES.map(({ title }) => title), "admin"],
    rows: folded(rows).map(({ names: all, cells }) => [
      abbreviated(all, MOST_NAMES).map((name) => line(name, "name")),
      ...cells,
    ]),
    otherwise: "no principals",
  };
}

/** Rows that say the same become one with all names. */
function folded(rows: readonly MatrixRow[]): readonly MatrixRow[] {
  const byCells = new Map<string, MatrixRow>();
  for (const row of rows) {
    const key = JSON.stringify(row.cells);
    const present = byCells.get(key);
    byCells.set(key, present === undefined ? row : { ...present, names: [...present.names, ...row.names] });
  }
  return [...byCells.values()];
}

function cellsOf(capabilities: readonly Cell[]): readonly DocumentCell[] {
  return CAPABILITIES.map(({ id }) => {
    const found = capabilities.find(({ capability }) => capability === id);
    return found === undefined ? [line("-", "quiet")] : matrixCell(found);
  });
}

function matrixCell(found: Cell): DocumentCell {
  if (found.answer === "unknown") return [line("?", "open")];
  if (found.answer === "no") return [line("no", "quiet")];
  const marks = cellMarks(found);
  const isFar = ["others-credentials", "manage-iam"].includes(found.capability);
  return [
    line(found.extent, isFar ? "alarm" : undefined),
    ...(marks === "" ? [] : [line(marks, "good")]),
    ...(found.unknowns.length > 0 ? [line("more ?", "open")] : []),
  ];
}

function adminOfUser({ mayBecome }: UserAccess): Line {
  const admin = mayBecome.filter(({ administrator, answer }) => administrator === "yes" && answer === "yes");
  if (admin.length > 0) return line("becomes", "alarm");
  const isOpen = mayBecome.some(
    ({ administrator, answer }) => administrator !== "no" || answer === "unknown",
  );
  return isOpen ? line("?", "open") : line("no", "quiet");
}

function adminOfRole({ administrator }: RoleAccess): Line {
  if (administrator === "yes") return line("is", "alarm");
  return administrator === "unknown" ? line("?", "open") : line("no", "quiet");
}

function guardsSection(environment: EnvironmentAccess): Section {
  return {
    title: "Guards",
    caption: "what the groups deny their members, whatever else is granted to them",
    columns: ["group", "members", "MFA", "networks", "federation tokens"],
    rows: environment.groups.map((group) => [
      [line(group.name, "name")],
      group.members.length === 0 ? [line("nobody", "quiet")] : cell(summary(group.members)),
      [mfaPart(group)],
      [networkPart(group, environment)],
      [group.deniesFederationTokens ? line("denied", "good") : line("not denied", "quiet")],
    ]),
    otherwise: "no groups",
  };
}

function summary(members: readonly string[]): string {
  return members.length <= 6 ? members.join(", ") : `${members.length} users`;
}

function mfaPart({ guardedTo, withoutMfa }: GroupAccess): Line {
  if (guardedTo.answer === "unknown") return line(`not known: ${guardedTo.unknowns[0] ?? ""}`, "open");
  if (!guardedTo.conditions.every(({ mfa }) => mfa !== undefined)) return line("off", "quiet");
  return line(
    withoutMfa.length === 0
      ? "on: without MFA nothing"
      : `on: without MFA only ${withoutMfa.length} actions that enrol it`,
    "good",
  );
}

function networkPart({ guardedTo }: GroupAccess, environment: EnvironmentAccess): Line {
  if (guardedTo.answer === "unknown") return line("not known", "open");
  if (guardedTo.answer === "no") return line("on: from nowhere", "good");
  if (guardedTo.conditions.some(({ networks }) => networks === undefined)) return line("off", "quiet");
  const places = distinct(
    guardedTo.conditions.map((one) => placesText([{ ...one, besides: [] }], environment)),
  );
  return line(`on: only ${places.join("; or ")}`, "good");
}

function acceptedSection({ acceptedExceptions }: EnvironmentAccess): Section {
  const isKnown = !("reason" in acceptedExceptions);
  return {
    title: "Accepted exceptions",
    columns: ["finding", "about", "until", "reason"],
    rows: isKnown
      ? acceptedExceptions.map(({ finding, subject, expires, reason }) => [
          cell(finding),
          cell(subject),
          cell(expires),
          cell(reason),
        ])
      : [],
    otherwise: isKnown ? "none" : `not known: ${acceptedExceptions.reason}`,
  };
}

function unknownSection({ unknowns, users, roles }: EnvironmentAccess): Section {
  const open = [
    ...users.flatMap((user) => user.capabilities.map((one) => ({ who: user.names.join(", "), one }))),
    ...roles.flatMap((role) => role.capabilities.map((one) => ({ who: role.name, one }))),
  ]
    .filter(({ one }) => one.unknowns.length > 0)
    .map(({ who, one }) => ({ what: `${who}: ${one.capability}`, reason: summaryOf(one.unknowns) }));
  return {
    title: "Not known",
    columns: ["what", "why"],
    rows: [...unknowns, ...open].map(({ what, reason }) => [[line(what, "open")], cell(reason)]),
    otherwise: "nothing: all of it was known",
  };
}

function summaryOf(reasons: readonly string[]): string {
  const [first = "", ...rest] = reasons;
  return rest.length === 0 ? first : `${first} (and ${rest.length} more)`;
}
