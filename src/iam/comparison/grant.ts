import { listOf, type PolicyDocument, type PrincipalBlock, type Statement } from "../policy-document";
import { type Clause, clausesOf } from "./clause";
import type { PatternSet } from "./pattern-sets";

/** A statement as sets that can be compared, and where it came from. */
export interface Grant {
  readonly effect: "Allow" | "Deny";
  /** Lower case. */
  readonly actions: PatternSet;
  /** Resource patterns; of trust policies everything. */
  readonly resources: PatternSet;
  /** Principals of resource and trust policies, as `AWS arn:...`, `Service ...`; of identity policies everything. */
  readonly principals: PatternSet;
  readonly clauses: readonly Clause[];
  readonly statement: Statement;
  /** Equal for statements that mean the same by plain reading: without Sid, in any order. */
  readonly key: string;
}

const EVERYTHING: PatternSet = { patterns: ["*"], negated: false };
const read = new WeakMap<PolicyDocument, readonly Grant[]>();

export function grantsOf(document: PolicyDocument): readonly Grant[] {
  let grants = read.get(document);
  if (grants === undefined) {
    grants = document.Statement.map((statement) => grantOf(statement, document.Version === "2012-10-17"));
    read.set(document, grants);
  }
  return grants;
}

function grantOf(statement: Statement, hasVariables: boolean): Grant {
  const text = hasVariables ? (value: string) => value : withoutVariables;
  const { Action, NotAction, Resource, NotResource, Principal, NotPrincipal } = statement;
  const actions = setOf(Action, NotAction, actionPattern);
  const resources = setOf(Resource, NotResource, text);
  const principals = setOf(principalTexts(Principal), principalTexts(NotPrincipal), (value) => value);
  const clauses = clausesOf(statement.Condition).map((clause) =>
    hasVariables ? clause : { ...clause, values: clause.values.map(withoutVariables) },
  );
  const key = JSON.stringify([
    statement.Effect,
    sorted(actions),
    sorted(resources),
    sorted(principals),
    clauses.map(({ operator, key: name, values }) => [operator, name, [...values].sort()].join("\n")).sort(),
  ]);
  return { effect: statement.Effect, actions, resources, principals, clauses, statement, key };
}

function setOf(
  positive: string | readonly string[] | undefined,
  negative: string | readonly string[] | undefined,
  read: (value: string) => string,
): PatternSet {
  if (positive === undefined && negative === undefined) return EVERYTHING;
  const patterns = [...new Set(listOf(positive ?? negative).map((value) => read(String(value))))];
  return { patterns, negated: positive === undefined };
}

/** Lower case; any action of any service is `*`, however many stars it is written with. */
function actionPattern(value: string): string {
  return /^\*+(?::\*+)?$/.test(value) ? "*" : value.toLowerCase();
}

/** Before 2012-10-17 a policy variable is text. */
function withoutVariables(value: string): string {
  return value.replaceAll("${", "${$}{");
}

/** Account ids and root ARNs are one form; `*` is everybody. */
export function principalTexts(block: PrincipalBlock | undefined): readonly string[] | undefined {
  if (block === undefined) return undefined;
  if (block === "*") return ["*"];
  return Object.entries(block).flatMap(([kind, values]) =>
    listOf(values).map((value) => {
      const text = String(value);
      if (kind === "AWS" && /^\d{12}$/.test(text)) return `AWS arn:aws:iam::${text}:root`;
      return kind === "AWS" && text === "*" ? "*" : `${kind} ${text}`;
    }),
  );
}

function sorted({ patterns, negated }: PatternSet): readonly unknown[] {
  return [negated, [...patterns].sort()];
}
