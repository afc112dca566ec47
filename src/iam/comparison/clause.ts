import { type ConditionOperator, parseConditionOperator } from "../evaluation/condition-operators";
import { type ConditionBlock, listOf } from "../policy-document";

/** One operator with one key of a condition: its values are alternatives, clauses hold together. */
export interface Clause {
  /** As written. */
  readonly operator: string;
  /** Lower case. */
  readonly key: string;
  /** As written. */
  readonly shownKey: string;
  readonly values: readonly string[];
  /** Undefined for an operator that is not modelled: such a clause implies itself and nothing else. */
  readonly parsed: ConditionOperator | undefined;
}

export function clausesOf(condition: ConditionBlock | undefined): readonly Clause[] {
  return Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      shownKey: key,
      values: [...new Set(listOf(values).map(String))],
      parsed: parseConditionOperator(operator),
    })),
  );
}

/** A clause as a reader sees it: `NumericLessThanEquals aws:MultiFactorAuthAge 3600`. */
export function clauseText({ operator, shownKey, values }: Clause): string {
  const [first = "", ...others] = values;
  const shown = values.length > 4 ? [...values.slice(0, 3), `${values.length - 3} more`] : [first, ...others];
  return `${operator} ${shownKey} ${shown.join(" | ")}`;
}
