import { UNKNOWN_PART } from "../graph";
import { type Pattern, token } from "./pattern";
import type { Ternary } from "./ternary";

/** The positions of a pattern that a prefix of the text can have led to. */
type Positions = Uint8Array;

const REPEATING: ReadonlySet<string> = new Set([token.any, token.anyInSegment, token.nameCharacters]);

/**
 * Matches by following all positions at once. An unknown part of the text stands for one or more characters of
 * a name (any characters at all where it begins the text), so two questions are asked: can some such text
 * match, and must every such text match? `"unknown"` where only the first is so.
 */
export function automatonMatches(pattern: Pattern, text: string): Ternary {
  const { tokens } = pattern;
  let possible = closed(tokens, start(tokens));
  let certain = possible;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (character === UNKNOWN_PART) {
      possible = afterSomeName(tokens, possible, i === 0);
      certain = afterEveryName(tokens, certain, i === 0);
    } else {
      const same = certain === possible;
      possible = after(tokens, possible, (wanted) => takes(wanted, character));
      certain = same ? possible : after(tokens, certain, (wanted) => takes(wanted, character));
    }
  }
  if (possible[tokens.length] !== 1) return false;
  return certain[tokens.length] === 1 && !pattern.hasUnknown ? true : "unknown";
}

function start(tokens: string): Positions {
  const positions = new Uint8Array(tokens.length + 1);
  positions[0] = 1;
  return positions;
}

/** Adds what is reached by letting repeating wildcards take nothing. */
function closed(tokens: string, positions: Positions): Positions {
  for (let i = 0; i < tokens.length; i++) {
    if (positions[i] === 1 && REPEATING.has(tokens[i] as string)) positions[i + 1] = 1;
  }
  return positions;
}

function after(tokens: string, from: Positions, accepts: (wanted: string) => boolean): Positions {
  const next = new Uint8Array(tokens.length + 1);
  for (let i = 0; i < tokens.length; i++) {
    const wanted = tokens[i] as string;
    if (from[i] === 1 && accepts(wanted)) next[REPEATING.has(wanted) ? i : i + 1] = 1;
  }
  return closed(tokens, next);
}

function takes(wanted: string, character: string): boolean {
  switch (wanted) {
    case token.any:
    case token.one:
      return true;
    case token.anyInSegment:
    case token.oneInSegment:
      return character !== ":";
    case token.nameCharacter:
    case token.nameCharacters:
      return isNameCharacter(character);
    default:
      return wanted === character;
  }
}

function isNameCharacter(character: string): boolean {
  return character !== "/" && character !== ":";
}

/** Where one or more characters, chosen to suit, can lead. */
function afterSomeName(tokens: string, from: Positions, anything: boolean): Positions {
  const suits = (wanted: string): boolean => anything || isNameCharacter(wanted);
  let reached = after(tokens, from, suits);
  for (;;) {
    const further = union(reached, after(tokens, reached, suits));
    if (further.every((value, i) => value === reached[i])) return reached;
    reached = further;
  }
}

/**
 * Where one or more characters lead, whichever they are: only wildcards take a character that could be any.
 * After as many steps as the pattern is long, more characters change nothing.
 */
function afterEveryName(tokens: string, from: Positions, anything: boolean): Positions {
  const whichever = (wanted: string): boolean =>
    wanted === token.any ||
    wanted === token.one ||
    (!anything && (wanted === token.anyInSegment || wanted === token.oneInSegment));
  let step = after(tokens, from, whichever);
  let always = step;
  for (let i = 0; i <= tokens.length; i++) {
    step = after(tokens, step, whichever);
    always = intersection(always, step);
  }
  return always;
}

function union(a: Positions, b: Positions): Positions {
  return a.map((value, i) => value | (b[i] ?? 0));
}

function intersection(a: Positions, b: Positions): Positions {
  return a.map((value, i) => value & (b[i] ?? 0));
}
