import type { Cell, EnvironmentAccess, RoleAccess, UserAccess } from "../access-report";
import { CAPABILITIES } from "../capabilities";
import { type DocumentCell, type Line, line, type Section } from "../document";
import { labelIn } from "../labels";
import { abbreviated, compareText } from "../shown";
import { cellMarks } from "../words";
import { MOST_NAMES } from "./cells";
import { sortedRoles } from "./roles";

interface MatrixRow {
  readonly names: readonly string[];
  readonly cells: readonly DocumentCell[];
}

/** Principals and capabilities. Rows that say the same become one with all names. */
export function matrixSection(environment: EnvironmentAccess): Section {
  const { users, roles } = environment;
  const rows: readonly MatrixRow[] = [
    ...users.map((user) => ({
      names: user.names.map((name) => labelIn(environment, { name, accountId: user.accountId })),
      cells: [...cellsOf(user.capabilities), [adminOfUser(user, environment)]],
    })),
    ...sortedRoles(roles).map((role) => ({
      names: [labelIn(environment, role)],
      cells: [...cellsOf(role.capabilities), [adminOfRole(role, environment)]],
    })),
  ];
  return {
    title: "What each may do itself",
    caption:
      "all, some or none of a kind; MFA: only with MFA; net: only from listed networks; ?: not known. " +
      "read, write: contents; change: other resources; others: credentials of other users; admin: becomes or is one",
    columns: ["principal", ...CAPABILITIES.map(({ title }) => title), "admin"],
    rows: folded(rows).map(({ names, cells }) => [
      abbreviated([...names].sort(compareText), MOST_NAMES).map((name) => line(name, "name")),
      ...cells,
    ]),
    otherwise: "no principals",
  };
}

function folded(rows: readonly MatrixRow[]): readonly MatrixRow[] {
  const byCells = new Map<string, { readonly names: string[]; readonly cells: readonly DocumentCell[] }>();
  for (const { names, cells } of rows) {
    const key = JSON.stringify(cells);
    const present = byCells.get(key);
    if (present === undefined) byCells.set(key, { names: [...names], cells });
    else present.names.push(...names);
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

function adminOfUser(user: UserAccess, environment: EnvironmentAccess): Line {
  const { mayBecome, arns, administrator: own } = user;
  if (own === "yes") return line("is", "alarm");
  const held = wayOf(arns, environment);
  if (held !== undefined) return held;
  const isAdmin = mayBecome.some(({ administrator, answer }) => administrator === "yes" && answer === "yes");
  if (isAdmin) return line("becomes", "alarm");
  const isOpen =
    own === "unknown" ||
    mayBecome.some(({ administrator, answer }) => administrator !== "no" || answer === "unknown");
  return isOpen ? line("?", "open") : line("no", "quiet");
}

function adminOfRole({ administrator, arn }: RoleAccess, environment: EnvironmentAccess): Line {
  if (administrator === "yes") return line("is", "alarm");
  const held = wayOf([arn], environment);
  if (held !== undefined) return held;
  return administrator === "unknown" ? line("?", "open") : line("no", "quiet");
}

/** What the closure says, as the proofs do: the rights themselves, or a way to them. */
function wayOf(arns: readonly string[], { waysUp }: EnvironmentAccess): Line | undefined {
  const { administrators, escalations } = waysUp;
  const holder = administrators.find(({ arn }) => arns.includes(arn));
  if (holder !== undefined) return holder.certain ? line("is", "alarm") : line("?", "open");
  const names = new Set(arns.map((arn) => arn.slice(arn.lastIndexOf("/") + 1)));
  const ways = escalations.filter(
    ({ arn, kind, alike }) =>
      arns.includes(arn) || (kind === "user" && alike.some((name) => names.has(name))),
  );
  if (ways.length === 0) return undefined;
  return ways.some(({ certain }) => certain) ? line("becomes", "alarm") : line("?", "open");
}
