/**
 * The IAM policy language as data.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

export type OneOrMany<T> = T | readonly T[];

/** Operator -> condition key -> values, as IAM writes it. Values are strings: `"false"`, never `false`. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, OneOrMany<string>>>>>;

export type PrincipalBlock = "*" | Readonly<Record<string, OneOrMany<string>>>;

/** One statement in IAM's own words. Exactly one of Action/NotAction; identity policies have Resource/NotResource, trust policies Principal. */
export interface Statement {
  readonly Sid?: string | undefined;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: PrincipalBlock | undefined;
  readonly NotPrincipal?: PrincipalBlock | undefined;
  readonly Action?: OneOrMany<string> | undefined;
  readonly NotAction?: OneOrMany<string> | undefined;
  readonly Resource?: OneOrMany<string> | undefined;
  readonly NotResource?: OneOrMany<string> | undefined;
  readonly Condition?: ConditionBlock | undefined;
}

export interface PolicyDocument {
  readonly Version: "2012-10-17" | "2008-10-17";
  readonly Id?: string | undefined;
  readonly Statement: readonly Statement[];
}

/** The document of some statements, in the only version whose policy variables work. */
export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** A list of what IAM lets one write as a single value or a list; nothing becomes an empty list. */
export function listOf<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
