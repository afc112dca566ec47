import type { Uncovered } from "../../../iam/comparison/coverage";
import { statementDiff } from "../../statement-diff";
import { counterpart, type PolicyContext } from "./policy-context";

/** The statement that went or that denies now, beside what it was. */
export function lossEvidence(difference: Uncovered, { before, after }: PolicyContext): readonly string[] {
  const { grant, but } = difference;
  return grant.effect === "Deny"
    ? statementDiff(but?.grant.statement, grant.statement)
    : statementDiff(grant.statement, but?.grant.statement ?? counterpart(difference, after, before));
}
