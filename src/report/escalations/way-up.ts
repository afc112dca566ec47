import type { Way } from "../../proofs/escalation/step";

/** Who comes to administrator rights in one environment. Parts of names that are known only after apply are `*`. */
export interface EscalationAccess {
  readonly environment: string;
  readonly administrators: readonly {
    readonly kind: "user" | "role";
    readonly name: string;
    readonly arn: string;
    readonly certain: boolean;
  }[];
  readonly escalations: readonly WayUp[];
  readonly notKnown: readonly {
    readonly kind: "user" | "role";
    readonly name: string;
    readonly arn: string;
    readonly services: readonly string[];
    /** The policy itself names the services (`iam:PassedToService`). */
    readonly limited: boolean;
    readonly decisions: readonly StepDecision[];
  }[];
}

export interface WayUp {
  readonly kind: "user" | "role";
  readonly name: string;
  readonly arn: string;
  /** Names of users that the same policies let do the same, this one included. */
  readonly alike: readonly string[];
  readonly method: string;
  readonly title: string;
  readonly source?: string;
  readonly certain: boolean;
  readonly unknowns: readonly string[];
  readonly steps: readonly WayStep[];
}

export interface WayStep {
  readonly way: Way;
  readonly as: string;
  readonly target: string;
  readonly decisions: readonly StepDecision[];
}

/** A request and what the evaluator answers to it. */
export interface StepDecision {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly effect: string;
  readonly because: string;
}
