import { parseBoolean, parseDate, parseNumber } from "../evaluation/comparable-values";
import { addressRange } from "./address-range";
import type { Clause } from "./clause";
import { isCovered } from "./pattern-sets";
import { spend } from "./step-count";

/** Keys that never have more than one value, so that a set operator asks no more than a plain one. */
const SINGLE_VALUED =
  /^(?:aws:(?:sourceip|sourcevpc|sourcevpce|multifactorauthpresent|multifactorauthage|principalarn|principalaccount|principalorgid|username|userid|sourceaccount|sourcearn|sourceidentity|securetransport|viaawsservice|requestedregion)|sts:(?:externalid|sourceidentity|rolesessionname)|.*:(?:sub|aud|repository_id|repository|actor|ref|environment))$/;

/**
 * Whether some of `given` makes `wanted` hold in every request. Cautious: what is not certain is no.
 *
 * A missing key makes a positive operator false and a negated one true; `IfExists` makes it true; `ForAllValues` is
 * true of a missing key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function implies(given: readonly Clause[], wanted: Clause): boolean {
  return (
    isAlwaysTrue(wanted) || given.some((clause) => clause.key === wanted.key && clauseImplies(clause, wanted))
  );
}

export function impliesAll(given: readonly Clause[], wanted: readonly Clause[]): boolean {
  spend(given.length * wanted.length);
  return wanted.every((clause) => implies(given, clause));
}

function isAlwaysTrue({ parsed, values }: Clause): boolean {
  if (parsed?.comparison.type !== "string" || !parsed.comparison.wildcards || parsed.negated) return false;
  const acceptsMissing = parsed.ifExists || parsed.set === "ForAllValues";
  return acceptsMissing && values.includes("*");
}

function clauseImplies(given: Clause, wanted: Clause): boolean {
  const [a, b] = [given.parsed, wanted.parsed];
  if (a === undefined || b === undefined) {
    return given.operator === wanted.operator && sameValues(given.values, wanted.values);
  }
  if (b.comparison.type === "null") {
    if (a.comparison.type === "null") return sameValues(lower(given.values), lower(wanted.values));
    return lower(wanted.values).every((value) => value === "false") && needsKey(given);
  }
  if (a.comparison.type === "null") return false;
  if (a.negated !== b.negated) return false;
  if (!acceptsSameMissing(given, wanted)) return false;
  if (!setOperatorImplies(given, wanted)) return false;
  return a.negated ? valuesWithin(wanted, given) : valuesWithin(given, wanted);
}

/** Whether a request without the key fails the clause. */
function needsKey({ parsed }: Clause): boolean {
  return parsed !== undefined && !parsed.negated && !parsed.ifExists && parsed.set !== "ForAllValues";
}

/** Where `given` lets a request without the key pass, `wanted` must as well. */
function acceptsSameMissing(given: Clause, wanted: Clause): boolean {
  return needsKey(given) || !needsKey(wanted);
}

function setOperatorImplies({ parsed: a, key }: Clause, { parsed: b }: Clause): boolean {
  if (a?.set === b?.set) return true;
  if (!SINGLE_VALUED.test(key)) return false;
  // of one value or none: ForAnyValue and no set operator are the same where the operator is positive
  return !(a?.negated ?? false);
}

