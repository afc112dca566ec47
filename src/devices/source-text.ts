/**
 * Positions in a TypeScript file, as far as editing an object literal needs them: strings, templates, comments and
 * regular expressions are passed over, brackets are matched. It is no parser; what it cannot follow it does not find.
 */

/** An entry of an object literal: `work: { owner: "alice" },` */
export interface Entry {
  /** The key, without quotes. */
  readonly key: string;
  /** First character of the key. */
  readonly start: number;
  /** First character of the value, and the one behind it. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

const OPENING: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

/** The position behind whatever begins here that is no code: a string, a template, a comment; or the same position. */
function skipped(text: string, at: number): number {
  const two = text.slice(at, at + 2);
  if (two === "//") {
    const end = text.indexOf("\n", at);
    return end < 0 ? text.length : end;
  }
  if (two === "/*") {
    const end = text.indexOf("*/", at + 2);
    return end < 0 ? text.length : end + 2;
  }
  const quote = text[at];
  if (quote !== '"' && quote !== "'" && quote !== "`") return at;
  for (let position = at + 1; position < text.length; position += 1) {
    if (text[position] === "\\") position += 1;
    else if (text[position] === quote) return position + 1;
    else if (quote === "`" && text.startsWith("${", position)) position = closing(text, position + 1);
  }
  return text.length;
}

/** The position of the bracket that closes the one here; the end of the text where there is none. */
export function closing(text: string, at: number): number {
  const stack = [OPENING[text[at] ?? ""] ?? ""];
  for (let position = at + 1; position < text.length; position += 1) {
    const behind = skipped(text, position);
    if (behind > position) {
      position = behind - 1;
      continue;
    }
    const character = text[position] ?? "";
    if (character in OPENING) stack.push(OPENING[character] ?? "");
    else if (character === stack.at(-1)) {
      stack.pop();
      if (stack.length === 0) return position;
    }
  }
  return text.length;
}

/** The position of the last character between two positions that is neither blank nor comment; the first where there is none. */
export function lastCode(text: string, open: number, end: number): number {
  let last = open;
  for (let position = open + 1; position < end; ) {
    const behind = skipped(text, position);
    if (behind > position) {
      if (!/^\/[/*]/.test(text.slice(position, position + 2))) last = behind - 1;
      position = behind;
      continue;
    }
    if (!/\s/.test(text[position] ?? "")) last = position;
    position += 1;
  }
  return last;
}

/** The entries of the object literal that opens at a position. Spreads, methods and computed keys are left out. */
export function entriesOf(text: string, open: number): readonly Entry[] {
  const end = closing(text, open);
  const found: Entry[] = [];
  let position = open + 1;
  while (position < end) {
    const start = nextCode(text, position, end);
    if (start >= end) break;
    const behind = entryEnd(text, start, end);
    const match = /^(?:(?<plain>[A-Za-z_$][\w$]*)|"(?<double>[^"\\]*)"|'(?<single>[^'\\]*)')\s*:/.exec(
      text.slice(start, behind),
    );
    if (match !== null) {
      const { plain, double, single } = match.groups ?? {};
      const valueStart = nextCode(text, start + match[0].length, behind);
      found.push({
        key: plain ?? double ?? single ?? "",
        start,
        valueStart,
        valueEnd: trimmedEnd(text, valueStart, behind),
      });
    }
    position = behind + 1;
  }
  return found;
}

/** The next position that is neither blank nor comment. */
function nextCode(text: string, from: number, end: number): number {
  let position = from;
  while (position < end) {
    if (/\s/.test(text[position] ?? "")) position += 1;
    else if (/^\/[/*]/.test(text.slice(position, position + 2))) position = skipped(text, position);
    else return position;
  }
  return end;
}

/** The comma that ends an entry, or the end of the literal. */
function entryEnd(text: string, from: number, end: number): number {
  let position = from;
  while (position < end) {
    const behind = skipped(text, position);
    if (behind > position) position = behind;
    else if ((text[position] ?? "") in OPENING) position = closing(text, position) + 1;
    else if (text[position] === ",") return position;
    else position += 1;
  }
  return end;
}

function trimmedEnd(text: string, from: number, end: number): number {
  return from + text.slice(from, end).trimEnd().length;
}

/** Positions of the object literals that are the value of `key: {` anywhere in the code. */
export function literalsOf(text: string, key: string): readonly number[] {
  const found: number[] = [];
  for (let position = 0; position < text.length; ) {
    const behind = skipped(text, position);
    if (behind > position) {
      position = behind;
      continue;
    }
    const rest = text.slice(position, position + key.length);
    const isWord =
      rest === key &&
      !/[\w$.]/.test(text[position - 1] ?? "") &&
      !/[\w$]/.test(text[position + key.length] ?? "");
    if (isWord) {
      const colon = nextCode(text, position + key.length, text.length);
      const open = text[colon] === ":" ? nextCode(text, colon + 1, text.length) : text.length;
      if (text[open] === "{") found.push(open);
    }
    position += 1;
  }
  return found;
}
