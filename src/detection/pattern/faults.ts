import ipaddr from "ipaddr.js";
import { isLeaf } from "./pattern";
import { wildcardExpression } from "./wildcard";

/** Characters of a pattern as JSON. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const MAX_PATTERN_CHARACTERS = 2_048;
/** Combinations that alternatives may lead to. */
export const MAX_COMBINATIONS = 1_000;
/** Numbers that EventBridge compares lie between these. */
const MAX_NUMBER = 5_000_000_000;

/**
 * What EventBridge refuses of a pattern, or reads in another way than it looks: each with its path.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function patternFaults(pattern: unknown): readonly string[] {
  const found = objectFaults(pattern, "pattern");
  if (found.length > 0) return found;
  const characters = JSON.stringify(pattern).length;
  return [
    ...(characters > MAX_PATTERN_CHARACTERS
      ? [`pattern: at most ${MAX_PATTERN_CHARACTERS} characters, got ${characters}`]
      : []),
    ...(combinations(pattern) > MAX_COMBINATIONS
      ? [`pattern: at most ${MAX_COMBINATIONS} combinations of $or and values, got ${combinations(pattern)}`]
      : []),
  ];
}

function objectFaults(value: unknown, path: string): readonly string[] {
  if (!isRecord(value) || Object.keys(value).length === 0)
    return [`${path}: expected an object with at least one field, got ${shown(value)}`];
  const own = Object.keys(value);
  return Object.entries(value).flatMap(([field, asked]): readonly string[] => {
    const at = `${path}.${field}`;
    if (field === "$or") return orFaults(asked, own, at);
    if (!isLeaf(asked)) return objectFaults(asked, at);
    if (asked.length === 0) return [`${at}: expected at least one value, got an empty list`];
    return asked.flatMap((condition) => conditionFaults(condition, at));
  });
}

/** Alternatives to what is beside them. A field on both sides would be read by EventBridge as one of the two. */
function orFaults(asked: unknown, siblings: readonly string[], at: string): readonly string[] {
  if (!Array.isArray(asked) || asked.length < 2)
    return [`${at}: expected at least two alternatives, got ${shown(asked)}`];
  return asked.flatMap((each, index) => [
    ...objectFaults(each, `${at}[${index}]`),
    ...(isRecord(each) ? Object.keys(each) : [])
      .filter((field) => siblings.includes(field))
      .map((field) => `${at}[${index}].${field}: expected a field that is not beside $or, too`),
  ]);
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTextOrList = (value: unknown) =>
  isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText));

function conditionFaults(condition: unknown, at: string): readonly string[] {
  if (condition === null || ["string", "number", "boolean"].includes(typeof condition)) return [];
  if (!isRecord(condition) || Object.keys(condition).length !== 1)
    return [`${at}: expected a value or one operator, got ${shown(condition)}`];
  const [[operator = "", operand] = []] = Object.entries(condition);
  const expected = operandFault(operator, operand);
  return expected === undefined ? [] : [`${at}.${operator}: expected ${expected}, got ${shown(operand)}`];
}

/** What the operand should be, where it is not. */
function operandFault(operator: string, operand: unknown): string | undefined {
  switch (operator) {
    case "exists":
      return typeof operand === "boolean" ? undefined : "true or false";
    case "prefix":
    case "suffix":
      return isText(operand) ||
        (isRecord(operand) &&
          Object.keys(operand).join() === "equals-ignore-case" &&
          isText(operand["equals-ignore-case"]))
        ? undefined
        : 'a text, or {"equals-ignore-case": text}';
    case "equals-ignore-case":
      return isText(operand) ? undefined : "a text";
    case "wildcard":
      return isText(operand) && wildcardExpression(operand) !== undefined
        ? undefined
        : "a text without two stars in a row or a lone backslash";
    case "cidr":
      return isText(operand) && ipaddr.isValidCIDR(operand) ? undefined : "a network like 203.0.113.0/24";
    case "numeric":
      return numericFault(operand);
    case "anything-but":
      return anythingButFault(operand);
    default:
      return "an operator of EventBridge's";
  }
}

function numericFault(operand: unknown): string | undefined {
  const expected = 'comparisons like [">", 0, "<=", 5] with numbers up to five billion';
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) return expected;
  for (let index = 0; index < operand.length; index += 2) {
    const [sign, bound] = [operand[index], operand[index + 1]];
    if (!["=", "<", "<=", ">", ">="].includes(sign)) return expected;
    if (typeof bound !== "number" || Math.abs(bound) > MAX_NUMBER) return expected;
  }
  if (operand.length === 2) return undefined;
  // two comparisons are a range: first its lower end
  return /^>=?$/.test(operand[0]) && /^<=?$/.test(operand[2]) ? undefined : expected;
}

function anythingButFault(operand: unknown): string | undefined {
  const expected =
    'a text, a number, a list of one kind, or one of {"prefix"}, {"suffix"}, {"equals-ignore-case"} and {"wildcard"}';
  if (isText(operand) || typeof operand === "number") return undefined;
  if (Array.isArray(operand)) {
    const kinds = new Set(operand.map((each) => typeof each));
    return operand.length > 0 && kinds.size === 1 && (kinds.has("string") || kinds.has("number"))
      ? undefined
      : expected;
  }
  if (!isRecord(operand) || Object.keys(operand).length !== 1) return expected;
  const [[kind = "", texts] = []] = Object.entries(operand);
  if (!["prefix", "suffix", "equals-ignore-case", "wildcard"].includes(kind) || !isTextOrList(texts))
    return expected;
  const wildcards = kind === "wildcard" ? (Array.isArray(texts) ? texts : [texts]) : [];
  return wildcards.every((text) => wildcardExpression(text) !== undefined) ? undefined : expected;
}

function combinations(pattern: unknown): number {
  if (!isRecord(pattern)) return 1;
  return Object.entries(pattern).reduce((product, [field, asked]) => {
    if (field === "$or" && Array.isArray(asked))
      return product * asked.reduce((sum: number, each) => sum + combinations(each), 0);
    return Array.isArray(asked) ? product : product * combinations(asked);
  }, 1);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 80);
}
