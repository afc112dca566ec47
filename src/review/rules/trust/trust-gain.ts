import type { Uncovered } from "../../../iam/comparison/coverage";
import type { Draft } from "../../review-finding";
import type { TrustContext } from "./trust-settings";

/** Somebody whom a trust policy lets in and who could not come in before. */
export interface TrustGain {
  readonly difference: Uncovered;
  /** As grants write principals: `AWS arn:...`, `Federated ...`, `*`. */
  readonly patterns: readonly string[];
  /** Everybody but `patterns`. */
  readonly isNegated: boolean;
  readonly context: TrustContext;
  readonly base: Pick<Draft, "address" | "subjects" | "evidence">;
}
