/** What a request says of one condition key. */
export type ContextEntry =
  | { readonly state: "present"; readonly values: readonly string[] }
  | { readonly state: "absent" }
  /** The request carries the key, but its value is not part of the question. */
  | {
      readonly state: "unvalued";
      readonly reason: string;
      /** A moment's value is not known, but it is at or after this one: `2011-01-01T00:00:00Z`. */
      readonly noEarlierThan?: string;
    }
  /** Whether the request carries the key is not known. */
  | { readonly state: "unknown"; readonly reason: string };

export const ABSENT: ContextEntry = { state: "absent" };

export function one(value: string): ContextEntry {
  return { state: "present", values: [value] };
}

export function unvalued(reason: string, noEarlierThan?: string): ContextEntry {
  return { state: "unvalued", reason, ...(noEarlierThan !== undefined && { noEarlierThan }) };
}

export function unknownEntry(reason: string): ContextEntry {
  return { state: "unknown", reason };
}
