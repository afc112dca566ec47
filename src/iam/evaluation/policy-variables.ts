import { type ArnPlace, arnTokens, countColons } from "./arn-pattern";
import { literal, type Pattern, patternOf, token } from "./pattern";
import type { ContextEntry } from "./request-context";
import type { Ternary } from "./ternary";
import { matches, wildcardTokens } from "./wildcard";

/** A value of a policy, with its policy variables still to be replaced. */
export interface Template {
  /** As written, for explanations. */
  readonly text: string;
  /** The pattern, where no variable is in it. */
  readonly pattern?: Pattern;
  readonly parts: readonly (string | Variable)[];
  readonly ignoreCase: boolean;
}

export interface Variable {
  /** Lower case: the names of condition keys are not case-sensitive. */
  readonly key: string;
  readonly fallback?: string;
  /** Whether it stands where IAM replaces variables: in an ARN only after the fifth colon. */
  readonly replaceable: boolean;
}

export interface TemplateOptions {
  /** `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  /** The text is an ARN pattern. */
  readonly arn?: ArnPlace;
  /** The document's version knows variables (2012-10-17). */
  readonly variables: boolean;
  readonly ignoreCase?: boolean;
}

/** `${key}`, `${key, 'default'}` and the characters `${*}`, `${?}`, `${$}`. */
const VARIABLE = /\$\{\s*(?:([*?$])|([^\s,'}]+)\s*(?:,\s*'([^']*)')?)\s*\}/g;

/**
 * Reads a value of a policy. Before version 2012-10-17 a variable is text like any other.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function template(text: string, options: TemplateOptions): Template {
  const ignoreCase = options.ignoreCase === true;
  const fold = (value: string): string => (ignoreCase ? value.toLowerCase() : value);
  const parts: (string | Variable)[] = [];
  let tokens = "";
  let colons = 0;
  const append = (piece: string, ends: boolean): void => {
    if (!options.wildcards) tokens += literal(piece);
    else if (options.arn === undefined) tokens += wildcardTokens(piece);
    else tokens += arnTokens(literal(piece), options.arn, colons, ends);
    colons += countColons(piece);
  };
  let end = 0;
  for (const match of options.variables ? text.matchAll(VARIABLE) : []) {
    append(text.slice(end, match.index), false);
    end = match.index + match[0].length;
    const [, special, key, fallback] = match;
    if (special !== undefined) {
      tokens += special;
      continue;
    }
    parts.push(fold(tokens), {
      key: (key ?? "").toLowerCase(),
      replaceable: options.arn === undefined || colons >= 5,
      ...(fallback === undefined ? {} : { fallback }),
    });
    tokens = "";
  }
  append(text.slice(end), true);
  if (parts.length === 0) return { text, pattern: patternOf(fold(tokens)), parts, ignoreCase };
  if (tokens !== "") parts.push(fold(tokens));
  return { text, parts, ignoreCase };
}

/** What matching a template needs of the request. */
export interface TemplateContext {
  lookup(key: string): ContextEntry;
  /** Takes the reason of an answer that is not known. */
  note(reason: string): void;
}

/**
 * Whether a text matches a template. A variable whose key the request does not carry has no value: nothing
 * equals it. One whose value is not known matches what some value would match, as far as that is known.
 */
export function templateMatches(value: Template, text: string, context: TemplateContext): Ternary {
  const subject = value.ignoreCase ? text.toLowerCase() : text;
  if (value.pattern !== undefined) return noted(matches(value.pattern, subject), value, text, context);
  let tokens = "";
  const reasons: string[] = [];
  for (const part of value.parts) {
    if (typeof part === "string") {
      tokens += part;
      continue;
    }
    const replacement = replacementFor(part, context);
    if (replacement === undefined) return false;
    if ("reason" in replacement) {
      reasons.push(replacement.reason);
      tokens += token.any;
    } else {
      const known = literal(replacement.text);
      tokens += value.ignoreCase ? known.toLowerCase() : known;
    }
  }
  const answer = matches(patternOf(tokens), subject);
  if (reasons.length === 0) return noted(answer, value, text, context);
  if (answer === false) return false;
  for (const reason of reasons) context.note(reason);
  return "unknown";
}

function replacementFor(
  variable: Variable,
  context: TemplateContext,
): { readonly text: string } | { readonly reason: string } | undefined {
  if (!variable.replaceable) {
    return { reason: `IAM does not replace \${${variable.key}} before the fifth colon of an ARN` };
  }
  const entry = context.lookup(variable.key);
  switch (entry.state) {
    case "absent":
      return variable.fallback === undefined ? undefined : { text: variable.fallback };
    case "present": {
      const [only, ...others] = entry.values;
      if (only !== undefined && others.length === 0) return { text: only };
      return { reason: `${variable.key} has several values and cannot be a policy variable` };
    }
    case "unvalued":
    case "unknown":
      return { reason: entry.reason };
  }
}

function noted(answer: Ternary, value: Template, text: string, context: TemplateContext): Ternary {
  if (answer === "unknown") {
    context.note(`whether "${shown(text)}" matches "${shown(value.text)}" is known only after apply`);
  }
  return answer;
}

/** With the unknown parts as a person writes them. */
export function shown(text: string): string {
  return text.replaceAll("\uFFFD", "(unknown)");
}
