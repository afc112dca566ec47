import type { Uncovered } from "../../../iam/comparison/coverage";
import type { Role } from "../../../iam/graph";
import type { Draft } from "../../review-finding";

/** Somebody whom a trust policy lets in no longer, or only on narrower conditions. */
export interface TrustLoss {
  readonly difference: Uncovered;
  readonly role: Role;
  readonly base: Pick<Draft, "address" | "subjects" | "evidence">;
}
