/** What an operator compares, without its set prefix, its `IfExists` and its negation. */
export type Comparison =
  | { readonly type: "string"; readonly wildcards: boolean; readonly ignoreCase: boolean }
  | { readonly type: "arn" }
  | { readonly type: "number" | "date"; readonly order: Order }
  | { readonly type: "boolean" }
  | { readonly type: "binary" }
  | { readonly type: "ip" }
  | { readonly type: "null" };

export type Order = "=" | "<" | "<=" | ">" | ">=";

export interface ConditionOperator {
  readonly comparison: Comparison;
  /** `...Not...`: true where no value of the policy matches. */
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set?: "ForAllValues" | "ForAnyValue";
}

const text = (wildcards: boolean, ignoreCase = false): Comparison => ({
  type: "string",
  wildcards,
  ignoreCase,
});

/**
 * Every condition operator of IAM.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const COMPARISONS: ReadonlyMap<string, readonly [Comparison, negated: boolean]> = new Map<
  string,
  readonly [Comparison, negated: boolean]
>([
  ["StringEquals", [text(false), false]],
  ["StringNotEquals", [text(false), true]],
  ["StringEqualsIgnoreCase", [text(false, true), false]],
  ["StringNotEqualsIgnoreCase", [text(false, true), true]],
  ["StringLike", [text(true), false]],
  ["StringNotLike", [text(true), true]],
  ["NumericEquals", [{ type: "number", order: "=" }, false]],
  ["NumericNotEquals", [{ type: "number", order: "=" }, true]],
  ["NumericLessThan", [{ type: "number", order: "<" }, false]],
  ["NumericLessThanEquals", [{ type: "number", order: "<=" }, false]],
  ["NumericGreaterThan", [{ type: "number", order: ">" }, false]],
  ["NumericGreaterThanEquals", [{ type: "number", order: ">=" }, false]],
  ["DateEquals", [{ type: "date", order: "=" }, false]],
  ["DateNotEquals", [{ type: "date", order: "=" }, true]],
  ["DateLessThan", [{ type: "date", order: "<" }, false]],
  ["DateLessThanEquals", [{ type: "date", order: "<=" }, false]],
  ["DateGreaterThan", [{ type: "date", order: ">" }, false]],
  ["DateGreaterThanEquals", [{ type: "date", order: ">=" }, false]],
  ["Bool", [{ type: "boolean" }, false]],
  ["BinaryEquals", [{ type: "binary" }, false]],
  ["IpAddress", [{ type: "ip" }, false]],
  ["NotIpAddress", [{ type: "ip" }, true]],
  ["ArnEquals", [{ type: "arn" }, false]],
  ["ArnLike", [{ type: "arn" }, false]],
  ["ArnNotEquals", [{ type: "arn" }, true]],
  ["ArnNotLike", [{ type: "arn" }, true]],
  ["Null", [{ type: "null" }, false]],
]);

/** The names of all operators, without prefixes and suffixes. */
export const OPERATOR_NAMES: readonly string[] = [...COMPARISONS.keys()];

const WRITTEN = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/;

/** Reads an operator as a policy writes it; nothing for one that IAM does not have (`Null` takes no `IfExists`). */
export function parseConditionOperator(written: string): ConditionOperator | undefined {
  const match = WRITTEN.exec(written);
  const known = COMPARISONS.get(match?.[2] ?? "");
  if (match === null || known === undefined) return undefined;
  const [comparison, negated] = known;
  const set = match[1] as ConditionOperator["set"];
  const ifExists = match[3] !== undefined;
  if (comparison.type === "null" && (ifExists || set !== undefined)) return undefined;
  return { comparison, negated, ifExists, ...(set === undefined ? {} : { set }) };
}
