import { closest } from "fastest-levenshtein";
import { defineRefusal } from "../../findings/refusal";
import { parseBinary, parseBoolean, parseDate, parseNumber } from "../evaluation/comparable-values";
import {
  type ConditionOperator,
  OPERATOR_NAMES,
  parseConditionOperator,
} from "../evaluation/condition-operators";
import { parseIpRange } from "../evaluation/ip-range";
import { UNKNOWN_PART } from "../graph";
import type { ConditionBlock } from "../policy-document";
import { checkVariables } from "./element-syntax";
import type { Place } from "./findings";
import { isRecord } from "./json-text";

export const POLICY_CONDITION_INVALID = defineRefusal({
  code: "policy-condition-invalid",
  title: "A condition is not written as IAM takes it",
  why: "An operator, key or value that IAM does not know makes it refuse the document. A value that cannot be compared would never match.",
  example:
    'aws_iam_policy.uploads.policy: Statement[0].Condition.StringEqual: a condition operator of IAM, got "StringEqual"; write StringEquals [policy-condition-invalid]',
  remedy: "Correct the operator, key or value that the message names.",
  since: "0.1.0",
});

/**
 * Reads a condition block. IAM takes booleans and numbers for texts: `false` becomes `"false"`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function readConditions(value: unknown, place: Place): ConditionBlock | undefined {
  if (!isRecord(value)) {
    place.problem(
      POLICY_CONDITION_INVALID,
      "an object of condition operators",
      value,
      'write {"StringEquals": {"key": "value"}}',
    );
    return undefined;
  }
  const block: Record<string, Readonly<Record<string, string | readonly string[]>>> = {};
  for (const [written, keys] of Object.entries(value)) {
    const at = place.at(`.${written}`);
    const operator = parseConditionOperator(written);
    if (operator === undefined) {
      at.problem(
        POLICY_CONDITION_INVALID,
        "a condition operator of IAM",
        written,
        `write ${nearestOperator(written)}`,
      );
    } else if (!isRecord(keys)) {
      at.problem(
        POLICY_CONDITION_INVALID,
        "an object of condition keys",
        keys,
        'write {"aws:SourceIp": "203.0.113.0/24"}',
      );
    } else {
      block[written] = readKeys(operator, keys, at);
    }
  }
  return block;
}

function nearestOperator(written: string): string {
  const [, set = "", name = "", suffix = ""] = /^(.*:)?(.*?)(IfExists)?$/is.exec(written) ?? [];
  const nearest = closest(name, [...OPERATOR_NAMES]);
  const prefix = set === "" ? "" : closest(set, ["ForAllValues:", "ForAnyValue:"]);
  return nearest === "Null" ? nearest : `${prefix}${nearest}${suffix === "" ? "" : "IfExists"}`;
}

function readKeys(
  operator: ConditionOperator,
  keys: Readonly<Record<string, unknown>>,
  place: Place,
): Readonly<Record<string, string | readonly string[]>> {
  const read: Record<string, string | readonly string[]> = {};
  const seen = new Set<string>();
  for (const [key, values] of Object.entries(keys)) {
    const at = place.at(`.${key}`);
    if (!key.includes(":") && !key.includes(UNKNOWN_PART)) {
      at.problem(
        POLICY_CONDITION_INVALID,
        "a condition key with its service, such as aws:SourceIp",
        key,
        "put the service and a colon before it",
      );
    }
    if (seen.has(key.toLowerCase())) {
      at.problem(
        POLICY_CONDITION_INVALID,
        "each condition key once, without regard to case",
        key,
        "put the values of both into one list",
      );
    }
    seen.add(key.toLowerCase());
    const texts = readValues(values, at, (text, where) => checkValue(operator, text, where));
    if (texts !== undefined) read[key] = texts;
  }
  return read;
}

function readValues(
  value: unknown,
  place: Place,
  check: (text: string, place: Place) => void,
): string | readonly string[] | undefined {
  if (!Array.isArray(value)) return readValue(value, place, check);
  const texts = value.map((item, index) => readValue(item, place.at(`[${index}]`), check));
  return texts.filter((text) => text !== undefined);
}

function readValue(
  value: unknown,
  place: Place,
  check: (text: string, place: Place) => void,
): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    place.problem(POLICY_CONDITION_INVALID, "a text, number or boolean", value, "write the value as a text");
    return undefined;
  }
  const text = String(value);
  check(text, place);
  return text;
}

/** Values that the operator can compare. What is known only after apply is checked then. */
function checkValue({ comparison }: ConditionOperator, text: string, place: Place): void {
  if (text.includes(UNKNOWN_PART)) return;
  const form = FORMS[comparison.type];
  if (form === undefined || (comparison.type === "boolean" && text.includes("${")))
    checkVariables(text, place);
  else if (form.read(text) === undefined)
    place.problem(POLICY_CONDITION_INVALID, form.expected, text, "correct the value");
}

/** How the values of an operator are written; texts and ARNs have no form but their variables. */
const FORMS: Readonly<
  Record<string, { readonly expected: string; read(text: string): unknown } | undefined>
> = {
  number: { expected: "a number", read: parseNumber },
  date: { expected: "a date such as 2026-01-31T00:00:00Z, or seconds since 1970", read: parseDate },
  boolean: { expected: '"true" or "false"', read: parseBoolean },
  null: { expected: '"true" or "false"', read: parseBoolean },
  binary: { expected: "a value in base-64", read: parseBinary },
  ip: { expected: "an IP address or range such as 203.0.113.0/24", read: parseIpRange },
};
