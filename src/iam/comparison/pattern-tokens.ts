/** A run of any characters in a tokenized pattern. */
export const ANY = "\uFDD0";
/** One character in a tokenized pattern. */
export const ONE = "\uFDD2";
/** Stands for a character that no pattern names. */
export const OTHER = "\uFDD6";
/** Private characters, one for each policy variable: a value that is the same on both sides, whatever it is. */
const FIRST_VARIABLE = 0xe100;
const LAST_VARIABLE = 0xf8ff;
const UNKNOWN = 0xfffd;
const MOST_REMEMBERED = 50_000;
/** First or last character of a pattern that begins or ends with a wildcard or a variable. */
const OPEN = -1;

/** A pattern read once. */
export interface Pattern {
  /** Wildcards as non-characters, a policy variable as one private character. */
  readonly tokens: string;
  /** The text of the pattern in which every wildcard stands for one character that no pattern names. */
  readonly strangest: string;
  /** What stands between the runs of any characters. */
  readonly segments: readonly string[];
  /** What stands before the first wildcard or variable. */
  readonly start: string;
  /** Has a wildcard for one character. */
  readonly hasOne: boolean;
  readonly isPlain: boolean;
  /** Code of the first and of the last character, -1 where it may be any. */
  readonly first: number;
  readonly last: number;
}

const remembered = new Map<string, Pattern>();

export function patternOf(text: string): Pattern {
  let pattern = remembered.get(text);
  if (pattern === undefined) {
    if (remembered.size > MOST_REMEMBERED) remembered.clear();
    pattern = read(text);
    remembered.set(text, pattern);
  }
  return pattern;
}

function read(text: string): Pattern {
  const tokens = tokensOf(text);
  const segments = tokens.split(ANY);
  const hasOne = tokens.includes(ONE);
  const end = (code: number) => (!Number.isNaN(code) && isLiteral(code) ? code : OPEN);
  return {
    tokens,
    strangest: tokens.replace(/[\uFDD0\uFDD2]/g, OTHER),
    segments,
    start: literalStart(tokens),
    hasOne,
    isPlain: !hasOne && segments.length === 1,
    first: end(tokens.charCodeAt(0)),
    last: end(tokens.charCodeAt(tokens.length - 1)),
  };
}

/** In a run of wildcards the single characters come first, so that equal runs are equal texts. */
function tokensOf(text: string): string {
  if (!/[*?$]/.test(text)) return text;
  return text
    .replace(/\$\{([^}]*)\}/g, (_, name: string) =>
      name === "*" ? "\uFDD7" : name === "?" ? "\uFDD8" : name === "$" ? "$" : variableToken(name),
    )
    .replace(/[*?]+/g, (run) => {
      const singles = run.replaceAll("*", "").length;
      return ONE.repeat(singles) + (singles < run.length ? ANY : "");
    })
    .replaceAll("\uFDD7", "*")
    .replaceAll("\uFDD8", "?");
}

const variables = new Map<string, string>();

function variableToken(name: string): string {
  const key = name.toLowerCase();
  let token = variables.get(key);
  if (token === undefined) {
    token = String.fromCharCode(Math.min(FIRST_VARIABLE + variables.size, LAST_VARIABLE));
    variables.set(key, token);
  }
  return token;
}

/** Whether a token stands for a value that nobody knows: a policy variable, or an unknown part. */
export function isVariable(code: number): boolean {
  return (code >= FIRST_VARIABLE && code <= LAST_VARIABLE) || code === UNKNOWN;
}

function literalStart(tokens: string): string {
  let at = 0;
  while (at < tokens.length && isLiteral(tokens.charCodeAt(at))) at++;
  return tokens.slice(0, at);
}

function isLiteral(code: number): boolean {
  return code !== 0xfdd0 && code !== 0xfdd2 && !isVariable(code);
}

/** The pattern in which a variable may have any value. */
export function loosened(pattern: Pattern): Pattern {
  return /[\uE100-\uF8FF\uFFFD]/.test(pattern.tokens)
    ? patternOf(
        pattern.tokens
          .replace(/[\uE100-\uF8FF\uFFFD]/g, "*")
          .replaceAll(ANY, "*")
          .replaceAll(ONE, "?"),
      )
    : pattern;
}

/** Cheap: whether first and last characters allow that some text is in both. */
export function couldMeet(left: Pattern, right: Pattern): boolean {
  return (
    (left.first === right.first || left.first === OPEN || right.first === OPEN) &&
    (left.last === right.last || left.last === OPEN || right.last === OPEN)
  );
}
