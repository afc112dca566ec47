import { UNKNOWN_PART } from "../graph";

/**
 * A pattern is a string whose wildcards are Unicode non-characters, so that a literal `*` (from `${*}` or the
 * value of a policy variable) never becomes a wildcard again. IAM accepts none of them in any name or document.
 */
export const token = {
  /** Any characters, none included: `*`. */
  any: "\uFDD0",
  /** The same, without a colon. */
  anyInSegment: "\uFDD1",
  /** One character: `?`. */
  one: "\uFDD2",
  /** One character that is no colon. */
  oneInSegment: "\uFDD3",
  /** One character of a name: neither `/` nor `:`. Stands for the first character of an unknown part. */
  nameCharacter: "\uFDD4",
  /** Any characters of a name: the rest of an unknown part. */
  nameCharacters: "\uFDD5",
} as const;

export interface Pattern {
  readonly tokens: string;
  /** How it is matched: the cheapest way that is right. */
  readonly kind: "everything" | "exact" | "prefix" | "glob" | "automaton";
  /** A part of the pattern itself is unknown, so that no text is certain to match. */
  readonly hasUnknown: boolean;
}

const SEGMENT_BOUND = /[\uFDD1\uFDD3\uFDD4\uFDD5]/;
const WILDCARD = /[\uFDD0-\uFDD5]/;
const WILDCARDS = /[\uFDD0-\uFDD5]/g;

/** A pattern of tokens, as `tokensOf` writes them. */
export function patternOf(tokens: string): Pattern {
  const expanded = expandUnknownParts(tokens);
  return { tokens: expanded, kind: kindOf(expanded), hasUnknown: expanded !== tokens };
}

function kindOf(tokens: string): Pattern["kind"] {
  if (tokens === token.any) return "everything";
  if (SEGMENT_BOUND.test(tokens)) return "automaton";
  if (!WILDCARD.test(tokens)) return "exact";
  const only = tokens.search(WILDCARD) === tokens.length - 1 && tokens.endsWith(token.any);
  return only ? "prefix" : "glob";
}

/**
 * An unknown part within a string stands for a part of a name. One that begins the string may be anything
 * (`${aws_s3_bucket.data.arn}/*`: a whole ARN), because nothing before it says where it stands.
 */
function expandUnknownParts(tokens: string): string {
  if (!tokens.includes(UNKNOWN_PART)) return tokens;
  const led = tokens.startsWith(UNKNOWN_PART) ? token.one + token.any + tokens.slice(1) : tokens;
  return led.replaceAll(UNKNOWN_PART, token.nameCharacter + token.nameCharacters);
}

/** Text without wildcards of its own: what a policy variable is replaced with. */
export function literal(text: string): string {
  return WILDCARD.test(text) ? text.replace(WILDCARDS, "") : text;
}
