import { UnknownValue } from "./unknown-parts";

/** Why the value of an expression is not known: for what it refers to. */
export function unknownOf(references: readonly string[], location: string): UnknownValue {
  return new UnknownValue(
    location,
    `known after apply: ${references.length === 0 ? location : references.join(", ")}`,
  );
}
