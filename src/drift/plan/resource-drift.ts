import type { PlanFile, ResourceChange } from "../../sources/plan/plan-file";
import type { JsonRecord } from "../../sources/resource/json-shape";
import { type AttributeDifference, attributeDifferences } from "./attribute-difference";
import { isAccessType, readerOf } from "./attribute-reader";
import { changedAttributes } from "./changed-attributes";
import { DeclaredValues, type DriftedAttribute } from "./declared-values";
import { foldedDeletions } from "./folded-deletions";
import { hasComparableCode, replacedCode } from "./function-code";
import type { ResourceFact } from "./resource-fact";
import { StackConfiguration } from "./stack-configuration";

/** A difference that means nothing, and why it was silenced. */
export interface IgnoredDifference {
  readonly address: string;
  readonly attribute: string;
  readonly reason: string;
}

/** A difference that the access model reads: somebody has to find it among the facts about access. */
export interface AccessDifference {
  readonly change: ResourceChange;
  readonly difference: AttributeDifference;
}

export interface ResourceDrift {
  readonly facts: readonly ResourceFact[];
  readonly ignored: readonly IgnoredDifference[];
  /** Addresses of users and roles whose unique id is another one: deleted and made again. */
  readonly recreated: readonly { readonly address: string; readonly arn: string }[];
  readonly access: readonly AccessDifference[];
}

/**
 * What a plan tells besides access. `resource_drift` says how the account differs from the state, `resource_changes` how
 * it differs from the configuration: what is in both somebody changed, and an apply repairs it; what is in the second
 * alone was never deployed. What is in the first alone is told where the configuration sets it (Terraform is made to
 * leave it) or where it is code, trust or a policy that nothing else of the stack sets; other values that the
 * configuration never sets are nobody's declaration.
 *
 * Each attribute of each entry is a fact, is ignored with a reason, or is handed on as access.
 */
export function resourceDrift(plan: PlanFile): ResourceDrift {
  const reader = new Reader(plan);
  const drifted = new Set<string>();
  for (const drift of plan.drift) {
    if (drift.mode !== "managed") continue;
    drifted.add(drift.address);
    reader.readDrift(drift);
  }
  for (const change of plan.changes) {
    if (change.mode !== "managed" || drifted.has(change.address)) continue;
    reader.readCode(change);
    reader.readUndeployed(change);
  }
  return { ...reader.result, facts: foldedDeletions(reader.result.facts, plan, reader.configuration) };
}

class Reader {
  readonly configuration: StackConfiguration;
  readonly result = {
    facts: [] as ResourceFact[],
    ignored: [] as IgnoredDifference[],
    recreated: [] as { address: string; arn: string }[],
    access: [] as AccessDifference[],
  };
  private readonly declared: DeclaredValues;
  private readonly changes: ReadonlyMap<string, ResourceChange>;

  constructor(private readonly plan: PlanFile) {
    this.configuration = new StackConfiguration(plan.configuration);
    this.declared = new DeclaredValues(plan, this.configuration);
    this.changes = new Map(plan.changes.map((change) => [change.address, change]));
  }

  readDrift(drift: ResourceChange): void {
    const { address, type, before, after } = drift;
    const change = this.changes.get(address);
    if (before === undefined) return;
    if (after === undefined) {
      if (isAccessType(type)) return;
      const isRepaired = this.plan.isRefreshOnly || change?.actions.includes("create") === true;
      this.addFact("resource-deleted", drift, before, { isRepaired });
      return;
    }
    const pending = change === undefined ? new Set<string>() : pendingAttributes(change);
    const siblings = driftedAttributes(type, before, after);
    const changed = siblings.filter((difference) => this.isChange({ drift, difference, pending, siblings }));
    if (changed.length > 0) {
      this.addFact("resource-changed", drift, after, {
        isRepaired: this.plan.isRefreshOnly || changed.every(({ attribute }) => pending.has(attribute)),
        isPartlyRepaired: changed.some(({ attribute }) => pending.has(attribute)),
        attributes: changed.flatMap((difference) => changedAttributes(difference, "before")),
      });
    }
    if (change !== undefined) {
      this.readUndeployed(change, new Set(siblings.map(({ attribute }) => attribute)));
    }
  }

