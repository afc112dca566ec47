import type { Statement } from "../policies/policy-document";

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
  /** Statements that allowed or denied; for an implicit deny, empty. */
  readonly statements: readonly DecidingStatement[];
  /** One sentence a person can act on. */
  readonly because: string;
  /** For Unknown: what is not known, each with its reason. */
  readonly unknowns: readonly string[];
}
