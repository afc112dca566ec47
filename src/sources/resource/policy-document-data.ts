import { blocks, isRecord, type JsonRecord } from "./json-shape";
import type { SourceResource } from "./source-resource";
import { isUnknownValue, type UnknownParts, UnknownValue } from "./unknown-parts";

type Draft = Record<string, unknown>;

/**
 * The JSON that a data source `aws_iam_policy_document` gives, from its arguments: sources, then its own statements,
 * then overrides, where a later statement takes the place of an earlier one with the same Sid.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocumentJson(data: SourceResource, parts: UnknownParts): string | UnknownValue {
  const statements: Draft[] = [];
  for (const [argument, isOwn] of [
    ["source_policy_documents", false],
    ["statement", true],
    ["override_policy_documents", false],
  ] as const) {
    const value = data.attribute(argument);
    if (isUnknownValue(value)) return value;
    const more = isOwn ? ownStatements(value, parts) : documentStatements(data, argument, value, parts);
    if (isUnknownValue(more)) return more;
    for (const statement of more) add(statements, statement);
  }
  const version = data.attribute("version");
  const id = data.attribute("policy_id");
  return JSON.stringify({
    Version: typeof version === "string" ? version : "2012-10-17",
    ...(typeof id === "string" ? { Id: id } : {}),
    Statement: statements,
  });
}

function add(statements: Draft[], statement: Draft): void {
  const sid = statement["Sid"];
  const at = typeof sid === "string" && sid !== "" ? statements.findIndex((one) => one["Sid"] === sid) : -1;
  if (at < 0) statements.push(statement);
  else statements[at] = statement;
}

function documentStatements(data: SourceResource, argument: string, value: unknown, parts: UnknownParts) {
  const statements: Draft[] = [];
  for (const text of Array.isArray(value) ? value : []) {
    if (isUnknownValue(text)) return text;
    const document = typeof text === "string" ? parsed(text) : undefined;
    if (!isRecord(document)) {
      const [unknown] = typeof text === "string" ? parts.in(text) : [];
      return unknown ?? new UnknownValue(`${data.address}.${argument}`, "a document there is not JSON");
    }
    const own = document["Statement"];
    statements.push(...(Array.isArray(own) ? own : [own]).filter(isRecord));
  }
  return statements;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ownStatements(value: unknown, parts: UnknownParts): Draft[] | UnknownValue {
  const statements: Draft[] = [];
  for (const block of blocks(value)) {
    const unknown = Object.values(block).find(isUnknownValue);
    if (unknown !== undefined) return unknown;
    statements.push(statement(block, parts));
  }
  return statements;
}

function statement(block: JsonRecord, parts: UnknownParts): Draft {
  const draft: Draft = {};
  if (typeof block["sid"] === "string" && block["sid"] !== "") draft["Sid"] = block["sid"];
  draft["Effect"] = block["effect"] ?? "Allow";
  const principals = principalBlock(block["principals"], parts);
  const notPrincipals = principalBlock(block["not_principals"], parts);
  if (principals !== undefined) draft["Principal"] = principals;
  if (notPrincipals !== undefined) draft["NotPrincipal"] = notPrincipals;
  for (const [argument, element, withVariables] of [
    ["actions", "Action", false],
    ["not_actions", "NotAction", false],
    ["resources", "Resource", true],
    ["not_resources", "NotResource", true],
  ] as const) {
    const values = texts(block[argument], parts);
    if (values.length > 0) draft[element] = oneOrMany(withVariables ? values.map(unescaped) : values);
  }
  const condition = conditionBlock(block["condition"], parts);
  if (condition !== undefined) draft["Condition"] = condition;
  return draft;
}

function principalBlock(value: unknown, parts: UnknownParts): unknown {
  const principals: Record<string, string[]> = {};
  for (const block of blocks(value)) {
    const type = parts.text(block["type"]);
    const identifiers = texts(block["identifiers"], parts).map(unescaped);
    if (type === "*") return "*";
    principals[type] = [...(principals[type] ?? []), ...identifiers];
  }
  const entries = Object.entries(principals).map(([type, values]) => [type, oneOrMany(values)] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function conditionBlock(value: unknown, parts: UnknownParts): unknown {
  const operators: Record<string, Record<string, string[]>> = {};
  for (const block of blocks(value)) {
    const test = parts.text(block["test"]);
    const keys = operators[test] ?? {};
    operators[test] = keys;
    const variable = keyOf(parts.text(block["variable"]), keys, parts);
    keys[variable] = [...(keys[variable] ?? []), ...texts(block["values"], parts).map(unescaped)];
  }
  const written = Object.entries(operators).map(([test, keys]) => [
    test,
    Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, oneOrMany(values)])),
  ]);
  return written.length === 0 ? undefined : Object.fromEntries(written);
}

/** Two keys that are not known are two: written alike, they would be alternatives of one. */
function keyOf(variable: string, keys: Readonly<Record<string, unknown>>, parts: UnknownParts): string {
  const unknown = parts.whole(variable);
  if (unknown === undefined) return variable;
  let key = variable;
  while (keys[key] !== undefined) key += variable;
  return key;
}

function texts(value: unknown, parts: UnknownParts): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((item) => parts.text(item));
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}

/** `&{aws:username}` is how this data source writes a policy variable, because `${` is Terraform's own. */
function unescaped(text: string): string {
  return text.replaceAll("&{", () => "${");
}
