import { AccessSourceError, described } from "../resource/access-source-error";
import { formatVersion } from "../resource/format-version";
import { isRecord, type JsonRecord, list, record, string } from "../resource/json-shape";
import { keyOf, type ListedResource, listedResources, modeOf } from "../resource/recorded-resource";
import { PLAN_FAILED, SOURCE_INVALID } from "../resource/source-refusals";
import { UnknownValue } from "../resource/unknown-parts";
import { concealedPlan } from "../sensitive/concealed-plan";

/** One entry of `resource_changes` or `resource_drift`, checked. */
export interface ResourceChange {
  readonly address: string;
  /** Address of the module instance; undefined for the root. */
  readonly module: string | undefined;
  readonly type: string;
  readonly name: string;
  readonly mode: "managed" | "data";
  /** Address without the key of count or for_each. */
  readonly base: string;
  readonly key: string | number | undefined;
  readonly actions: readonly string[];
  readonly before: JsonRecord | undefined;
  readonly after: JsonRecord | undefined;
  readonly afterUnknown: JsonRecord;
  /** What is left of a resource whose replacement failed; it goes with this plan. */
  readonly isDeposed: boolean;
  readonly previousAddress: string | undefined;
}

const REMEDY = "make the plan again and give the output of terraform show -json PLANFILE";

/** A plan whose parts were checked to be what they should be. Holds on to the parsed JSON, copies none of it. */
export class PlanFile {
  readonly changes: readonly ResourceChange[];
  readonly drift: readonly ResourceChange[];
  readonly changedAddresses: ReadonlySet<string>;
  readonly configuration: JsonRecord;
  readonly variables: JsonRecord;
  readonly terraformVersion: string;
  readonly isComplete: boolean;
  readonly isRefreshOnly: boolean;

  /** @throws AccessSourceError when it is no plan, a plan that failed, or one of a newer format */
  constructor(
    planJson: unknown,
    private readonly file: string,
  ) {
    const plan = record(concealedPlan(planJson), file, REMEDY);
    formatVersion(plan, file, REMEDY);
    refuseUnusable(plan, file);
    this.changes = readChanges(plan, "resource_changes", file);
    this.drift = readChanges(plan, "resource_drift", file);
    this.changedAddresses = new Set(this.changes.map(({ address }) => address));
    this.configuration = isRecord(plan["configuration"]) ? plan["configuration"] : {};
    this.variables = isRecord(plan["variables"]) ? plan["variables"] : {};
    this.terraformVersion = typeof plan["terraform_version"] === "string" ? plan["terraform_version"] : "";
    this.isComplete = plan["complete"] !== false;
    this.isRefreshOnly = plan["resource_changes"] === undefined;
    this.deferred = list(plan["deferred_changes"], `${file}: deferred_changes`, REMEDY);
    this.priorState = plan["prior_state"];
  }

  private readonly deferred: readonly unknown[];
  private readonly priorState: unknown;

  /** The state that the plan started from, after its refresh: data sources that were read, and managed resources. */
  *prior(): Generator<ListedResource> {
    if (isRecord(this.priorState)) {
      yield* listedResources(this.priorState["values"], `${this.file}: prior_state.values`);
    }
  }

  /** What a plan that does not cover everything leaves open. */
  unknowns(): readonly UnknownValue[] {
    const deferred = this.deferred.map((item) => {
      const change = isRecord(item) ? item["resource_change"] : undefined;
      const address = isRecord(change) ? String(change["address"]) : "deferred_changes";
      const reason = isRecord(item) ? String(item["reason"]) : "no reason given";
      return new UnknownValue(address, `Terraform defers it to a later plan: ${reason}`);
    });
    if (this.isComplete || deferred.length > 0) return deferred;
    return [
      new UnknownValue("plan", "the plan is not complete: it was targeted, or parts of it are deferred"),
    ];
  }
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
      remedy: plan["values"] === undefined ? REMEDY : "this is a state: read it as one, or make a plan",
    });
  }
}

function readChanges(plan: JsonRecord, part: string, file: string): readonly ResourceChange[] {
  return list(plan[part], `${file}: ${part}`, REMEDY).map((item, index) =>
    readChange(item, `${file}: ${part}[${index}]`),
  );
}

function readChange(item: unknown, location: string): ResourceChange {
  const entry = record(item, location, REMEDY);
  const change = record(entry["change"], `${location}.change`, REMEDY);
  const type = string(entry["type"], `${location}.type`, REMEDY);
  const name = string(entry["name"], `${location}.name`, REMEDY);
  const module = typeof entry["module_address"] === "string" ? entry["module_address"] : undefined;
  const mode = modeOf(entry["mode"], location);
  const { before, after, after_unknown: afterUnknown } = change;
  const previous = entry["previous_address"];
  return {
    address: string(entry["address"], `${location}.address`, REMEDY),
    module,
    type,
    name,
    mode,
    base: `${module === undefined ? "" : `${module}.`}${mode === "data" ? "data." : ""}${type}.${name}`,
    key: keyOf(entry["index"]),
    actions: list(change["actions"], `${location}.change.actions`, REMEDY).map(String),
    before: optionalRecord(before, `${location}.change.before`),
    after: optionalRecord(after, `${location}.change.after`),
    afterUnknown: isRecord(afterUnknown) ? afterUnknown : {},
    isDeposed: entry["deposed"] !== undefined,
    previousAddress: typeof previous === "string" ? previous : undefined,
  };
}

function optionalRecord(value: unknown, location: string): JsonRecord | undefined {
  return value === undefined || value === null ? undefined : record(value, location, REMEDY);
}
