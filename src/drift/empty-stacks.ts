import type { AccessGraph } from "../iam/graph";
import { addressOf } from "./access-fact";
import { principalsOf } from "./compare-access";
import type { PlanEvidence } from "./plan/plan-evidence";
import { PrincipalIndex } from "./principal-match";
import type { EmptyStackFact } from "./rules/stack-not-deployed";

/** Stacks whose state is empty: nothing was deployed yet, or the state is not the one that was written. */
export function emptyStacks(
  plans: readonly PlanEvidence[],
  actual: AccessGraph | undefined,
): readonly EmptyStackFact[] {
  const index = new PrincipalIndex(actual === undefined ? [] : principalsOf(actual));
  return plans
    .filter(({ isNotDeployed }) => isNotDeployed)
    .map(({ stack, wanted }) => ({
      address: stack,
      present: principalsOf(wanted)
        .filter((principal) => index.find(principal) !== undefined)
        .map(addressOf),
    }));
}
