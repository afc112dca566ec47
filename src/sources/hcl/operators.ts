import { isUnknownValue, type UnknownParts, UnknownValue } from "../resource/unknown-parts";
import type { BinaryOperator } from "./hcl-syntax";

/**
 * The value of an operation of two known values; undefined where HCL has none for them.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/operators
 */
function operated(operator: BinaryOperator, left: unknown, right: unknown): unknown {
  switch (operator) {
    case "==":
      return isEqual(left, right);
    case "!=":
      return !isEqual(left, right);
    case "&&":
    case "||": {
      const [one, other] = [truth(left), truth(right)];
      if (one === undefined || other === undefined) return undefined;
      return operator === "&&" ? one && other : one || other;
    }
    default:
      return calculated(operator, Number(left), Number(right));
  }
}

function calculated(
  operator: Exclude<BinaryOperator, "==" | "!=" | "&&" | "||">,
  left: number,
  right: number,
): unknown {
  if (Number.isNaN(left) || Number.isNaN(right)) return undefined;
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? undefined : left / right;
    case "%":
      return right === 0 ? undefined : left % right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

/** What hinges on something that is not known is not known, unless one side decides alone. */
export function operation(
  operator: BinaryOperator,
  left: unknown,
  right: unknown,
  { parts, location }: { readonly parts: UnknownParts; readonly location: string },
): unknown {
  const sides = [left, right];
  if (operator === "&&" && sides.some((side) => truth(side) === false)) return false;
  if (operator === "||" && sides.some((side) => truth(side) === true)) return true;
  const unknown = sides.find(isUnknownValue);
  if (unknown !== undefined) return unknown;
  const [mark] = sides.flatMap((side) => (typeof side === "string" ? parts.in(side) : []));
  if (mark !== undefined) return left === right && operator === "==" ? true : mark;
  return (
    operated(operator, left, right) ??
    new UnknownValue(location, `${operator} is not evaluated here for these values`)
  );
}

/** A condition as HCL takes it: also `"true"`. Undefined for what is none. */
export function truth(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

function isEqual(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
