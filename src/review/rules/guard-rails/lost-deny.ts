import type { Uncovered } from "../../../iam/comparison/coverage";
import type { Draft } from "../../review-finding";

export type Undenied = Uncovered & { readonly isReachable: boolean };

/** A piece of a Deny that denies nothing any more, with what the rules about it need. */
export interface LostDeny {
  readonly difference: Undenied;
  readonly base: Pick<Draft, "address" | "subjects" | "evidence">;
  /** The sentence without its beginning: ` denied X on Y where C`. */
  readonly isDenied: string;
}
