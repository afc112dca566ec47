import type { Severity } from "../../../findings/severity";
import type { Uncovered } from "../../../iam/comparison/coverage";
import { accountsIn, ownershipOf } from "../../accounts";
import { lostText } from "../../condition-words";
import { isPinned } from "../../pinning-conditions";
import { principalWords } from "../../principals/principal-names";
import { type Draft, listed } from "../../review-finding";
import { statementDiff } from "../../statement-diff";
import { atomsText } from "../../weight";
import { isAdded, type JudgingContext, type ResourceChange } from "../by-nature/resource-change";

/** Something that a resource's own policy lets somebody do, and did not before. */
export interface ResourceGain {
  readonly isPublic: boolean;
  /** Nothing where somebody comes with the resource who is no stranger: its own account, AWS services. */
  readonly severity: Severity | undefined;
  readonly base: Pick<Draft, "address" | "subjects" | "predicate" | "evidence">;
}

export function resourceGainOf(
  difference: Uncovered,
  change: ResourceChange,
  context: JudgingContext,
): ResourceGain {
  const { atoms, grant, but } = difference;
  const { address } = change;
  const patterns = [...new Set(atoms.flatMap(({ principals }) => principals.patterns))];
  const isPinnedDown = isPinned(grant.clauses, ["principal", "network"]);
  const without = but === undefined ? "" : ` ${lostText(but.clauses, grant.clauses)}`;
  const isForeign = patterns.some((text) => isStranger(text, context));
  return {
    isPublic: (patterns.includes("*") || grant.principals.negated) && !isPinnedDown,
    severity: isForeign || !isAdded(change) ? "high" : undefined,
    base: {
      address,
      subjects: [listed(patterns.map((text) => principalWords(text, context.after)))],
      predicate: `may do ${atomsText(atoms)}${without} by the policy of ${address}`,
      evidence: statementDiff(but?.grant.statement, grant.statement),
    },
  };
}

/** An account that is under no review, or somebody in it. */
function isStranger(text: string, context: JudgingContext): boolean {
  if (/^(?:Service|\*)/.test(text)) return false;
  return accountsIn(text).some((id) => ownershipOf(id, context) === "foreign");
}
