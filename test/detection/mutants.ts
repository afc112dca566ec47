import { isDeepStrictEqual } from "node:util";
import type { EventPattern } from "../../src/detection/pattern/pattern";

export interface Mutant {
  /** What was done to the pattern. */
  readonly what: string;
  readonly pattern: EventPattern;
}

type Node = Record<string, unknown>;

/**
 * Every pattern that one slip of the pen makes of a pattern: a field left out, a value left out of a list or exchanged, an
 * alternative of `$or` left out.
 */
export function mutantsOf(pattern: EventPattern, path = ""): readonly Mutant[] {
  return Object.entries(pattern as Node).flatMap(([field, value]): readonly Mutant[] => {
    const at = `${path}${field}`;
    const without = ({ [field]: _, ...rest }: Node) => rest as EventPattern;
    const withValue = (other: unknown) => ({ ...pattern, [field]: other }) as EventPattern;
    if (field === "$or") {
      const alternatives = value as readonly EventPattern[];
      return alternatives.flatMap((alternative, index) => [
        {
          what: `${at}[${index}] left out`,
          pattern: withValue(alternatives.filter((each) => each !== alternative)),
        },
        ...mutantsOf(alternative, `${at}[${index}].`).map((mutant) => ({
          ...mutant,
          pattern: withValue(alternatives.map((each) => (each === alternative ? mutant.pattern : each))),
        })),
      ]);
    }
    const gone = { what: `${at} left out`, pattern: without(pattern as Node) };
    if (!Array.isArray(value)) {
      return [
        gone,
        ...mutantsOf(value as EventPattern, `${at}.`).map((mutant) => ({
          ...mutant,
          pattern: withValue(mutant.pattern),
        })),
      ];
    }
    return [
      gone,
      ...value.map((each, index) => ({
        what: `${at}: ${JSON.stringify(each)} exchanged`,
        pattern: withValue(value.map((one, place) => (place === index ? exchanged(one) : one))),
      })),
    ];
  });
}

function exchanged(condition: unknown): unknown {
  if (typeof condition === "string") return `${condition}X`;
  if (typeof condition === "boolean") return !condition;
  const [[operator = "", operand] = []] = Object.entries(condition as Node);
  if (operator === "exists") return { exists: !operand };
  if (operator === "anything-but") return { "anything-but": "exchanged" };
  return { [operator]: `${String(operand)}X` };
}

/** Patterns that were left as they are by accident. */
export function isUnchanged(mutant: Mutant, pattern: EventPattern): boolean {
  return isDeepStrictEqual(mutant.pattern, pattern);
}
