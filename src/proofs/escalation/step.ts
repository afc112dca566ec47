import type { Role, User } from "../../iam/graph";
import type { Answer } from "./actor";

/** How one principal comes to the rights of another. */
export type Way =
  /** It gives rights to somebody, or takes limits away. */
  | "gives"
  /** It becomes somebody: by keys, trust, federation or AssumeRole. */
  | "becomes"
  /** A service runs its code as a role. */
  | "runs code as"
  /** Rights that no principal of the account holds: Identity Center, root of a member account. */
  | "takes";

/** A way in a sentence: `role/daily gives rights to user/home`. */
export function wayInWords(way: Way): string {
  return way === "gives" ? "gives rights to" : way;
}

/** One step: from a principal of the closure to another one, each needed request answered. */
export interface Step {
  readonly way: Way;
  readonly from: User | Role;
  /** The principal as it is after the step; nothing where the step itself is the end. */
  readonly to: User | Role | undefined;
  /** In words: `role/admin`, `a new role`. */
  readonly target: string;
  /** Actions that are needed together, in the order in which they are called. */
  readonly actions: readonly string[];
  readonly answers: readonly Answer[];
  /** What the graph cannot say and the step needs: `whether Identity Center is administered from this account`. */
  readonly notKnown?: string;
  /** Whom a step that gives rights gives them to, as the graph has it. */
  readonly receiver?: User | Role;
}

/** Whether every request of the steps is allowed, and none only not known to be denied. */
export function isCertain(steps: readonly Step[]): boolean {
  return steps.every(
    ({ answers, notKnown }) =>
      notKnown === undefined && answers.every(({ decision }) => decision.effect === "Allowed"),
  );
}
