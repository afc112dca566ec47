/**
 * The IAM policy language as data.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

export type OneOrMany<T> = T | readonly T[];

/** Operator -> condition key -> values, as IAM writes it. Values are strings: `"false"`, never `false`. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, OneOrMany<string>>>>>;

export type PrincipalBlock = "*" | Readonly<Record<string, OneOrMany<string>>>;

/**
 * One statement in IAM's own words. Exactly one of Action/NotAction; identity policies have Resource/NotResource, trust policies Principal.
 *
 * @example
 * ```ts
 * import { policyDocument, type Statement } from "iam-baseline/iam";
 *
 * const statement: Statement = { Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::site/*" };
 * policyDocument(statement).Statement.length; // 1
 * ```
 */
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

/**
 * @example
 * ```ts
 * import type { PolicyDocument } from "iam-baseline/iam";
 *
 * const document: PolicyDocument = {
 *   Version: "2012-10-17",
 *   Statement: [{ Effect: "Deny", NotAction: "sts:*", Resource: "*" }],
 * };
 * document.Statement[0]?.NotAction; // "sts:*"
 * ```
 */
export interface PolicyDocument {
  readonly Version: "2012-10-17" | "2008-10-17";
  readonly Id?: string | undefined;
  readonly Statement: readonly Statement[];
}

/**
 * The document of some statements, in the only version whose policy variables work.
 *
 * @example
 * ```ts
 * import { policyDocument } from "iam-baseline/iam";
 *
 * policyDocument({ Effect: "Allow", Action: "sts:GetCallerIdentity", Resource: "*" }).Version; // "2012-10-17"
 * ```
 */
export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/**
 * A list of what IAM lets one write as a single value or a list; nothing becomes an empty list.
 *
 * @example
 * ```ts
 * import { listOf } from "iam-baseline/iam";
 *
 * listOf("s3:*"); // ["s3:*"]
 * listOf(undefined); // []
 * ```
 */
export function listOf<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
