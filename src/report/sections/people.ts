import type { EnvironmentAccess, ReachedRole, UserAccess } from "../access-report";
import { cell, type DocumentCell, type Line, line, type Section } from "../document";
import { labelIn } from "../labels";
import { rightsLines } from "../rights";
import { abbreviated } from "../shown";
import { conditionsText, placesText } from "../words";
import { isWeak, MOST_NAMES, roleLine, userGroups, userNames, userOwners } from "./cells";

export function peopleSection(environment: EnvironmentAccess): Section {
  return {
    title: "People",
    caption: "IAM users of people, one per device, and the roles that they may become",
    columns: ["user", "owner", "groups", "may become", "under which conditions"],
    rows: environment.users
      .filter(({ kind }) => kind !== "ci")
      .flatMap((user) => personRows(user, environment)),
    otherwise: "no users of people",
  };
}

function personRows(user: UserAccess, environment: EnvironmentAccess): readonly (readonly DocumentCell[])[] {
  const head = [userNames(user, environment), userOwners(user), userGroups(user)];
  const [first, ...rest] = user.mayBecome;
  if (first === undefined) return [[...head, [line("no role", "quiet")], cell("")]];
  return [
    [...head, ...reachedCells(first, environment)],
    ...rest.map((reached) => [cell(""), cell(""), cell(""), ...reachedCells(reached, environment)]),
  ];
}

function reachedCells(reached: ReachedRole, environment: EnvironmentAccess): readonly DocumentCell[] {
  const { name, administrator, answer, conditions, unknowns, through } = reached;
  const label = labelIn(environment, { name, accountId: reached.accountId });
  const own = reached.environment === environment.name ? label : `${reached.environment}/${name}`;
  const how: Line[] =
    answer === "unknown"
      ? [line(`not known: ${unknowns[0] ?? ""}`, "open")]
      : [line(conditionsText(conditions, environment), isWeak(conditions) ? "weak" : undefined)];
  if (through.length > 0) how.push(line(`by way of ${through.join(", then ")}`));
  return [[roleLine(own, administrator)], how];
}

export function ciSection(environment: EnvironmentAccess): Section {
  const users = environment.users.filter(({ kind }) => kind === "ci");
  return {
    title: "CI",
    caption: "IAM users of repositories: long-term keys, no MFA",
    columns: ["user", "repository", "groups", "from", "may"],
    rows: users.map((user) => [
      userNames(user, environment),
      abbreviated(user.repositories, MOST_NAMES).map((repository) => line(repository)),
      userGroups(user),
      [line(placesText(user.guardedTo.conditions, environment).replace(/^from /, "") || "not known")],
      ciRights(user, environment),
    ]),
    otherwise: "no users of repositories",
  };
}

function ciRights(
  { capabilities, mayBecome, accountId }: UserAccess,
  environment: EnvironmentAccess,
): DocumentCell {
  const roles = mayBecome.map((role) => roleLine(`become ${labelIn(environment, role)}`, role.administrator));
  const rights = rightsLines(capabilities, accountId);
  return rights.length + roles.length === 0 ? [line("nothing", "quiet")] : [...rights, ...roles];
}
