import { isRecord, type JsonRecord } from "../resource/json-shape";
import { type UnknownParts, UnknownValue } from "../resource/unknown-parts";
import type { Repetition } from "./local-names";

/** More instances than anybody has of one resource. */
const MOST = 10_000;

/** What count or for_each makes of one resource. */
export interface Repetitions {
  /** One undefined for a resource without count and for_each; none for `count = 0`. */
  readonly passes: readonly (Repetition | undefined)[];
  /** Where it is not known how many there are: then one pass stands for them. */
  readonly unknown?: UnknownValue;
}

/** @see https://developer.hashicorp.com/terraform/language/meta-arguments/for_each */
export function repetitionsOf(
  base: string,
  { count, for_each: forEach }: JsonRecord,
  evaluate: (value: unknown, location: string) => unknown,
  parts: UnknownParts,
): Repetitions {
  if (count === undefined && forEach === undefined) return { passes: [undefined] };
  const attribute = count === undefined ? "for_each" : "count";
  const location = `${base}.${attribute}`;
  const value = evaluate(count ?? forEach, location);
  const passes = count === undefined ? passesOfEach(value) : passesOfCount(value);
  if (passes !== undefined && passes.length <= MOST) return { passes };
  const unknown = new UnknownValue(location, "how many there are is not known before a plan");
  return { passes: [{ key: parts.mark(unknown), value: unknown }], unknown };
}

function passesOfCount(value: unknown): readonly Repetition[] | undefined {
  const count = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
  if (!Number.isInteger(count) || count < 0 || count > MOST) return undefined;
  return Array.from({ length: count }, (_, index) => ({ key: index, value: index }));
}

function passesOfEach(value: unknown): readonly Repetition[] | undefined {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return value.map((item: string) => ({ key: item, value: item }));
  }
  return isRecord(value) ? Object.entries(value).map(([key, item]) => ({ key, value: item })) : undefined;
}
