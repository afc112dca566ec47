import type { Uncovered } from "../../../iam/comparison/coverage";
import { throughText } from "../../principals/placed-policies";
import type { Draft } from "../../review-finding";
import { statementDiff } from "../../statement-diff";
import { atomsText, type Weight, weightOf, worse } from "../../weight";
import { addressOf, counterpart, type PolicyContext, placedBy } from "./policy-context";

/** Something that a principal may do now and might not do before, with what all rules about gains need of it. */
export interface Gain {
  readonly difference: Uncovered;
  readonly context: PolicyContext;
  readonly weight: Weight;
  /** At least medium for a user's own rights. */
  readonly severity: Weight["severity"];
  /** `s3:GetObject on any resource`. */
  readonly text: string;
  /** `, through policy work of group devs`. */
  readonly through: string;
  readonly base: Pick<Draft, "address" | "subjects">;
}

export function gainOf(difference: Uncovered, context: PolicyContext): Gain {
  const { principal, subject, before, after } = context;
  const placed = placedBy(difference.grant.statement, after);
  const weight = weightOf(difference.atoms);
  // what a new user gets of its group is told as low as it is
  const isJoining = before.length === 0 && placed?.group !== undefined;
  const isUsersOwn = principal.kind === "user" && !weight.isOwn && !isJoining;
  return {
    difference,
    context,
    weight,
    severity: isUsersOwn ? worse(weight.severity, "medium") : weight.severity,
    text: atomsText(difference.atoms),
    through: throughText(placed),
    base: { address: addressOf(placed, principal), subjects: [subject] },
  };
}

/** The statement beside what it was before. */
export function gainEvidence({ difference, context: { before, after } }: Gain): readonly string[] {
  return statementDiff(
    difference.narrower?.statement ?? counterpart(difference, before, after),
    difference.grant.statement,
  );
}

export const GRANT_IF_MEANT =
  "Grant it only if it is meant: to the few actions and resources that are needed.";
