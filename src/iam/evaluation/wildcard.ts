import { UNKNOWN_PART } from "../graph";
import { automatonMatches } from "./automaton";
import { literal, type Pattern, patternOf, token } from "./pattern";
import type { Ternary } from "./ternary";

/**
 * Whether a text matches a pattern. Three-valued: a text or pattern with an unknown part may match, and then
 * the answer is `"unknown"`. Time is at most the product of the lengths, never exponential.
 */
export function matches(pattern: Pattern, text: string): Ternary {
  if (pattern.kind === "everything") return true;
  if (pattern.hasUnknown || text.includes(UNKNOWN_PART)) return automatonMatches(pattern, text);
  switch (pattern.kind) {
    case "exact":
      return pattern.tokens === text;
    case "prefix":
      return text.length >= pattern.tokens.length - 1 && text.startsWith(pattern.tokens.slice(0, -1));
    case "glob":
      return globMatches(pattern.tokens, text);
    case "automaton":
      return automatonMatches(pattern, text);
  }
}

/** Only `any` and `one`: backtracking to the last `any` is enough, because each may take every character. */
function globMatches(tokens: string, text: string): boolean {
  let at = 0;
  let lastAny = -1;
  let resume = 0;
  for (let i = 0; i < text.length; ) {
    const wanted = tokens[at];
    if (wanted === token.any) {
      lastAny = at++;
      resume = i;
    } else if (wanted === token.one || wanted === text[i]) {
      at++;
      i++;
    } else if (lastAny >= 0) {
      at = lastAny + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (tokens[at] === token.any) at++;
  return at === tokens.length;
}

/** The tokens of a text with `*` and `?`, where each matches any character. */
export function wildcardTokens(text: string): string {
  return literal(text).replaceAll("*", token.any).replaceAll("?", token.one);
}

/** A pattern in which `*` and `?` match every character, colons included. */
export function wildcardPattern(text: string, options: { readonly ignoreCase?: boolean } = {}): Pattern {
  return patternOf(wildcardTokens(options.ignoreCase === true ? text.toLowerCase() : text));
}

/**
 * Whether `text` matches `pattern`, where `*` stands for any characters (none included) and `?` for one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function matchesWildcard(
  pattern: string,
  text: string,
  options: { readonly ignoreCase?: boolean } = {},
): Ternary {
  return matches(wildcardPattern(pattern, options), options.ignoreCase === true ? text.toLowerCase() : text);
}
