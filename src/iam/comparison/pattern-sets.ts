/**
 * Sets of texts written as IAM writes them: patterns with `*` and `?`, and their complements (NotAction, NotResource).
 * Asked is inclusion, never a sample: "may anything be in here that was not in there?"
 */
export interface PatternSet {
  readonly patterns: readonly string[];
  /** Everything but `patterns`. */
  readonly negated: boolean;
}

const ANY = "\uFDD0";
const ONE = "\uFDD2";
/** Stands for every character that no pattern names. */
const OTHER = "\uFDD6";
/** Private characters, one for each policy variable: a value that is the same on both sides, whatever it is. */
const FIRST_VARIABLE = 0xe100;
const LAST_VARIABLE = 0xf8ff;
/** States after which the search gives up and answers "not included", which is the cautious answer. */
const MOST_STATES = 20_000;
/** Pairs of patterns beyond which a set is taken as not covered: no document that IAM takes has as many. */
const MOST_PAIRS = 2_000_000;
/** Candidates after which texts without wildcards are left out. */
const MOST_EXACT = 40;

const variables = new Map<string, string>();
const readTokens = new Map<string, string>();

/** Tokens of a pattern: wildcards as non-characters, a policy variable as one private character. */
export function tokensOf(text: string): string {
  const known = readTokens.get(text);
  if (known !== undefined) return known;
  const tokens = text
    .replace(/\$\{([^}]*)\}/g, (_, name: string) =>
      name === "*" ? "\uFDD7" : name === "?" ? "\uFDD8" : name === "$" ? "$" : variableToken(name),
    )
    .replaceAll("*", ANY)
    .replaceAll("?", ONE)
    .replace(/\uFDD0+/g, ANY)
    .replaceAll("\uFDD7", "*")
    .replaceAll("\uFDD8", "?");
  if (readTokens.size > 50_000) readTokens.clear();
  readTokens.set(text, tokens);
  return tokens;
}

function variableToken(name: string): string {
  const key = name.toLowerCase();
  let token = variables.get(key);
  if (token === undefined) {
    token = String.fromCharCode(Math.min(FIRST_VARIABLE + variables.size, LAST_VARIABLE));
    variables.set(key, token);
  }
  return token;
}

function isVariable(token: string): boolean {
  const code = token.charCodeAt(0);
  return (code >= FIRST_VARIABLE && code <= LAST_VARIABLE) || token === "\uFFFD";
}

