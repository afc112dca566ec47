import type { Assumer, EnvironmentAccess, RoleAccess } from "../access-report";
import { PEOPLE_BY_ACCOUNT_ACCESS } from "../assumers/services";
import { cell, type DocumentCell, type Line, line, type Section } from "../document";
import { labelIn } from "../labels";
import { rightsLines } from "../rights";
import { abbreviated, compareText, distinct, duration } from "../shown";
import { conditionsText, placesText } from "../words";
import { isWeak, MOST_NAMES, roleLine } from "./cells";

export function rolesSection(environment: EnvironmentAccess): Section {
  return {
    title: "Roles",
    caption: "who may assume them and for how long, and what they may do",
    columns: ["role", "assumed by", "under which conditions", "session", "may"],
    rows: sortedRoles(environment.roles)
      .filter((role) => !isServiceRole(role))
      .flatMap((role) => roleRows(role, environment)),
    otherwise: "no roles",
  };
}

export function serviceRolesSection(environment: EnvironmentAccess): Section {
  return {
    title: "Roles of AWS services",
    caption: "assumed by a service only",
    columns: ["role, and the service that assumes it", "may"],
    rows: sortedRoles(environment.roles)
      .filter(isServiceRole)
      .flatMap((role) =>
        roleRows(role, environment).map(([name = [], who = [], how = [], , may = []]) => [
          [...name, ...who, ...how],
          shortened(may),
        ]),
      ),
    otherwise: "none",
  };
}

/** What reaches farthest first; the last line, the policies, always stays. */
function shortened(may: DocumentCell): DocumentCell {
  const rights = may.slice(0, -1);
  const far = rights.filter(({ tone }) => tone === "alarm");
  const sorted = [...far, ...rights.filter(({ tone }) => tone !== "alarm")];
  const kept = Math.max(MOST_SERVICE_RIGHTS, far.length);
  if (sorted.length <= kept + 1) return [...sorted, ...may.slice(-1)];
  return [
    ...sorted.slice(0, kept),
    line(`${sorted.length - kept} more, see --format json`, "quiet"),
    ...may.slice(-1),
  ];
}

/** Lines for a role that nobody but a service assumes; credentials and IAM are always told in full. */
const MOST_SERVICE_RIGHTS = 3;

/** Administrators first, roles of services last. */
export function sortedRoles(roles: readonly RoleAccess[]): readonly RoleAccess[] {
  const rank = (role: RoleAccess) => (role.administrator !== "no" ? 0 : isServiceRole(role) ? 2 : 1);
  return [...roles].sort((left, right) => rank(left) - rank(right) || compareText(left.name, right.name));
}

function isServiceRole({ assumedBy }: RoleAccess): boolean {
  return (
    assumedBy.length > 0 &&
    assumedBy.every(({ kind, name }) => kind === "service" && name !== PEOPLE_BY_ACCOUNT_ACCESS)
  );
}

function roleRows(role: RoleAccess, environment: EnvironmentAccess): readonly (readonly DocumentCell[])[] {
  const nobody = { who: [line("nobody", "quiet")], how: cell("") };
  const deleted = role.trustsDeleted.map((who) => ({
    who: [line(`deleted ${who}`, "quiet")],
    how: [line("nobody can be it any more", "quiet")],
  }));
  const [first = nobody, ...rest] = [...groupedAssumers(role.assumedBy, environment), ...deleted];
  const { policies, permissionsBoundary, capabilities, administrator } = role;
  const within = permissionsBoundary === undefined ? [] : [`within ${permissionsBoundary}`];
  const may = [
    ...(administrator === "yes" ? [line("everything", "alarm")] : rightsLines(capabilities, role.accountId)),
    line(policies.length === 0 ? "(no policies)" : `(${[...policies, ...within].join(", ")})`, "quiet"),
  ];
  return [
    [[roleLine(labelIn(environment, role), administrator)], first.who, first.how, sessionCell(role), may],
    ...rest.map(({ who, how }) => [cell(""), who, how, cell(""), cell("")]),
  ];
}

/** Assumers under the same conditions together. */
function groupedAssumers(
  assumers: readonly Assumer[],
  environment: EnvironmentAccess,
): readonly { readonly who: DocumentCell; readonly how: DocumentCell }[] {
  const groups = new Map<string, Assumer[]>();
  const keys = new Map<Assumer["conditions"], string>();
  for (const assumer of assumers) {
    const { kind, answer, conditions, unknowns } = assumer;
    const how = keys.get(conditions) ?? JSON.stringify([conditions, unknowns]);
    keys.set(conditions, how);
    const key = `${kind === "user"} ${answer} ${how}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [assumer]);
    else group.push(assumer);
  }
  return [...groups.values()].map((group) => {
    const all = group.map(({ kind, name }) => assumerName(kind, name));
    const how = group.slice(0, 1).flatMap((assumer) => assumerLine(assumer, environment));
    return { who: abbreviated(all, MOST_NAMES).map((name) => line(name)), how };
  });
}

function sessionCell({ maxSessionSeconds }: RoleAccess): DocumentCell {
  return maxSessionSeconds === 0 ? [line("not known", "open")] : cell(duration(maxSessionSeconds));
}

function assumerName(kind: Assumer["kind"], name: string): string {
  return kind === "role" && !/^(?:arn:|role\/)/.test(name) ? `role ${name}` : name;
}

function assumerLine(assumer: Assumer, environment: EnvironmentAccess): readonly Line[] {
  const { kind, answer, conditions, unknowns } = assumer;
  if (answer === "unknown") return [line(`not known: ${unknowns[0] ?? ""}`, "open")];
  if (kind === "service")
    return distinct(conditions.flatMap(({ besides = [] }) => besides)).map((text) => line(text));
  if (kind === "role" || kind === "web-identity" || kind === "saml")
    return [line(placesText(conditions, environment))];
  return [line(conditionsText(conditions, environment), isWeak(conditions) ? "weak" : undefined)];
}
