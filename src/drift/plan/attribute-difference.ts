import { isRecord, type JsonRecord } from "../../sources/resource/json-shape";

/** One attribute of a resource that has two values. */
export interface AttributeDifference {
  /** Top-level name: `environment`. */
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Equal once null, empty texts, empty lists and the order of JSON keys are taken for the same. */
  readonly isNoise: boolean;
}

/** Attributes that differ between two values of a resource, in the order of their names. */
export function attributeDifferences(before: JsonRecord, after: JsonRecord): readonly AttributeDifference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((attribute) => {
    const [valueBefore, valueAfter] = [before[attribute], after[attribute]];
    if (JSON.stringify(valueBefore ?? null) === JSON.stringify(valueAfter ?? null)) return [];
    const isNoise = isSameMeaning(valueBefore, valueAfter);
    return [{ attribute, before: valueBefore, after: valueAfter, isNoise }];
  });
}

/** Whether a provider writes these two values for one and the same. */
export function isSameMeaning(left: unknown, right: unknown): boolean {
  return JSON.stringify(plain(left)) === JSON.stringify(plain(right));
}

/** A JSON document in a text (a policy, an environment variable); undefined where it is none. */
export function parsedJson(text: unknown): unknown {
  if (typeof text !== "string" || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A value without what a provider writes now one way and now another. */
function plain(value: unknown): unknown {
  if (value === null || value === "" || value === undefined) return undefined;
  if (typeof value === "string") {
    const document = parsedJson(value);
    return document === undefined ? value : plain(document);
  }
  if (Array.isArray(value)) {
    const items = value.map(plain).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, plain(item)] as const)
    .filter(([, item]) => item !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
