import * as z from "zod";

/**
 * Records in the order of their keys, so that the order in which a person writes them never matters. Without a
 * prototype: nothing is there under the name `constructor` unless it is declared.
 */
export function sortedRecord<T extends z.ZodType>(value: T) {
  return z
    .record(z.string(), value)
    .transform(
      (record): Readonly<Record<string, z.output<T>>> =>
        withoutPrototype(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))),
    );
}

export function withoutPrototype<Value>(
  entries: readonly (readonly [string, Value])[],
): Record<string, Value> {
  return Object.assign(Object.create(null) as Record<string, Value>, Object.fromEntries(entries));
}
