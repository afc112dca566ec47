import type { PlanFile, ResourceChange } from "../../sources/plan/plan-file";
import type { ResourceFact } from "./resource-fact";
import type { StackConfiguration } from "./stack-configuration";

/**
 * Deletions without those of parts: with a topic go its policy and its subscriptions, with a bucket its settings. A
 * part is of the same service and refers to what it belongs to.
 */
export function foldedDeletions(
  facts: readonly ResourceFact[],
  plan: PlanFile,
  configuration: StackConfiguration,
): readonly ResourceFact[] {
  const deleted = facts.filter(({ kind }) => kind === "resource-deleted");
  if (deleted.length < 2) return facts;
  const drift = new Map(plan.drift.map((change) => [change.address, change]));
  const wholes = new Map<string, string>();
  for (const { address } of deleted) {
    const part = drift.get(address);
    if (part === undefined) continue;
    const whole = deleted
      .map((fact) => drift.get(fact.address))
      .find((other) => other !== undefined && other !== part && isPartOf(part, other, configuration));
    if (whole !== undefined) wholes.set(address, whole.address);
  }
  return facts
    .filter(({ address, kind }) => kind !== "resource-deleted" || !wholes.has(address))
    .map((fact) => {
      const parts = [...wholes].filter(([part]) => outermost(part, wholes) === fact.address);
      return parts.length === 0 || fact.kind !== "resource-deleted"
        ? fact
        : { ...fact, parts: parts.map(([part]) => part) };
    });
}

function isPartOf(part: ResourceChange, whole: ResourceChange, configuration: StackConfiguration): boolean {
  return serviceOf(part) === serviceOf(whole) && configuration.refersTo(part, whole);
}

/** `aws_sns` */
function serviceOf({ type }: ResourceChange): string {
  return type.split("_").slice(0, 2).join("_");
}

/** References of a plan go in no circle. */
function outermost(address: string, wholes: ReadonlyMap<string, string>): string {
  const whole = wholes.get(address);
  return whole === undefined ? address : outermost(whole, wholes);
}
