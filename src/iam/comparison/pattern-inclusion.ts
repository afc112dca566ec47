import { ANY, couldMeet, isVariable, ONE, OTHER, type Pattern } from "./pattern-tokens";
import { isExhausted, spend } from "./step-count";

/** Steps of one question about patterns with `?`: beyond it the answer is the cautious one. */
const MOST_STEPS = 20_000;

/**
 * Whether every text of `inner` is in one of `outers`.
 *
 * Only texts in which each wildcard of `inner` stands for characters that no pattern names have to be looked at: an
 * outer pattern that takes such a character takes it by a wildcard, and so takes every other in its place. Where no
 * outer pattern has a `?`, the shortest of them decides, and one outer pattern must take it.
 */
export function isIncluded(inner: Pattern, outers: readonly Pattern[]): boolean {
  spend(outers.length);
  let isStrangestTaken = false;
  let hasOne = false;
  for (const outer of outers) {
    if (!couldMeet(outer, inner)) continue;
    if (!outer.hasOne) {
      if (matches(outer, inner.strangest)) return true;
    } else {
      hasOne = true;
      isStrangestTaken ||= matches(outer, inner.strangest);
    }
  }
  // beside patterns with `?`, those without may take the shortest texts
  return (
    hasOne &&
    isStrangestTaken &&
    !isExhausted() &&
    new Run(outers.filter((outer) => couldMeet(outer, inner))).includes(inner.tokens)
  );
}

/** Whether a pattern takes a text. */
export function matches({ segments, hasOne }: Pattern, text: string): boolean {
  spend(segments.length);
  const [first = ""] = segments;
  const isAt = hasOne ? standsAt : startsAt;
  if (segments.length === 1) return first.length === text.length && isAt(text, first, 0);
  const last = segments[segments.length - 1] as string;
  const end = text.length - last.length;
  if (first.length > end || !isAt(text, first, 0) || !isAt(text, last, end)) return false;
  let at = first.length;
  for (let index = 1; index < segments.length - 1; index++) {
    const segment = segments[index] as string;
    if (hasOne) {
      while (at + segment.length <= end && !standsAt(text, segment, at)) at++;
    } else {
      const found = text.indexOf(segment, at);
      if (found < 0) return false;
      at = found;
    }
    at += segment.length;
    if (at > end) return false;
  }
  return true;
}

function startsAt(text: string, segment: string, at: number): boolean {
  return text.startsWith(segment, at);
}

/** As `startsAt`, of a segment with wildcards for one character. */
function standsAt(text: string, segment: string, at: number): boolean {
  for (let index = 0; index < segment.length; index++) {
    const token = segment.charCodeAt(index);
    const code = text.charCodeAt(at + index);
    if (token !== code && (token !== ONE_CODE || isVariable(code))) return false;
  }
  return true;
}

const ONE_CODE = ONE.charCodeAt(0);

/** Positions in all patterns together, in order. */
type Positions = readonly number[];

/** Follows the texts of a pattern through others, written one behind the other, each with an end. */
class Run {
  private readonly tokens: string;
  private readonly starts: readonly number[];
  private readonly marks: Uint32Array;
  private mark = 0;
  private steps = 0;

  constructor(outers: readonly Pattern[]) {
    this.tokens = outers.map((outer) => `${outer.tokens}\n`).join("");
    const starts: number[] = [];
    let at = 0;
    for (const outer of outers) {
      starts.push(at);
      at += outer.tokens.length + 1;
    }
    this.starts = starts;
    this.marks = new Uint32Array(at + 1);
    this.steps = outers.length + Math.ceil(at / 8);
  }

  includes(inner: string): boolean {
    try {
      let states: readonly Positions[] = [this.closed(this.starts)];
      for (const token of inner) {
        const next =
          token === ANY
            ? states.flatMap((state) => this.afterRun(state))
            : states.map((state) => this.moved(state, token === ONE ? OTHER : token));
        if (this.steps > MOST_STEPS || next.some(({ length }) => length === 0)) return false;
        states = this.smallest(next);
      }
      return (
        this.steps <= MOST_STEPS &&
        states.every((state) => state.some((at) => this.tokens.charCodeAt(at) === 10))
      );
    } finally {
      spend(this.steps);
    }
  }

  /** Positions after no, one, two ... other characters, until nothing new comes. */
  private afterRun(positions: Positions): readonly Positions[] {
    const all = [positions];
    for (let current = positions; this.steps <= MOST_STEPS; ) {
      const next = this.moved(current, OTHER);
      if (isSame(next, current)) break;
      all.push(next);
      if (next.length === 0) break;
      current = next;
    }
    return all;
  }

  private moved(positions: Positions, symbol: string): Positions {
    const next: number[] = [];
    const isName = !isVariable(symbol.charCodeAt(0));
    for (const at of positions) {
      const token = this.tokens[at];
      if (token === ANY) next.push(at);
      else if (token === symbol || (token === ONE && isName)) next.push(at + 1);
    }
    return this.closed(next);
  }

  /** With the positions behind wildcards that may stand for nothing; in order, each once. */
  private closed(positions: Positions): Positions {
    this.mark++;
    const all: number[] = [];
    for (const position of positions) {
      for (let at = position; this.marks[at] !== this.mark; at++) {
        this.marks[at] = this.mark;
        all.push(at);
        if (this.tokens[at] !== ANY) break;
      }
    }
    this.steps += 2 + 2 * all.length;
    return all.sort((left, right) => left - right);
  }

  /** Those that hold no other: what the smaller set accepts, the larger accepts as well. */
  private smallest(states: readonly Positions[]): readonly Positions[] {
    if (states.length === 1) return states;
    const kept: Positions[] = [];
    for (const state of [...states].sort((left, right) => left.length - right.length)) {
      if (this.steps > MOST_STEPS) return states;
      if (!kept.some((smaller) => this.holds(state, smaller))) kept.push(state);
    }
    return kept;
  }

  private holds(larger: Positions, smaller: Positions): boolean {
    this.steps += smaller.length;
    let at = 0;
    for (const position of smaller) {
      while (at < larger.length && (larger[at] as number) < position) at++;
      if (larger[at] !== position) return false;
    }
    return true;
  }
}

function isSame(left: Positions, right: Positions): boolean {
  return left.length === right.length && left.every((position, index) => position === right[index]);
}
