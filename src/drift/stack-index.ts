import type { AccessGraph } from "../iam/graph";
import { addressOf, policyAddress } from "./access-fact";
import { principalsOf } from "./compare-access";
import type { DriftSources } from "./drift-sources";

/** Tells the stack that declares a principal or policy, by its address: `user/work`. */
export function stackIndex({
  plans,
  withoutPlan = [],
}: DriftSources): (address: string) => string | undefined {
  const stacks = new Map<string, string>();
  const add = (graph: AccessGraph, stack: string) => {
    for (const principal of principalsOf(graph)) stacks.set(addressOf(principal), stack);
    for (const policy of graph.managedPolicies) stacks.set(policyAddress(policy), stack);
  };
  for (const { stack, graph } of withoutPlan) add(graph, stack);
  for (const { stack, recorded, wanted } of plans) for (const graph of [wanted, recorded]) add(graph, stack);
  return (address) => stacks.get(address);
}
