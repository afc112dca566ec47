/**
 * Steps of comparisons: pairs of patterns that are looked at, and positions of automata that are moved. A step costs
 * some fifty nanoseconds. Tests hold how many a comparison takes, so that no machine's load decides.
 */
let taken = 0;
let limit = Infinity;

/** Steps that the comparison of two documents may take: about 50 ms. Beyond them every answer is the cautious one. */
export const MOST_STEPS = 1_000_000;

export function spend(steps: number): void {
  taken += steps;
}

export function isExhausted(): boolean {
  return taken > limit;
}

/** Runs a comparison within its budget, or within what is left of the one around it. */
export function withinBudget<T>(compare: () => T): T {
  if (limit !== Infinity) return compare();
  limit = taken + MOST_STEPS;
  try {
    return compare();
  } finally {
    limit = Infinity;
  }
}

/** Steps that `compare` takes. */
export function countedSteps(compare: () => unknown): number {
  const before = taken;
  compare();
  return taken - before;
}
