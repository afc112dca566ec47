import { isRecord } from "../resource/json-shape";
import { isUnknownValue } from "../resource/unknown-parts";

/** A step of a traversal after its keys were evaluated. */
export type PlainStep = string | number | { readonly splat: true };

/** Follows further steps into a value: `.key`, `[0]`, `[*]`. Undefined where there is nothing. */
export function follow(value: unknown, steps: readonly PlainStep[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || isUnknownValue(value)) return value;
  if (typeof step === "object") {
    return Array.isArray(value) ? value.map((item) => follow(item, rest)) : undefined;
  }
  if (Array.isArray(value)) return follow(value[Number(step)], rest);
  return isRecord(value) && Object.hasOwn(value, step) ? follow(value[step], rest) : undefined;
}
