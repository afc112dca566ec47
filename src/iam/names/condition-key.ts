/** What a key's values are, in the words of the Service Authorization Reference. */
export type ConditionKeyType = "string" | "boolean" | "number" | "date" | "address" | "arn";

/**
 * @example
 * ```ts
 * import { type ConditionKey, conditionKey } from "iam-baseline/iam";
 *
 * const key: ConditionKey | undefined = conditionKey("aws:sourceip");
 * [key?.name, key?.type]; // ["aws:SourceIp", "address"]
 * ```
 */
export interface ConditionKey {
  /** In AWS's own spelling; `${...}` or `<...>` stands for a part that is the author's: `aws:ResourceTag/${TagKey}`. */
  readonly name: string;
  readonly type: ConditionKeyType;
  /** Whether a request may carry several values, which only `ForAllValues` and `ForAnyValue` compare. */
  readonly many: boolean;
}

const OPEN_PART = /\$\{[^}]*\}|<[^>]*>/;

/** Whether a part of the key's name is the author's. */
export function hasOpenPart({ name }: ConditionKey): boolean {
  return OPEN_PART.test(name);
}

/** Whether a key as written, in any case, is the one of this name. An open part takes one character or more. */
export function isNamed({ name }: ConditionKey, written: string): boolean {
  const lower = written.toLowerCase();
  const parts = name.toLowerCase().split(OPEN_PART);
  if (parts.length === 1) return name.toLowerCase() === lower;
  const [first = "", last = ""] = [parts[0], parts.at(-1)];
  if (!lower.startsWith(first) || !lower.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const next = lower.indexOf(part, at + 1);
    if (next < 0) return false;
    at = next + part.length;
  }
  return lower.length - last.length > at;
}
