import type { Uncovered } from "../../../iam/comparison/coverage";
import type { AccessGraph } from "../../../iam/graph";
import { lostText } from "../../condition-words";
import { isPinned } from "../../pinning-conditions";
import { principalWords } from "../../principals/principal-names";
import { type Draft, listed } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";
import { statementDiff } from "../../statement-diff";
import { atomsText } from "../../weight";

/** Something that a resource's own policy lets somebody do, and did not before. */
export interface ResourceGain {
  readonly isPublic: boolean;
  readonly base: Pick<Draft, "address" | "subjects" | "predicate" | "evidence">;
}

export function resourceGainOf(
  difference: Uncovered,
  { address }: RawResource,
  graph: AccessGraph,
): ResourceGain {
  const { atoms, grant, but } = difference;
  const patterns = [...new Set(atoms.flatMap(({ principals }) => principals.patterns))];
  const isPinnedDown = isPinned(grant.clauses, ["principal", "network"]);
  const without = but === undefined ? "" : ` ${lostText(but.clauses, grant.clauses)}`;
  return {
    isPublic: (patterns.includes("*") || grant.principals.negated) && !isPinnedDown,
    base: {
      address,
      subjects: [listed(patterns.map((text) => principalWords(text, graph)))],
      predicate: `may do ${atomsText(atoms)}${without} by the policy of ${address}`,
      evidence: statementDiff(but?.grant.statement, grant.statement),
    },
  };
}
