import fc from "fast-check";

/** The same data with the keys of every record, at every level, in another order. Lists keep theirs: it has a meaning. */
export function shuffled<T>(value: T): fc.Arbitrary<T> {
  return fc
    .infiniteStream(fc.nat())
    .map((stream) => reordered(value, () => stream.next().value as number)) as fc.Arbitrary<T>;
}

function reordered(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) return value.map((entry) => reordered(entry, next));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, reordered(entry, next)] as const);
  return Object.fromEntries(
    entries
      .map((entry) => ({ entry, rank: next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ entry }) => entry),
  );
}
