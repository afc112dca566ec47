/**
 * A fact that may not be known: `"unknown"` is never rounded to yes or no. Kleene's strong logic: a known
 * `false` decides a conjunction and a known `true` decides a disjunction, whatever the rest is.
 *
 * @example
 * ```ts
 * import { implies, policyDocument, type Ternary } from "iam-baseline/iam";
 *
 * const document = policyDocument({ Effect: "Allow", Action: "s3:*", Resource: "*" });
 * const answer: Ternary = implies(document, document);
 * answer; // true
 * ```
 */
export type Ternary = boolean | "unknown";

export function and(a: Ternary, b: Ternary): Ternary {
  if (a === false || b === false) return false;
  return a === "unknown" || b === "unknown" ? "unknown" : true;
}

export function or(a: Ternary, b: Ternary): Ternary {
  if (a === true || b === true) return true;
  return a === "unknown" || b === "unknown" ? "unknown" : false;
}

export function not(a: Ternary): Ternary {
  return a === "unknown" ? "unknown" : !a;
}

/** Whether all of `items` are so; true for none. Stops at the first that is not. */
export function every<T>(items: readonly T[], test: (item: T) => Ternary): Ternary {
  let result: Ternary = true;
  for (const item of items) {
    result = and(result, test(item));
    if (result === false) return false;
  }
  return result;
}

/** Whether any of `items` is so; false for none. Stops at the first that is. */
export function some<T>(items: readonly T[], test: (item: T) => Ternary): Ternary {
  let result: Ternary = false;
  for (const item of items) {
    result = or(result, test(item));
    if (result === true) return true;
  }
  return result;
}