  private isChange(attribute: DriftedAttribute): boolean {
    const { drift, difference } = attribute;
    const { address, type } = drift;
    if (difference.attribute === "unique_id" && readerOf(type, "unique_id") === "access") {
      const arn = drift.after?.["arn"];
      if (typeof arn === "string") this.result.recreated.push({ address, arn });
      return false;
    }
    const reason = this.declared.reasonToIgnore(attribute);
    if (reason !== undefined) {
      this.result.ignored.push({ address, attribute: difference.attribute, reason });
      return false;
    }
    if (readerOf(type, difference.attribute) !== "access") return true;
    this.result.access.push({ change: drift, difference });
    return false;
  }

  /** Code that was replaced before the state was refreshed: no drift any more, and not the deployed code. */
  readCode(change: ResourceChange): void {
    const { before, type } = change;
    const difference = before === undefined ? undefined : replacedCode(type, before);
    if (before === undefined || difference === undefined) return;
    const attributes = changedAttributes(difference, "before");
    this.addFact("resource-changed", change, before, { isRepaired: false, attributes });
  }

  /** What the configuration asks for and nobody changed in the account. */
  readUndeployed(change: ResourceChange, drifted: ReadonlySet<string> = new Set()): void {
    const { address, type, actions, before, after } = change;
    if (actions.every((action) => action === "no-op" || action === "read")) return;
    const differences = attributeDifferences(before ?? {}, after ?? {}).filter(
      ({ attribute, isNoise }) =>
        !isNoise &&
        !drifted.has(attribute) &&
        attribute !== "tags_all" &&
        change.afterUnknown[attribute] !== true,
    );
    for (const difference of differences) {
      if (readerOf(type, difference.attribute) === "access") this.result.access.push({ change, difference });
    }
    const resource = differences.filter(({ attribute }) => readerOf(type, attribute) === "resource");
    const isUpdate = before !== undefined && after !== undefined;
    if (isUpdate ? resource.length === 0 : isAccessType(type)) return;
    // a resource that was deleted by hand is told as that
    const isDeleted = (fact: ResourceFact) => fact.address === address && fact.kind === "resource-deleted";
    if (!isUpdate && this.result.facts.some(isDeleted)) return;
    this.addFact("undeployed-change", change, before ?? {}, {
      isRepaired: true,
      attributes: isUpdate ? resource.flatMap((difference) => changedAttributes(difference, "after")) : [],
    });
  }

  private addFact(
    kind: ResourceFact["kind"],
    { address, type, actions }: ResourceChange,
    values: JsonRecord,
    meaning: Pick<ResourceFact, "isRepaired"> & Partial<ResourceFact>,
  ): void {
    this.result.facts.push({ kind, address, type, actions, values, attributes: [], ...meaning });
  }
}

/** What drifted; of a function's code how it differs from what was deployed. */
function driftedAttributes(
  type: string,
  before: JsonRecord,
  after: JsonRecord,
): readonly AttributeDifference[] {
  const differences = attributeDifferences(before, after);
  if (!hasComparableCode(type, after)) return differences;
  const code = replacedCode(type, after);
  const others = differences.filter(({ attribute }) => attribute !== "code_sha256");
  return code === undefined ? others : [...others, code];
}

/** What an apply will write: values that are known before it, and differ. */
function pendingAttributes({ before, after, afterUnknown, actions }: ResourceChange): ReadonlySet<string> {
  if (actions.every((action) => action === "no-op")) return new Set();
  return new Set(
    attributeDifferences(before ?? {}, after ?? {})
      .filter(({ attribute, isNoise }) => !isNoise && afterUnknown[attribute] !== true)
      .map(({ attribute }) => attribute),
  );
}
