import { defineRefusal, Refusal } from "../findings/refusal";
import type { ResolvedKeyRule, ResolvedKeyRules } from "./resolved-key-rules";

export const FUNCTION_SETTINGS_INVALID = defineRefusal({
  code: "function-settings-invalid",
  title: "A function was deployed with settings that it does not accept",
  why: "Key rules and the audit's scope reach the functions through their environment or the schedule's input. Nothing was changed or judged.",
  example: "error[function-settings-invalid]: KEY_RULES: expected JSON, got something else; deploy again",
  remedy: "Synthesize and deploy again; a setting that was edited by hand in the account shows as drift.",
  since: "0.1.0",
});

/** A text that should hold resolved key rules and does not. The message says which part, what was got and expected. */
export class KeyRulesError extends Refusal {
  override readonly name = "KeyRulesError";

  constructor(message: string, options?: ErrorOptions) {
    super(FUNCTION_SETTINGS_INVALID, message, options);
  }
}

type Fields = Readonly<Record<string, unknown>>;

const IAM_PATH = /^\/(?:[\x21-\x2e\x30-\x7e]+\/)+$/;
const RULE_KEYS = [
  "name",
  "reason",
  "paths",
  "users",
  "nightly",
  "maxAgeDays",
  "unusedDays",
  "freshDays",
  "supersededDays",
];
const KEYS = [
  "version",
  "managedPaths",
  "emptyPaths",
  "exemptPaths",
  "rules",
  "lastKeys",
  "warnDays",
  "reactivationMaxHours",
];

/**
 * Reads `ResolvedKeyRules` from JSON, strictly and without a schema library, because it runs at every cold start.
 *
 * @param source where the text came from, for messages, e.g. `KEY_RULES`
 * @throws KeyRulesError naming the first wrong part
 */
export function parseKeyRules(text: string, source: string): ResolvedKeyRules {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new KeyRulesError(
      `${source}: expected JSON, got ${text === "" ? "nothing" : "something else"}; deploy again`,
      {
        cause,
      },
    );
  }
  return readKeyRules(value, source);
}

/** As `parseKeyRules`, for a value that is parsed already. */
export function readKeyRules(value: unknown, source: string): ResolvedKeyRules {
  const fields = asFields(value, source, KEYS);
  if (fields["version"] !== 1) throw wrong(`${source}.version`, "1", fields["version"]);
  const rules = fields["rules"];
  if (!Array.isArray(rules) || rules.length === 0) throw wrong(`${source}.rules`, "at least one rule", rules);
  const maxHours = optionalCount(fields, "reactivationMaxHours", source, 1);
  const warnDays = optionalCount(fields, "warnDays", source, 1);
  return {
    version: 1,
    managedPaths: paths(fields["managedPaths"], `${source}.managedPaths`),
    ...(fields["emptyPaths"] !== undefined && {
      emptyPaths: paths(fields["emptyPaths"], `${source}.emptyPaths`),
    }),
    exemptPaths: paths(fields["exemptPaths"], `${source}.exemptPaths`),
    rules: rules.map((rule, index) => readRule(rule, `${source}.rules[${index}]`)),
    ...(fields["lastKeys"] === undefined
      ? {}
      : { lastKeys: lists(fields["lastKeys"], `${source}.lastKeys`) }),
    ...(warnDays === undefined ? {} : { warnDays }),
    ...(maxHours === undefined ? {} : { reactivationMaxHours: maxHours }),
  };
}

function readRule(value: unknown, where: string): ResolvedKeyRule {
  const fields = asFields(value, where, RULE_KEYS);
  const { nightly, users } = fields;
  if (nightly !== undefined && nightly !== true) throw wrong(`${where}.nightly`, "true or nothing", nightly);
  const rulePaths = fields["paths"] === undefined ? {} : { paths: paths(fields["paths"], `${where}.paths`) };
  const ruleUsers = users === undefined ? {} : { users: names(users, `${where}.users`) };
  if (fields["paths"] === undefined && users === undefined) throw wrong(where, "paths or users", value);
  const limits = (["maxAgeDays", "unusedDays", "supersededDays"] as const).flatMap((key) => {
    const count = optionalCount(fields, key, where, 1);
    return count === undefined ? [] : [[key, count] as const];
  });
  if (nightly === undefined && limits.length === 0) {
    throw wrong(where, "nightly, maxAgeDays, unusedDays or supersededDays", value);
  }
  const freshDays = optionalCount(fields, "freshDays", where, 0);
  return {
    name: text(fields["name"], `${where}.name`),
    reason: text(fields["reason"], `${where}.reason`),
    ...rulePaths,
    ...ruleUsers,
    ...(nightly === true ? { nightly } : {}),
    ...Object.fromEntries(limits),
    ...(freshDays === undefined ? {} : { freshDays }),
  };
}

function asFields(value: unknown, where: string, known: readonly string[]): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong(where, "an object", value);
  const unknownKey = Object.keys(value).find((key) => !known.includes(key));
  if (unknownKey !== undefined) throw wrong(where, `only ${known.join(", ")}`, unknownKey);
  return value as Fields;
}

/** IAM paths. `/` alone would reach every user of the account and is refused. */
function paths(value: unknown, where: string): readonly string[] {
  const found = names(value, where);
  for (const path of found) {
    if (!IAM_PATH.test(path)) throw wrong(where, 'IAM paths like "/baseline/device/", never "/"', path);
  }
  return found;
}

function names(value: unknown, where: string): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) throw wrong(where, "a list that is not empty", value);
  return value.map((name, index) => text(name, `${where}[${index}]`));
}

function lists(value: unknown, where: string): readonly (readonly string[])[] {
  if (!Array.isArray(value) || value.length === 0) throw wrong(where, "a list that is not empty", value);
  return value.map((list, index) => names(list, `${where}[${index}]`));
}

function text(value: unknown, where: string): string {
  if (typeof value !== "string" || value === "") throw wrong(where, "a text that is not empty", value);
  return value;
}

function optionalCount(fields: Fields, key: string, where: string, least: number): number | undefined {
  const value = fields[key];
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < least) {
    throw wrong(`${where}.${key}`, `a whole number from ${least}`, value);
  }
  return value;
}

function wrong(where: string, expected: string, got: unknown): KeyRulesError {
  const shown = JSON.stringify(got) ?? "nothing";
  const short = shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
  return new KeyRulesError(`${where}: expected ${expected}, got ${short}; synthesize and deploy again`);
}
