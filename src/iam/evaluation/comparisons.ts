import { UNKNOWN_PART } from "../graph";
import { parseBinary, parseBoolean, parseDate, parseNumber } from "./comparable-values";
import type { Comparison, Order } from "./condition-operators";
import { parseIpAddress, parseIpRange, rangeContains } from "./ip-range";
import { shown, type TemplateContext, template, templateMatches } from "./policy-variables";
import type { Ternary } from "./ternary";

/** Compares one value of the request with one value of the policy. */
export type ValueTest = (value: string, context: TemplateContext) => Ternary;

/** The test for one value of a policy, read once. What cannot be read makes every comparison unknown. */
export function valueTest(comparison: Comparison, written: string, variables: boolean): ValueTest {
  switch (comparison.type) {
    case "string": {
      const { wildcards, ignoreCase } = comparison;
      return templateTest(template(written, { wildcards, ignoreCase, variables }));
    }
    case "arn":
      return templateTest(template(written, { wildcards: true, arn: "condition", variables }));
    case "boolean":
      return booleanTest(written, variables);
    case "number":
      return typedTest(written, "a number", parseNumber, ordering(comparison.order));
    case "date":
      return typedTest(written, "a date", parseDate, ordering(comparison.order));
    case "binary":
      return typedTest(written, "base-64", parseBinary, (value, wanted) => value === wanted);
    case "ip":
      return ipTest(written);
    case "null":
      return () => "unknown";
  }
}

function templateTest(value: ReturnType<typeof template>): ValueTest {
  return (text, context) => templateMatches(value, text, context);
}

/** `Bool` compares without regard to case, and is the one operator beside strings and ARNs that takes variables. */
function booleanTest(written: string, variables: boolean): ValueTest {
  const wanted = parseBoolean(written);
  if (wanted === undefined && variables && written.includes("${")) {
    return templateTest(template(written, { wildcards: false, ignoreCase: true, variables }));
  }
  return typedTest(written, "true or false", parseBoolean, (value, expected) => value === expected);
}

function typedTest<T>(
  written: string,
  expected: string,
  read: (text: string) => T | undefined,
  compare: (value: T, wanted: T) => boolean,
): ValueTest {
  const wanted = read(written);
  return (text, context) => {
    const value = read(text);
    if (wanted !== undefined && value !== undefined) return compare(value, wanted);
    context.note(unreadable(wanted === undefined ? written : text, expected));
    return "unknown";
  };
}

function ipTest(written: string): ValueTest {
  const range = parseIpRange(written);
  return (text, context) => {
    const address = parseIpAddress(text);
    if (range !== undefined && address !== undefined) return rangeContains(range, address);
    context.note(unreadable(range === undefined ? written : text, "an IP address or range"));
    return "unknown";
  };
}

function ordering(order: Order): (value: number, wanted: number) => boolean {
  switch (order) {
    case "=":
      return (value, wanted) => value === wanted;
    case "<":
      return (value, wanted) => value < wanted;
    case "<=":
      return (value, wanted) => value <= wanted;
    case ">":
      return (value, wanted) => value > wanted;
    case ">=":
      return (value, wanted) => value >= wanted;
  }
}

function unreadable(text: string, expected: string): string {
  return text.includes(UNKNOWN_PART)
    ? `"${shown(text)}" is known only after apply`
    : `"${text}" is not ${expected}`;
}
