import { reasonOf } from "../../findings/describe-error";
import { defineRefusal } from "../../findings/refusal";
import type { Place } from "./findings";

export const POLICY_JSON_INVALID = defineRefusal({
  code: "policy-json-invalid",
  title: "A policy document is no JSON with a Statement, or has a key twice",
  why: "Of two equal keys a reader takes the last, silently. IAM refuses both.",
  example:
    'aws_iam_policy.uploads.policy: Version: each key once, got "the key twice"; merge the two, or remove one [policy-json-invalid]',
  remedy: "Correct the JSON, or build it with `JSON.stringify`, `jsonencode` or `policyDocument`.",
  since: "0.1.0",
});

export const POLICY_CHARACTER_INVALID = defineRefusal({
  code: "policy-character-invalid",
  title: "A policy holds a character that IAM does not take",
  why: "A document holds tabs, line breaks and the characters U+0020 to U+00FF. Quotation marks and dashes from a word processor are none of them.",
  example:
    'aws_iam_policy.uploads.policy: Statement[0].Resource: characters of Latin-1 only, got "arn:aws:s3:::octo–website/*"; replace the character U+2013 [policy-character-invalid]',
  remedy: "Replace the character that the message names.",
  since: "0.1.0",
});

/**
 * Reads JSON text. JSON.parse keeps the last of two equal keys silently; IAM refuses them, so they are a problem.
 *
 * @returns nothing when the text is no JSON, which is then reported.
 */
export function readJson(text: string, place: Place): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = reasonOf(error);
    place.problem(POLICY_JSON_INVALID, "a policy document in JSON", text, `correct the JSON: ${reason}`);
    return undefined;
  }
  for (const path of duplicateKeys(text)) {
    place
      .at(path)
      .problem(POLICY_JSON_INVALID, "each key once", "the key twice", "merge the two, or remove one");
  }
  return value;
}

/** What the scanner is inside of. */
interface Level {
  /** Keys seen so far; nothing for a list. */
  readonly keys?: Set<string>;
  /** Path of the value being read: `.Statement`, `[0]`. */
  step: string;
  index: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** Paths of the keys that valid JSON text holds twice in one object. */
function duplicateKeys(text: string): string[] {
  const duplicates: string[] = [];
  const levels: Level[] = [];
  let expectsKey = false;
  for (const [found] of text.matchAll(TOKEN)) {
    const level = levels.at(-1);
    switch (found) {
      case "{":
        levels.push({ keys: new Set(), step: "", index: 0 });
        expectsKey = true;
        break;
      case "[":
        levels.push({ step: "[0]", index: 0 });
        expectsKey = false;
        break;
      case "}":
      case "]":
        levels.pop();
        expectsKey = false;
        break;
      case ",":
        expectsKey = level?.keys !== undefined;
        if (level !== undefined && level.keys === undefined) level.step = `[${++level.index}]`;
        break;
      case ":":
        break;
      default:
        if (!expectsKey || level?.keys === undefined) break;
        expectsKey = false;
        level.step = `.${JSON.parse(found)}`;
        if (level.keys.has(level.step)) duplicates.push(levels.map(({ step }) => step).join(""));
        level.keys.add(level.step);
    }
  }
  return duplicates;
}

/** IAM's characters: tab, line feed, carriage return and Latin-1 from the blank on; and our sign for an unknown part. */
const REFUSED_CHARACTER = /[^\t\n\r\u0020-\u00FF\uFFFD]/u;

/**
 * Reports texts with characters that IAM takes in no document.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
 */
export function checkCharacters(value: unknown, place: Place): void {
  if (typeof value === "string") {
    const refused = REFUSED_CHARACTER.exec(value)?.[0];
    if (refused === undefined) return;
    const code = (refused.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    place.problem(
      POLICY_CHARACTER_INVALID,
      "characters of Latin-1 only",
      value,
      `replace the character U+${code}`,
    );
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkCharacters(item, place.at(`[${index}]`));
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      checkCharacters(key, place);
      checkCharacters(item, place.at(`.${key}`));
    }
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