/** Whether each value of `inner` is matched by a value of `outer`, as their operators compare. */
export function valuesWithin(inner: Clause, outer: Clause): boolean {
  const [a, b] = [inner.parsed?.comparison, outer.parsed?.comparison];
  if (a === undefined || b === undefined) return false;
  if (a.type === "string" && b.type === "string") {
    if (a.ignoreCase && !b.ignoreCase) return false;
    const [inners, outers] = b.ignoreCase
      ? [lower(inner.values), lower(outer.values)]
      : [inner.values, outer.values];
    return inners.every((value) => {
      if (outers.includes(value) && a.wildcards === b.wildcards) return true;
      if (!b.wildcards) return !hasWildcard(value, a.wildcards) && outers.includes(value);
      return isCovered(a.wildcards ? value : escaped(value), outers);
    });
  }
  if (a.type === "arn" && b.type === "arn") {
    return inner.values.every(
      (value) =>
        outer.values.includes(value) || (isArn(value) && isCovered(value, outer.values.filter(isArn))),
    );
  }
  // an ARN that is compared as text: equal texts are equal ARNs
  if (a.type === "string" && b.type === "arn") {
    return (
      !a.ignoreCase &&
      inner.values.every(
        (value) =>
          isArn(value) &&
          !hasWildcard(value, a.wildcards) &&
          isCovered(a.wildcards ? value : escaped(value), outer.values.filter(isArn)),
      )
    );
  }
  if (a.type === "arn" && b.type === "string") {
    return inner.values.every(
      (value) =>
        isArn(value) &&
        (b.wildcards
          ? isCovered(value, outer.values)
          : !hasWildcard(value, true) && outer.values.includes(value)),
    );
  }
  if (a.type === "ip" && b.type === "ip") return inner.values.every((value) => isWithin(value, outer.values));
  if (a.type === "boolean" && b.type === "boolean") return subsetBy(inner.values, outer.values, parseBoolean);
  if ((a.type === "number" && b.type === "number") || (a.type === "date" && b.type === "date")) {
    const read = a.type === "number" ? parseNumber : parseDate;
    return inner.values.every((value) =>
      outer.values.some((other) => orderImplies(read(value), a.order, read(other), b.order)),
    );
  }
  if (a.type === "binary" && b.type === "binary") return subsetBy(inner.values, outer.values, (text) => text);
  return false;
}

function orderImplies(x: number | undefined, a: string, y: number | undefined, b: string): boolean {
  if (x === undefined || y === undefined) return false;
  if (a === b && x === y) return true;
  const below = b === "<" || b === "<=";
  if (b === "=") return a === "=" && x === y;
  if (a === "=") return below ? x < y || (x === y && b === "<=") : x > y || (x === y && b === ">=");
  if (below !== (a === "<" || a === "<=")) return false;
  return below
    ? x < y || (x === y && (a === "<" || b === "<="))
    : x > y || (x === y && (a === ">" || b === ">="));
}

function isWithin(text: string, ranges: readonly string[]): boolean {
  if (ranges.includes(text)) return true;
  const inner = addressRange(text);
  if (inner === undefined) return false;
  const outers = ranges
    .flatMap((range) => addressRange(range) ?? [])
    .filter(({ family }) => family === inner.family)
    .sort((left, right) => (left.first < right.first ? -1 : 1));
  // together they may hold what none of them holds alone
  let next = inner.first;
  for (const { first, last } of outers) {
    if (first > next) return false;
    if (last >= inner.last) return true;
    if (last >= next) next = last + 1n;
  }
  return false;
}

function subsetBy<T>(inner: readonly string[], outer: readonly string[], read: (text: string) => T): boolean {
  const there = new Set(outer.map(read));
  return inner.every((value) => read(value) !== undefined && there.has(read(value)));
}

function sameValues(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value) => right.includes(value));
}

const lowered = new WeakMap<readonly string[], readonly string[]>();

function lower(values: readonly string[]): readonly string[] {
  let texts = lowered.get(values);
  if (texts === undefined) {
    texts = values.map((value) => value.toLowerCase());
    lowered.set(values, texts);
  }
  return texts;
}

function hasWildcard(text: string, wildcards: boolean): boolean {
  return wildcards && /[*?]/.test(text.replace(/\$\{[*?$]\}/g, ""));
}

/** A text whose wildcards are characters, as one that a pattern is held to. */
function escaped(text: string): string {
  return text.replace(/[*?]/g, (character) => `\${${character}}`);
}

/** Six parts, so that no wildcard stands for a colon. */
function isArn(text: string): boolean {
  return text.split(":").length >= 6;
}
