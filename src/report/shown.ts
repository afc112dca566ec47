import { UNKNOWN_PART } from "../iam/graph";

const UNKNOWN_PARTS = new RegExp(`${UNKNOWN_PART}+`, "g");

/** A name or ARN for people: a part that is known only after apply is written as `*`. */
export function shown(text: string): string {
  return text.includes(UNKNOWN_PART) ? text.replace(UNKNOWN_PARTS, "*") : text;
}

/** Seconds in words: `1 h`, `15 min`, `90 s`. */
export function duration(seconds: number): string {
  if (seconds > 0 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds > 0 && seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumeration(words: readonly string[], conjunction: "and" | "or" = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
}

/** At most `limit` words and how many more there are. */
export function abbreviated(words: readonly string[], limit: number): readonly string[] {
  if (words.length <= limit) return words;
  return [...words.slice(0, limit - 1), `${words.length - limit + 1} more`];
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The distinct texts, sorted. */
export function distinct(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].sort(compareText);
}

/** As `mergeGraphs` tells principals apart. */
export function keyOfPrincipal({ arn, address }: { readonly arn: string; readonly address: string }): string {
  return arn === "" || arn.includes(UNKNOWN_PART) ? `${arn} ${address}` : arn;
}
