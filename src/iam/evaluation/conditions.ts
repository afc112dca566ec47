import { type ConditionBlock, listOf } from "../policy-document";
import { parseDate } from "./comparable-values";
import { type ValueTest, valueTest } from "./comparisons";
import { type ConditionOperator, parseConditionOperator } from "./condition-operators";
import type { TemplateContext } from "./policy-variables";
import type { ContextEntry } from "./request-context";
import { every, not, some, type Ternary } from "./ternary";

/** One operator with one key: `Bool aws:MultiFactorAuthPresent: true`. All of a statement must hold. */
export interface Condition {
  /** As the policy writes it, for explanations. */
  readonly text: string;
  holds(context: TemplateContext): Ternary;
}

/** Reads a condition block once, for many requests. An operator that IAM does not have holds for nobody knows whom. */
export function compileConditions(
  block: ConditionBlock | undefined,
  variables: boolean,
): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const [written, keys] of Object.entries(block ?? {})) {
    const operator = parseConditionOperator(written);
    for (const [key, values] of Object.entries(keys)) {
      const list = listOf(values).map(String);
      const text = `${written} ${key} ${list.map((value) => `"${value}"`).join(" or ")}`;
      conditions.push(
        operator === undefined ? unmodelled(text) : condition(operator, key, list, text, variables),
      );
    }
  }
  return conditions;
}

function unmodelled(text: string): Condition {
  return {
    text,
    holds(context) {
      context.note(`the condition ${text} has an operator that IAM does not have`);
      return "unknown";
    },
  };
}

function condition(
  operator: ConditionOperator,
  key: string,
  values: readonly string[],
  text: string,
  variables: boolean,
): Condition {
  const name = key.toLowerCase();
  if (operator.comparison.type === "null") {
    const wanted = values.map((value) => value.toLowerCase());
    return { text, holds: (context) => nullHolds(wanted, context.lookup(name), context) };
  }
  const tests = values.map((value) => valueTest(operator.comparison, value, variables));
  return { text, holds: (context) => operatorHolds(operator, values, tests, name, context) };
}

/**
 * `Null: true` asks for an absent key, `Null: false` for one with a value; a key without values is absent.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
 */
function nullHolds(wanted: readonly string[], entry: ContextEntry, context: TemplateContext): Ternary {
  if (wanted.includes("true") && wanted.includes("false")) return true;
  if (entry.state === "unknown") {
    context.note(entry.reason);
    return "unknown";
  }
  return wanted.includes(isAbsent(entry) ? "true" : "false");
}

function isAbsent(entry: ContextEntry): boolean {
  return entry.state === "absent" || (entry.state === "present" && entry.values.length === 0);
}

/**
 * Several values of the policy are alternatives; for a negated operator none of them may match. A key that is
 * absent fails positive operators and satisfies negated ones and `IfExists`; the set operators see an empty
 * set, in which all values match and none does, whatever `IfExists` says.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 * @see https://iam.cloudcopilot.io/resources/operators/ForAnyValue:StringEqualsIgnoreCaseIfExists
 */
function operatorHolds(
  operator: ConditionOperator,
  values: readonly string[],
  tests: readonly ValueTest[],
  key: string,
  context: TemplateContext,
): Ternary {
  const entry = context.lookup(key);
  if (isAbsent(entry)) {
    if (operator.set !== undefined) return operator.set === "ForAllValues";
    return operator.ifExists || operator.negated;
  }
  const bounded =
    entry.state === "unvalued" ? boundedHolds(operator, values, entry.noEarlierThan) : undefined;
  if (bounded !== undefined) return bounded;
  if (entry.state !== "present") {
    context.note("reason" in entry ? entry.reason : key);
    return "unknown";
  }
  const holdsFor = (value: string): Ternary => {
    const matched = some(tests, (test) => test(value, context));
    return operator.negated ? not(matched) : matched;
  };
  if (operator.set === "ForAllValues") return every(entry.values, holdsFor);
  if (operator.set === "ForAnyValue") return some(entry.values, holdsFor);
  const [only, ...others] = entry.values;
  if (only === undefined || others.length > 0) {
    context.note(`${key} has several values, which only ForAllValues and ForAnyValue compare`);
    return "unknown";
  }
  return holdsFor(only);
}

/** What a moment that is only known to be at or after another already decides; nothing where it does not. */
function boundedHolds(
  { comparison, negated }: ConditionOperator,
  values: readonly string[],
  noEarlierThan: string | undefined,
): boolean | undefined {
  const bound = noEarlierThan === undefined ? undefined : parseDate(noEarlierThan);
  if (comparison.type !== "date" || bound === undefined) return undefined;
  const dates = values.map(parseDate);
  if (dates.length === 0 || !dates.every((date) => date !== undefined && date < bound)) return undefined;
  return comparison.order.startsWith(">") !== negated;
}
