import type { AccountInventory } from "../aws/inventory";
import type { Environment } from "../environment/environment";
import type { AccessGraph } from "../iam/graph";
import type { PlanEvidence } from "./plan/plan-evidence";

/** A synthesized stack of the environment. */
export interface DeclaredStack {
  readonly stack: string;
  readonly graph: AccessGraph;
  /** Its state could not be read: what it declares and the account lacks may have been deleted, or never deployed. */
  readonly isUnread?: boolean;
}

/** A stack that the environment no longer declares, and that is still deployed. */
export interface LeftStack {
  readonly stack: string;
  /** Where its state is: `state/prod-credential-hygiene.tfstate`. */
  readonly place: string;
  /** How many resources the state holds. */
  readonly resources: number;
  /** What it made: told once by the stack, and no stranger. */
  readonly graph: AccessGraph;
}

/** What is known of one environment and of its account. */
export interface DriftSources {
  readonly environment: string;
  /** The declaration itself, where it is at hand. */
  readonly settings?: Environment;
  /** One for each stack that was planned. */
  readonly plans: readonly PlanEvidence[];
  /** Synthesized stacks of the environment that no plan tells of. */
  readonly withoutPlan?: readonly DeclaredStack[];
  /** What other environments declare for the same account. */
  readonly others?: readonly AccessGraph[];
  readonly left?: readonly LeftStack[];
  /** Ids of every account of the project: their principals are no strangers. */
  readonly accounts?: readonly string[];
  readonly inventory?: AccountInventory;
}
