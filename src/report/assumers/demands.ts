import { type ConditionOperator, parseConditionOperator } from "../../iam/evaluation/condition-operators";
import { listOf, type Statement } from "../../iam/policy-document";
import { shown } from "../shown";

/** What a statement asks of one condition key. */
export interface Demand {
  /** As written. */
  readonly key: string;
  readonly lowerKey: string;
  /** As written: `StringLike`. */
  readonly writtenOperator: string;
  /** Nothing for an operator that IAM does not have. */
  readonly operator: ConditionOperator | undefined;
  readonly values: readonly string[];
}

/** The conditions of a statement, one for each operator and key. All must hold. */
export function demandsOf({ Condition = {} }: Statement): readonly Demand[] {
  return Object.entries(Condition).flatMap(([writtenOperator, keys]) => {
    const operator = parseConditionOperator(writtenOperator);
    return Object.entries(keys).map(([key, values]) => ({
      key,
      lowerKey: key.toLowerCase(),
      writtenOperator,
      operator,
      values: listOf(values).map(String),
    }));
  });
}

/** Whether one of the values has to be there: not a negation, not `Null`. */
export function isPositive({ operator }: Demand): boolean {
  return operator !== undefined && !operator.negated && operator.comparison.type !== "null";
}

/** Whether the key has to be absent (true), has to be there (false), or neither. */
export function demandsAbsence({ operator, values }: Demand): boolean | undefined {
  if (operator?.comparison.type !== "null") return undefined;
  const [only] = [...new Set(values.map((value) => value.toLowerCase()))];
  return only === "true" ? true : only === "false" ? false : undefined;
}

/** The values of a key that demands name, in the order of the statement. */
export function demandedValues(demands: readonly Demand[], key: RegExp): readonly string[] {
  return [
    ...new Set(
      demands.filter((one) => isPositive(one) && key.test(one.lowerKey)).flatMap(({ values }) => values),
    ),
  ];
}

/** A value that a pattern of a condition matches. */
export function matching(pattern: string): string {
  return pattern
    .replace(/\$\{([*?$])\}/g, (_whole, character: string) => character)
    .replaceAll("*", "example")
    .replaceAll("?", "x");
}

/** A condition in a few words: `aws:PrincipalOrgID o-a1b2c3`, `sub not repo:octo/forbidden:*`. */
export function demandText({ key: written, operator, writtenOperator, values }: Demand): string {
  const key = shown(written);
  const text = values.map(shown).join(" or ");
  if (operator === undefined) return `${writtenOperator} ${key} ${text}`;
  switch (operator.comparison.type) {
    case "null":
      return values.includes("true") ? `without ${key}` : `with any ${key}`;
    case "number":
    case "date":
      return `${key} ${operator.negated ? "not " : ""}${writtenOperator.replace(/^(?:Numeric|Date)/, "")} ${text}`;
    default:
      return `${key} ${operator.negated ? "not " : ""}${text}`;
  }
}
