import type { Statement } from "./policy-document";

/**
 * `ImplicitlyDenied`: nothing allows it, whatever else may be unknown (a Deny that may apply changes nothing).
 * `Unknown`: it hinges on something that is not known, never on a guess.
 *
 * @example
 * ```ts
 * import { accessGraph, type Effect, evaluate } from "iam-baseline/iam";
 *
 * const effect: Effect = evaluate(
 *   {
 *     principal: "arn:aws:iam::111122223333:user/anna",
 *     credentials: { kind: "long-term-key" },
 *     network: "none",
 *     action: "s3:GetObject",
 *     resource: "arn:aws:s3:::site/index.html",
 *   },
 *   accessGraph({ users: [{ name: "anna" }] }),
 * ).effect;
 * effect; // "ImplicitlyDenied"
 * ```
 */
export type Effect = "Allowed" | "ExplicitlyDenied" | "ImplicitlyDenied" | "Unknown";

/**
 * A statement that decided, and where it is attached.
 *
 * @example
 * ```ts
 * import { accessGraph, type DecidingStatement, evaluate } from "iam-baseline/iam";
 *
 * const [by]: readonly DecidingStatement[] = evaluate(
 *   {
 *     principal: "arn:aws:iam::111122223333:user/anna",
 *     credentials: { kind: "long-term-key" },
 *     network: "none",
 *     action: "s3:GetObject",
 *     resource: "arn:aws:s3:::site/index.html",
 *   },
 *   accessGraph({ users: [{ name: "anna", policies: ["AmazonS3ReadOnlyAccess"] }] }),
 * ).statements;
 * [by?.policyName, by?.policyKind, by?.index]; // ["AmazonS3ReadOnlyAccess", "aws-managed", 0]
 * ```
 */
export interface DecidingStatement {
  readonly statement: Statement;
  /** Position in its document, from 0. */
  readonly index: number;
  readonly policyName: string;
  readonly policyAddress: string;
  readonly policyKind: "managed" | "aws-managed" | "inline" | "trust" | "boundary";
  /** ARN of the user, group or role that carries the policy. */
  readonly attachedTo: string;
  readonly attachedBy: string;
}

/**
 * @example
 * ```ts
 * import { accessGraph, type Decision, evaluate } from "iam-baseline/iam";
 *
 * const decision: Decision = evaluate(
 *   {
 *     principal: "arn:aws:iam::111122223333:user/anna",
 *     credentials: { kind: "session-token", mfaAgeSeconds: 60 },
 *     network: { sourceIp: "203.0.113.7" },
 *     action: "iam:ListUsers",
 *     resource: "*",
 *   },
 *   accessGraph({ users: [{ name: "anna", policies: ["IAMReadOnlyAccess"] }] }),
 * );
 * decision.effect; // "Allowed"
 * decision.statements.length; // 1
 * ```
 */
export interface Decision {
  readonly effect: Effect;
  /**
   * All statements that allowed, or all that denied; none for an implicit deny. For Unknown, those of which it is
   * not known whether they apply.
   */
  readonly statements: readonly DecidingStatement[];
  /** One sentence a person can act on. Worded when it is read. */
  readonly because: string;
  /** For Unknown: what is not known, each with its reason. */
  readonly unknowns: readonly string[];
  /** For Allowed: what is taken for given because no graph holds it, such as the policy of a bucket or of a key. */
  readonly limits?: readonly string[];
}
