import { listOf, type PolicyDocument, type Statement } from "../../../src/iam/policy-document";

/** A synthesized stack that a mutant may change: plain JSON. */
export interface StackJson {
  resource: Record<string, Record<string, Record<string, unknown>>>;
  [part: string]: unknown;
}

/** One change of one stack, with the proof that must catch it. */
export interface Mutant {
  readonly name: string;
  readonly apply: (stack: StackJson) => void;
}

export type MutableStatement = { -readonly [K in keyof Statement]: Statement[K] };

/** The resources of a type, by name. */
export function resources(
  stack: StackJson,
  type: string,
): readonly (readonly [string, Record<string, unknown>])[] {
  return Object.entries(stack.resource[type] ?? {});
}

export function addResource(
  stack: StackJson,
  type: string,
  name: string,
  body: Record<string, unknown>,
): void {
  stack.resource[type] = { ...stack.resource[type], [name]: body };
}

export function removeResource(stack: StackJson, type: string, name: string): void {
  delete stack.resource[type]?.[name];
}

/** Terraform writes `${aws:username}` as `$${aws:username}`. */
export function documentOf(body: Record<string, unknown>, attribute: string): PolicyDocument {
  return JSON.parse(String(body[attribute]).replaceAll("$${", () => "${")) as PolicyDocument;
}

/** Changes the statements of a document in place. */
export function changeStatement(
  stack: StackJson,
  type: string,
  name: string,
  index: number,
  change: (statement: MutableStatement) => void,
): void {
  const attribute = type === "aws_iam_role" ? "assume_role_policy" : "policy";
  const body = stack.resource[type]?.[name];
  if (body === undefined) throw new Error(`no ${type}.${name}`);
  const document = documentOf(body, attribute);
  const statements = document.Statement.map((statement) => ({ ...statement }));
  const statement = statements[index];
  if (statement === undefined) throw new Error(`${type}.${name} has no statement ${index}`);
  change(statement);
  const changed = statements.filter(({ Effect }) => Effect !== undefined);
  body[attribute] = JSON.stringify({ ...document, Statement: changed }).replaceAll("${aws", () => "$${aws");
}

/** Values of one condition, and the condition with others: none removes it. */
export function conditionValues(statement: Statement, operator: string, key: string): readonly string[] {
  return listOf(statement.Condition?.[operator]?.[key]);
}

export function withCondition(
  statement: MutableStatement,
  operator: string,
  key: string,
  values: readonly string[] | undefined,
): void {
  const { [operator]: keys = {}, ...others } = statement.Condition ?? {};
  const { [key]: _, ...rest } = keys;
  const changed = values === undefined ? rest : { ...rest, [key]: values };
  statement.Condition = Object.keys(changed).length === 0 ? others : { ...others, [operator]: changed };
}
