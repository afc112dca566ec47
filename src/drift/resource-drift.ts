import type { PlanFile, ResourceChange } from "../sources/plan/plan-file";
import { type AttributeDifference, attributeDifferences, isAccessType, readerOf } from "./attribute-noise";
import type { ResourceFact } from "./resource-fact";

/** A difference that means nothing, and why it was silenced. */
export interface IgnoredDifference {
  readonly address: string;
  readonly attribute: string;
  readonly reason: string;
}

export interface ResourceDrift {
  readonly facts: readonly ResourceFact[];
  readonly ignored: readonly IgnoredDifference[];
  /** Addresses of users and roles whose unique id is another one: deleted and made again. */
  readonly recreated: readonly { readonly address: string; readonly arn: string }[];
}

/**
 * What a plan tells besides access. `resource_drift` says how the account differs from the state, `resource_changes` how
 * it differs from the configuration: what is in both somebody changed, and an apply repairs it; what is in the second
 * alone was never deployed; what is in the first alone an apply leaves as it is.
 */
export function resourceDrift(plan: PlanFile): ResourceDrift {
  const reader = new Reader();
  const changes = new Map(plan.changes.map((change) => [change.address, change]));
  const drifted = new Set<string>();
  for (const drift of plan.drift) {
    if (drift.mode !== "managed") continue;
    drifted.add(drift.address);
    reader.readDrift(drift, changes.get(drift.address), plan.isRefreshOnly);
  }
  for (const change of plan.changes) {
    if (change.mode === "managed" && !drifted.has(change.address)) reader.readUndeployed(change);
  }
  return reader;
}

class Reader implements ResourceDrift {
  readonly facts: ResourceFact[] = [];
  readonly ignored: IgnoredDifference[] = [];
  readonly recreated: { address: string; arn: string }[] = [];

  readDrift(drift: ResourceChange, change: ResourceChange | undefined, isRefreshOnly: boolean): void {
    const { address, type, actions } = drift;
    if (drift.before === undefined) return;
    if (drift.after === undefined) {
      if (isAccessType(type)) return;
      const isRepaired = isRefreshOnly || change?.actions.includes("create") === true;
      this.facts.push({ kind: "resource-deleted", address, type, attributes: [], isRepaired, actions });
      return;
    }
    const pending = change === undefined ? new Set<string>() : pendingAttributes(change);
    const changed: AttributeDifference[] = [];
    for (const difference of attributeDifferences(drift.before, drift.after)) {
      if (this.isChange(drift, difference)) changed.push(difference);
    }
    if (changed.length > 0) {
      const isRepaired = isRefreshOnly || changed.every(({ attribute }) => pending.has(attribute));
      const attributes = changed.map(({ attribute: name, before, after }) => ({
        name,
        declared: before,
        actual: after,
      }));
      this.facts.push({ kind: "resource-changed", address, type, attributes, isRepaired, actions });
    }
    if (change !== undefined) this.readUndeployed(change, new Set(changed.map(({ attribute }) => attribute)));
  }

  private isChange(drift: ResourceChange, { attribute, isNoise, after }: AttributeDifference): boolean {
    const { address, type } = drift;
    const ignore = (reason: string) => {
      this.ignored.push({ address, attribute, reason });
      return false;
    };
    if (isNoise) return ignore("null and empty mean the same");
    const reader = readerOf(type, attribute);
    if (reader === "nobody") return ignore("computed: it follows from something else");
    if (reader === "resource") return true;
    if (attribute !== "unique_id") return ignore("read as access");
    const arn = drift.after?.["arn"];
    if (typeof after === "string" && typeof arn === "string") this.recreated.push({ address, arn });
    return false;
  }

  /** What the configuration asks for and nobody changed in the account. */
  readUndeployed(change: ResourceChange, driftedAttributes: ReadonlySet<string> = new Set()): void {
    const { address, type, actions, before, after } = change;
    if (actions.every((action) => action === "no-op" || action === "read") || isAccessTypeWhole(change))
      return;
    const differences = [...attributeDifferences(before ?? {}, after ?? {})].filter(
      ({ attribute, isNoise }) =>
        !isNoise &&
        !driftedAttributes.has(attribute) &&
        change.afterUnknown[attribute] !== true &&
        readerOf(type, attribute) === "resource",
    );
    const isUpdate = actions.length === 1 && actions[0] === "update";
    if (isUpdate && differences.length === 0) return;
    // a resource that was deleted by hand is told as that
    if (!isUpdate && this.facts.some((fact) => fact.address === address && fact.kind === "resource-deleted"))
      return;
    const attributes = isUpdate
      ? differences.map(({ attribute: name, before: actual, after: declared }) => ({
          name,
          declared,
          actual,
        }))
      : [];
    this.facts.push({ kind: "undeployed-change", address, type, attributes, isRepaired: true, actions });
  }
}

/** Creation and deletion of principals and policies are told as access. */
function isAccessTypeWhole({ type, actions }: ResourceChange): boolean {
  return isAccessType(type) && !(actions.length === 1 && actions[0] === "update");
}

function pendingAttributes({ before, after, actions }: ResourceChange): ReadonlySet<string> {
  if (actions.every((action) => action === "no-op")) return new Set();
  return new Set(attributeDifferences(before ?? {}, after ?? {}).map(({ attribute }) => attribute));
}
