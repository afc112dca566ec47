import { isIncluded, matches } from "./pattern-inclusion";
import { ANY, couldMeet, loosened, ONE, type Pattern, patternOf } from "./pattern-tokens";
import { isExhausted, spend } from "./step-count";

/**
 * Sets of texts written as IAM writes them: patterns with `*` and `?`, and their complements (NotAction, NotResource).
 * Asked is inclusion, never a sample: "may anything be in here that was not in there?"
 */
export interface PatternSet {
  readonly patterns: readonly string[];
  /** Everything but `patterns`. */
  readonly negated: boolean;
}

/** Patterns of a list, found by how they begin. */
interface PatternIndex {
  readonly texts: ReadonlySet<string>;
  readonly byStart: ReadonlyMap<string, readonly Pattern[]>;
  /** Lengths of the beginnings, ascending. */
  readonly lengths: readonly number[];
}

const indexes = new WeakMap<readonly string[], PatternIndex>();

function indexOf(texts: readonly string[]): PatternIndex {
  let index = indexes.get(texts);
  if (index === undefined) {
    spend(texts.length);
    const byStart = new Map<string, Pattern[]>();
    for (const pattern of texts.map(patternOf)) {
      const present = byStart.get(pattern.start);
      if (present === undefined) byStart.set(pattern.start, [pattern]);
      else present.push(pattern);
    }
    const lengths = [...new Set([...byStart.keys()].map(({ length }) => length))].sort((a, b) => a - b);
    index = { texts: new Set(texts), byStart, lengths };
    indexes.set(texts, index);
  }
  return index;
}

/** Patterns that begin as `inner` does: no other takes a text of it, but for one that is its shortest text. */
function candidates({ byStart, lengths, texts }: PatternIndex, inner: Pattern): readonly Pattern[] {
  const found: Pattern[] = [];
  spend(lengths.length);
  for (const length of lengths) {
    if (length > inner.start.length) break;
    const patterns = byStart.get(inner.start.slice(0, length));
    if (patterns !== undefined) found.push(...patterns);
  }
  const shortest = inner.tokens.replaceAll(ANY, "");
  if (shortest !== inner.tokens && texts.has(shortest)) found.push(patternOf(shortest));
  return found;
}

/** Whether every text of `inner` is in one of `outers`. Cautious where the budget of the comparison is used up. */
export function isCovered(inner: string, outers: readonly string[]): boolean {
  const [only] = outers;
  if (only === undefined) return false;
  if (outers.length === 1) {
    return only === "*" || only === inner || isIncluded(patternOf(inner), [patternOf(only)]);
  }
  const index = indexOf(outers);
  if (index.texts.has(inner) || index.texts.has("*")) return true;
  const pattern = patternOf(inner);
  return !isExhausted() && isIncluded(pattern, candidates(index, pattern));
}

/** Whether some text may be in both. Variables may have any value. */
export function mayMeet(left: string, right: string): boolean {
  if (left === "*" || right === "*" || left === right) return true;
  const [a, b] = [loosened(patternOf(left)), loosened(patternOf(right))];
  spend(1);
  if (!couldMeet(a, b)) return false;
  if (a.isPlain) return matches(b, a.tokens);
  if (b.isPlain) return matches(a, b.tokens);
  // too much to ask: they may
  return isExhausted() || meet(a.tokens, b.tokens);
}

function meet(a: string, b: string): boolean {
  const width = b.length + 1;
  const seen = new Uint8Array((a.length + 1) * width);
  const open = [0];
  let steps = 0;
  try {
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (seen[state] === 1) continue;
      seen[state] = 1;
      steps++;
      const i = Math.floor(state / width);
      const j = state % width;
      if (i === a.length && j === b.length) return true;
      const [x, y] = [a[i], b[j]];
      if (x === ANY) open.push((i + 1) * width + j);
      if (y === ANY) open.push(i * width + j + 1);
      if (x === undefined || y === undefined) continue;
      if (x === ANY && y === ANY) continue;
      if (x === ANY) open.push(i * width + j + 1);
      else if (y === ANY) open.push((i + 1) * width + j);
      else if (x === ONE || y === ONE || x === y) open.push((i + 1) * width + j + 1);
    }
    return false;
  } finally {
    spend(steps);
  }
}

/** Whether two sets may have a text in common. */
export function setsMeet(left: PatternSet, right: PatternSet): boolean {
  if (left.negated && right.negated) return true;
  if (left.negated) return setsMeet(right, left);
  if (!right.negated) {
    return left.patterns.some((pattern) => right.patterns.some((other) => mayMeet(pattern, other)));
  }
  return left.patterns.some((pattern) => !isCovered(pattern, right.patterns));
}

/** Whether every member of `inner` is in one of `outers`. */
export function isSetCovered(inner: PatternSet, outers: readonly PatternSet[]): boolean {
  const [only] = outers;
  if (outers.length === 1 && only && !only.negated && !inner.negated) {
    if (only.patterns.length === 1 && only.patterns[0] === "*") return true;
    return inner.patterns.every((pattern) => isCovered(pattern, only.patterns));
  }
  const plain = outers.filter(({ negated }) => !negated);
  const positive =
    plain.length === 1 && plain[0] ? plain[0].patterns : plain.flatMap(({ patterns }) => patterns);
  if (positive.includes("*")) return true;
  const complements = outers.filter(({ negated }) => negated);
  // complements together hold everything but what all of them spare
  const spared = intersectionOf(complements.map(({ patterns }) => patterns));
  if (inner.negated) {
    if (complements.length === 0) return false;
    const known = [...inner.patterns, ...positive];
    return spared.every((pattern) => isCovered(pattern, known));
  }
  return inner.patterns.every(
    (pattern) =>
      isCovered(pattern, positive) ||
      (complements.length > 0 &&
        spared.every((other) => !mayMeet(pattern, other) || isCovered(other, positive))),
  );
}

/** Patterns of what is in all sets. Where two patterns cross, one of them is kept: more than is in both, never less. */
export function intersectionOf(sets: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = sets;
  return others.reduce<readonly string[]>(
    (kept, patterns) =>
      kept.flatMap((pattern) => {
        if (isCovered(pattern, patterns)) return [pattern];
        return patterns
          .filter((other) => mayMeet(pattern, other))
          .map((other) => (isCovered(other, [pattern]) ? other : pattern));
      }),
    first,
  );
}
