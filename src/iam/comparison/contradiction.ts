import { parseBoolean } from "../evaluation/comparable-values";
import { addressRange } from "./address-range";
import type { Clause } from "./clause";
import { valuesWithin } from "./implication";
import { mayMeet } from "./pattern-sets";

/**
 * Whether some request may meet all clauses. Cautious: no only where two of them certainly contradict each other, such
 * as `Bool` true beside `BoolIfExists` false, or a pattern that is demanded and denied.
 */
export function isSatisfiable(clauses: readonly Clause[]): boolean {
  return clauses.every((clause, index) =>
    clauses.slice(index + 1).every((other) => clause.key !== other.key || !contradict(clause, other)),
  );
}

function contradict(left: Clause, right: Clause): boolean {
  const [a, b] = [left.parsed, right.parsed];
  if (a === undefined || b === undefined || a.set !== undefined || b.set !== undefined) return false;
  if (a.comparison.type === "null" || b.comparison.type === "null") return nullContradicts(left, right);
  if (passesWithoutKey(left) && passesWithoutKey(right)) return false;
  if (a.negated && b.negated) return false;
  if (a.negated) return contradict(right, left);
  return b.negated ? valuesWithin(left, right) : areApart(left, right);
}

/** `true`: the key must be missing; `false`: it must be there. Other values are no answer. */
function demandedMissing({ parsed, values }: Clause): boolean | undefined {
  if (parsed?.comparison.type !== "null") return undefined;
  const read = new Set(values.map(parseBoolean));
  return read.size === 1 ? [...read][0] : undefined;
}

function nullContradicts(left: Clause, right: Clause): boolean {
  const [a, b] = [demandedMissing(left), demandedMissing(right)];
  if (a !== undefined && b !== undefined) return a !== b;
  if (a === true) return !passesWithoutKey(right);
  if (b === true) return !passesWithoutKey(left);
  return false;
}

function passesWithoutKey({ parsed }: Clause): boolean {
  return parsed === undefined || parsed.negated || parsed.ifExists;
}

/** Whether no value is taken by both, of positive clauses. */
function areApart(left: Clause, right: Clause): boolean {
  const [a, b] = [left.parsed?.comparison, right.parsed?.comparison];
  if (a === undefined || b === undefined) return false;
  const every = (apart: (one: string, other: string) => boolean) =>
    left.values.every((value) => right.values.every((other) => apart(value, other)));
  const isText = (type: string) => type === "string" || type === "arn";
  if (isText(a.type) && isText(b.type)) {
    return every(
      (value, other) => !mayMeet(asPattern(value, a).toLowerCase(), asPattern(other, b).toLowerCase()),
    );
  }
  if (a.type === "boolean" && b.type === "boolean")
    return every((value, other) => {
      const [x, y] = [parseBoolean(value), parseBoolean(other)];
      return x !== undefined && y !== undefined && x !== y;
    });
  if (a.type === "ip" && b.type === "ip")
    return every((value, other) => {
      const [x, y] = [addressRange(value), addressRange(other)];
      if (x === undefined || y === undefined) return false;
      return x.family !== y.family || x.last < y.first || y.last < x.first;
    });
  return false;
}

/** A text as a pattern: where the operator knows no wildcards, they are characters. */
function asPattern(
  value: string,
  comparison: { readonly type: string; readonly wildcards?: boolean },
): string {
  return comparison.type === "arn" || comparison.wildcards === true
    ? value
    : value.replace(/[*?]/g, (character) => `\${${character}}`);
}
