import { AccessSourceError, described } from "../resource/access-source-error";
import { formatVersion } from "../resource/format-version";
import { isRecord, type JsonRecord, list, record } from "../resource/json-shape";
import { type ListedResource, listedResources } from "../resource/recorded-resource";
import { PLAN_FAILED, SOURCE_INVALID } from "../resource/source-refusals";
import { concealedPlan } from "../sensitive/concealed-plan";
import { type DeferredChange, deferredChanges } from "./deferred-changes";
import { PLAN_REMEDY, type ResourceChange, resourceChanges } from "./resource-change";

export type { ResourceChange } from "./resource-change";

/** A plan whose parts were checked to be what they should be, without the sensitive values of its file. */
export class PlanFile {
  readonly changes: readonly ResourceChange[];
  readonly drift: readonly ResourceChange[];
  /** What Terraform puts off to a later plan, with what is known of it. */
  readonly deferred: readonly DeferredChange[];
  /** `action_invocations` and deferred ones: code that runs in the apply. */
  readonly invocations: readonly JsonRecord[];
  readonly changedAddresses: ReadonlySet<string>;
  readonly configuration: JsonRecord;
  readonly variables: JsonRecord;
  readonly terraformVersion: string;
  readonly isComplete: boolean;
  private readonly hasChanges: boolean;
  private readonly priorState: unknown;

  /** @throws AccessSourceError when it is no plan, a plan that failed, or one of an older or newer format */
  constructor(
    planJson: unknown,
    private readonly file: string,
  ) {
    const plan = record(concealedPlan(planJson), file, PLAN_REMEDY);
    formatVersion(plan, file, PLAN_REMEDY);
    refuseUnusable(plan, file);
    this.changes = resourceChanges(plan["resource_changes"], `${file}: resource_changes`);
    this.drift = resourceChanges(plan["resource_drift"], `${file}: resource_drift`);
    this.deferred = deferredChanges(plan["deferred_changes"], `${file}: deferred_changes`);
    this.invocations = invocationsOf(plan, file);
    this.changedAddresses = new Set(this.changes.map(({ address }) => address));
    this.configuration = isRecord(plan["configuration"]) ? plan["configuration"] : {};
    this.variables = isRecord(plan["variables"]) ? plan["variables"] : {};
    this.terraformVersion = typeof plan["terraform_version"] === "string" ? plan["terraform_version"] : "";
    this.isComplete = plan["complete"] !== false;
    this.hasChanges = plan["resource_changes"] !== undefined;
    this.priorState = plan["prior_state"];
  }

  /**
   * A plan of `-refresh-only` lists no changes, not even that nothing changes, of resources that are there. A
   * configuration without resources has none to list.
   */
  get isRefreshOnly(): boolean {
    if (this.hasChanges) return false;
    return this.drift.length > 0 || [...this.prior()].some(({ mode }) => mode === "managed");
  }

  /** The state that the plan started from, after its refresh: data sources that were read, and managed resources. */
  *prior(): Generator<ListedResource> {
    if (isRecord(this.priorState)) {
      yield* listedResources(this.priorState["values"], `${this.file}: prior_state.values`);
    }
  }
}

function invocationsOf(plan: JsonRecord, file: string): readonly JsonRecord[] {
  const planned = list(plan["action_invocations"], `${file}: action_invocations`, PLAN_REMEDY);
  const part = "deferred_action_invocations";
  const deferred = list(plan[part], `${file}: ${part}`, PLAN_REMEDY).map((item) =>
    isRecord(item) ? item["action_invocation"] : item,
  );
  return [...planned, ...deferred].filter(isRecord);
}

function refuseUnusable(plan: JsonRecord, file: string): void {
  if (plan["errored"] === true) {
    throw new AccessSourceError(PLAN_FAILED, {
      location: `${file}: errored`,
      expected: "a plan that Terraform finished",
      got: "one that failed half-way",
      remedy: "read the error of terraform plan, repair it and plan again: a failed plan is never no change",
    });
  }
  if (["planned_values", "resource_changes", "resource_drift"].every((part) => plan[part] === undefined)) {
    throw new AccessSourceError(SOURCE_INVALID, {
      location: file,
      expected: "a plan with planned_values and resource_changes",
      got: described(plan),
      remedy: plan["values"] === undefined ? PLAN_REMEDY : "this is a state: read it as one, or make a plan",
    });
  }
}
