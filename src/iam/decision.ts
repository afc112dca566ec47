import type { Statement } from "./policy-document";

/**
 * `ImplicitlyDenied`: nothing allows it, whatever else may be unknown (a Deny that may apply changes nothing).
 * `Unknown`: it hinges on something that is not known, never on a guess.
 */
export type Effect = "Allowed" | "ExplicitlyDenied" | "ImplicitlyDenied" | "Unknown";

/** A statement that decided, and where it is attached. */
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
}