/** Whether every text of `inner` is in one of `outers`. */
export function isCovered(inner: string, outers: readonly string[]): boolean {
  if (outers.length === 0) return false;
  if (outers.length > 32 ? setOf(outers).has(inner) : outers.includes(inner)) return true;
  const tokens = tokensOf(inner);
  const isPlain = !tokens.includes(ANY) && !tokens.includes(ONE);
  const candidates: string[] = [];
  for (const outer of outers) {
    const wanted = tokensOf(outer);
    if (wanted === ANY || wanted === tokens) return true;
    const isExact = !wanted.includes(ANY) && !wanted.includes(ONE);
    // exact texts help only to complete what wildcards leave out
    if (isExact && (isPlain || candidates.length > MOST_EXACT)) continue;
    if (couldMeet(tokens, wanted)) candidates.push(wanted);
  }
  if (candidates.length === 0) return false;
  return isPlain
    ? candidates.some((wanted) => includesAll(tokens, [wanted]))
    : candidates.some((wanted) => includesAll(tokens, [wanted])) || includesAll(tokens, candidates);
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(patterns: readonly string[]): ReadonlySet<string> {
  let set = sets.get(patterns);
  if (set === undefined) {
    set = new Set(patterns);
    sets.set(patterns, set);
  }
  return set;
}

/** Cheap: whether the literal beginnings agree as far as both go. */
function couldMeet(left: string, right: string): boolean {
  const length = Math.min(literalLength(left), literalLength(right));
  return left.slice(0, length) === right.slice(0, length);
}

function literalLength(tokens: string): number {
  const at = tokens.search(/[\uFDD0\uFDD2\uE100-\uF8FF\uFFFD]/);
  return at < 0 ? tokens.length : at;
}

/** Follows every text of `inner` through all of `outers` at once. */
function includesAll(inner: string, outers: readonly string[]): boolean {
  const alphabet = [...new Set([...outers.join(""), OTHER])].filter(
    (token) => token !== ANY && token !== ONE,
  );
  const seen = new Set<string>();
  const start = outers.map((outer) => closed(outer, [0]));
  const open: [number, number[][]][] = [[0, start]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [at, positions] = next;
    const key = `${at}|${positions.map((list) => list.join(",")).join("|")}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > MOST_STATES) return false;
    if (at === inner.length) {
      if (!positions.some((list, index) => list.includes(outers[index]?.length ?? -1))) return false;
      continue;
    }
    if (positions.every((list) => list.length === 0)) return false;
    const token = inner[at] as string;
    if (token === ANY) open.push([at + 1, positions]);
    for (const symbol of token === ANY || token === ONE ? alphabet : [token]) {
      const moved = positions.map((list, index) => step(outers[index] as string, list, symbol));
      open.push([token === ANY ? at : at + 1, moved]);
    }
  }
  return true;
}

function closed(tokens: string, positions: readonly number[]): number[] {
  const all = new Set<number>();
  for (const position of positions) {
    let at = position;
    all.add(at);
    while (tokens[at] === ANY) all.add(++at);
  }
  return [...all].sort((a, b) => a - b);
}

function step(tokens: string, positions: readonly number[], symbol: string): number[] {
  const next: number[] = [];
  for (const at of positions) {
    const wanted = tokens[at];
    if (wanted === ANY) next.push(at);
    else if (wanted === symbol || (wanted === ONE && !isVariable(symbol))) next.push(at + 1);
  }
  return closed(tokens, next);
}

/** Whether some text may be in both. Variables may have any value. */
export function mayMeet(left: string, right: string): boolean {
  const [a, b] = [loose(left), loose(right)];
  if (!couldMeet(a, b)) return false;
  const width = b.length + 1;
  const seen = new Uint8Array((a.length + 1) * width);
  const open = [0];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (seen[state] === 1) continue;
    seen[state] = 1;
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
}

function loose(text: string): string {
  return tokensOf(text).replace(/[\uE100-\uF8FF\uFFFD]/g, ANY);
}

/** Whether two sets may have a text in common. */
export function setsMeet(left: PatternSet, right: PatternSet): boolean {
  if (left.negated && right.negated) return true;
  if (left.negated) return setsMeet(right, left);
  // too many to ask: they may
  if (left.patterns.length * right.patterns.length > MOST_PAIRS) return true;
  if (!right.negated) return left.patterns.some((one) => right.patterns.some((other) => mayMeet(one, other)));
  return left.patterns.some((one) => !isCovered(one, right.patterns));
}

/**
 * Whether every member of `inner` is in one of `outers`. Cautious: a cover that only several complements together
 * make is not seen.
 */
export function isSetCovered(inner: PatternSet, outers: readonly PatternSet[]): boolean {
  const plain = outers.filter(({ negated }) => !negated);
  const positive =
    plain.length === 1 && plain[0] ? plain[0].patterns : plain.flatMap(({ patterns }) => patterns);
  const complements = outers.filter(({ negated }) => negated);
  if (setOf(positive).has("*")) return true;
  if (!inner.negated) {
    const left =
      positive.length > 32 ? inner.patterns.filter((one) => !setOf(positive).has(one)) : inner.patterns;
    if (left.length * positive.length > MOST_PAIRS) return false;
    return left.every(
      (pattern) =>
        isCovered(pattern, positive) ||
        complements.some(({ patterns }) =>
          patterns.every((spared) => !mayMeet(pattern, spared) || isCovered(spared, positive)),
        ),
    );
  }
  return complements.some(({ patterns }) =>
    patterns.every((spared) => isCovered(spared, [...inner.patterns, ...positive])),
  );
}
