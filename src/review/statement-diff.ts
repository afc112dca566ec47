import { listOf, type Statement } from "../iam/policy-document";
import { shownText } from "./weight";

const MOST_LINES = 40;
const LONGEST_LINE = 400;

/** One statement against another as lines of a diff: only what differs, with a line that names the statement. */
export function statementDiff(
  before: Statement | undefined,
  after: Statement | undefined,
): readonly string[] {
  const lines = [`  ${after?.Effect ?? before?.Effect ?? ""} ${after?.Sid ?? before?.Sid ?? ""}`.trimEnd()];
  const [old, current] = [facts(before), facts(after)];
  for (const [name, values] of old) {
    for (const value of values) if (current.get(name)?.has(value) !== true) lines.push(`- ${name}: ${value}`);
  }
  for (const [name, values] of current) {
    for (const value of values) if (old.get(name)?.has(value) !== true) lines.push(`+ ${name}: ${value}`);
  }
  return capped(lines);
}

/** Statements that are compared to find what a statement was: beyond it there is no telling. */
const MOST_CANDIDATES = 50;

/**
 * What a statement was before: of those that the other side alone has, the one that shares most with it, so that a
 * diff shows what differs and not all of it. For the eyes only.
 */
export function nearestStatement(
  changed: Statement,
  there: readonly Statement[],
  here: readonly Statement[],
): Statement | undefined {
  const kept = new Set(here.map(textOf));
  const own = facts(changed);
  let best: { readonly statement: Statement; readonly shared: number } | undefined;
  for (const statement of there.slice(0, MOST_CANDIDATES)) {
    if (statement.Effect !== changed.Effect || kept.has(textOf(statement))) continue;
    const shared = sharedFacts(own, facts(statement));
    if (shared > (best?.shared ?? 0)) best = { statement, shared };
  }
  return best?.statement;
}

const texts = new WeakMap<Statement, string>();

function textOf(statement: Statement): string {
  let text = texts.get(statement);
  if (text === undefined) {
    text = JSON.stringify(statement);
    texts.set(statement, text);
  }
  return text;
}

/** How many facts are the same, actions and principals first; none where only `*` is. */
function sharedFacts(
  left: ReadonlyMap<string, Set<string>>,
  right: ReadonlyMap<string, Set<string>>,
): number {
  let shared = 0;
  for (const [name, values] of left) {
    for (const value of values) {
      if (value !== "*" && right.get(name)?.has(value) === true)
        shared += /Action|Principal/.test(name) ? 4 : 1;
    }
  }
  return shared;
}

export function capped(lines: readonly string[]): readonly string[] {
  const short = lines.slice(0, MOST_LINES).map((line) => {
    const shown = shownText(line);
    return shown.length > LONGEST_LINE ? `${shown.slice(0, LONGEST_LINE)}…` : shown;
  });
  return lines.length > MOST_LINES ? [...short, `  … ${lines.length - MOST_LINES} more lines`] : short;
}

const NO_FACTS: ReadonlyMap<string, Set<string>> = new Map();
const read = new WeakMap<Statement, ReadonlyMap<string, Set<string>>>();

function facts(statement: Statement | undefined): ReadonlyMap<string, Set<string>> {
  if (statement === undefined) return NO_FACTS;
  const known = read.get(statement);
  if (known !== undefined) return known;
  const found = new Map<string, Set<string>>();
  read.set(statement, found);
  const add = (name: string, values: readonly unknown[]) => {
    if (values.length > 0) found.set(name, new Set([...(found.get(name) ?? []), ...values.map(String)]));
  };
  for (const name of ["Action", "NotAction", "Resource", "NotResource"] as const)
    add(name, listOf(statement[name]));
  for (const name of ["Principal", "NotPrincipal"] as const) {
    const block = statement[name];
    if (block === "*") add(name, ["*"]);
    else for (const [kind, values] of Object.entries(block ?? {})) add(`${name} ${kind}`, listOf(values));
  }
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const [key, values] of Object.entries(keys)) add(`${operator} ${key}`, listOf(values));
  }
  return found;
}
