import { UNKNOWN_PART } from "../../iam/graph";
import type { UnknownParts } from "../../sources/resource/unknown-parts";
import { isUnknownValue } from "../../sources/resource/unknown-parts";

/** Stands for a value that is not known until apply, with what it is known by. */
export class NotKnown {
  readonly unknown = true;
  constructor(readonly reason: string) {}
}

/** Encloses, behind an unknown part of a text, what it is known by: two texts are equal where these are. */
const BY = "\u2063";
const KNOWN_BY = /\u2063[^\u2063]*\u2063/g;

/** A value of a source without its marks: unknown parts are told apart by their addresses. */
export function withoutMarks(value: unknown, parts: UnknownParts): unknown {
  if (isUnknownValue(value)) return new NotKnown(value.reason);
  if (typeof value === "string") {
    const whole = parts.whole(value);
    if (whole !== undefined) return new NotKnown(whole.reason);
    const found = parts.in(value);
    if (found.length === 0) return value;
    return found.reduce(
      (text, unknown) => text.replaceAll(parts.mark(unknown), `${UNKNOWN_PART}${BY}${unknown.reason}${BY}`),
      value,
    );
  }
  if (Array.isArray(value)) return value.map((item) => withoutMarks(item, parts));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutMarks(item, parts)]));
}

/** A value as it is judged and shown: unknown parts are `UNKNOWN_PART`. */
export function plainText(text: string): string {
  return text.includes(BY) ? text.replace(KNOWN_BY, "") : text;
}

export function isNotKnown(value: unknown): value is NotKnown {
  return value instanceof NotKnown;
}

/** What a file may leave out or write empty: it says the same. */
export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.every(isAbsent);
  return isPlainObject(value) && Object.values(value).every(isAbsent);
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isNotKnown(value);
}

/**
 * Equal texts are equal values: without order where there is none, JSON and policies by their content, numbers and
 * switches as text or not, and without what says nothing.
 */
export function canonical(value: unknown, isOrdered = false): string {
  if (isAbsent(value) && !isChoice(value)) return "";
  if (isNotKnown(value)) return JSON.stringify({ unknown: value.reason });
  if (typeof value === "string") {
    const json = jsonOf(value);
    return json === undefined ? JSON.stringify(value) : canonical(json);
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(String(value));
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item)).filter((text) => text !== "");
    return items.length === 1 ? (items[0] ?? "") : `[${(isOrdered ? items : items.sort()).join(",")}]`;
  }
  const entries = Object.entries(value)
    .filter(([key, item]) => !CHOICE.test(key) || !isNothing(item))
    .map(
      ([key, item]) => [key, canonical(item, ORDERED.test(key)) || (CHOICE.test(key) ? "{}" : "")] as const,
    )
    .filter(([, text]) => text !== "")
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(",")}}`;
}

/** Blocks that say something by being there, though they hold nothing: `default_action { allow {} }`. */
const CHOICE = /^(?:allow|block|count|captcha|challenge|none|deny|drop|pass|reject)$/;

function isChoice(value: unknown): boolean {
  const [block, ...others] = [value].flat();
  return (
    others.length === 0 &&
    isPlainObject(block) &&
    Object.entries(block).some(([key, item]) => CHOICE.test(key) && !isNothing(item))
  );
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

/** Lists whose order means something: words of a command. */
const ORDERED = /^(?:command|entry_?point|args|arguments|program)$/i;

/** The object or list that a text is the JSON of. */
export function jsonOf(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
