import type { EnvironmentAccess, RoleAccess } from "../access-report";
import { labelIn } from "../labels";
import { rightsLines } from "../rights";
import { sortedRoles } from "../sections/roles";
import { abbreviated, distinct } from "../shown";
import type { ServiceRow } from "./picture";

/** Whom functions and their schedules are for: their roles are internal, and nobody becomes them. */
const OF_FUNCTIONS: ReadonlySet<string> = new Set(["lambda.amazonaws.com", "scheduler.amazonaws.com"]);

/** Roles that no user assumes: jobs by their tokens and services one by one, those of functions in one row. */
export function serviceRows(environment: EnvironmentAccess): readonly ServiceRow[] {
  const others = sortedRoles(environment.roles).filter(
    ({ assumedBy }) => !assumedBy.some(({ kind }) => kind === "user"),
  );
  const internal = others.filter(isOfFunction);
  const alone = internal.length > 1 ? others.filter((role) => !isOfFunction(role)) : others;
  const rows = alone.map((role) => rowOf(role, environment));
  return internal.length > 1 ? [...rows, foldedRow(internal, environment)] : rows;
}

function isOfFunction({ assumedBy, administrator }: RoleAccess): boolean {
  if (administrator !== "no" || assumedBy.length === 0) return false;
  return assumedBy.every(
    ({ kind, name, answer }) => kind === "service" && answer === "yes" && OF_FUNCTIONS.has(name),
  );
}

function rowOf(role: RoleAccess, environment: EnvironmentAccess): ServiceRow {
  return {
    assumers: abbreviated(
      role.assumedBy.map(({ name, answer }) => (answer === "unknown" ? `${name} (not known)` : name)),
      3,
    ),
    role: labelIn(environment, role),
    detail: "",
    isAdmin: role.administrator === "yes",
    isStack: false,
    reach: abbreviated(farthestFirst([role]), 3),
  };
}

function foldedRow(roles: readonly RoleAccess[], environment: EnvironmentAccess): ServiceRow {
  return {
    assumers: distinct(roles.flatMap(({ assumedBy }) => assumedBy.map(({ name }) => name))),
    role: `${roles.length} roles of functions`,
    detail: abbreviated(
      roles.map((role) => labelIn(environment, role)),
      4,
    ).join(", "),
    isAdmin: false,
    isStack: true,
    reach: abbreviated(farthestFirst(roles), 4),
  };
}

/** All of what roles reach, credentials of others and IAM before the rest. */
function farthestFirst(roles: readonly RoleAccess[]): readonly string[] {
  if (roles.some(({ administrator }) => administrator === "yes")) return ["everything in the account"];
  const lines = roles.flatMap(({ capabilities, accountId }) => rightsLines(capabilities, accountId));
  const far = lines.filter(({ tone }) => tone === "alarm");
  const texts = [...far, ...lines.filter(({ tone }) => tone !== "alarm")].map(({ text }) => text);
  return [...new Set(texts)];
}
