import { accessRule } from "./drift-rules";
import type { PlanEvidence } from "./plan/plan-evidence";
import type { UndeployedFact } from "./rules/undeployed-change";

/** Access that a stack declares and that was not deployed, by what it is about. */
export function undeployedAccess({ stack, undeployed }: PlanEvidence): readonly UndeployedFact[] {
  const byAddress = new Map<string, string[]>();
  for (const fact of undeployed) {
    const changes = byAddress.get(fact.address) ?? [];
    changes.push(accessRule(fact).undeployed(fact));
    byAddress.set(fact.address, changes);
  }
  return [...byAddress].map(([address, changes]) => ({ stack, address, changes }));
}
