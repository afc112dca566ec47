import { isRecord, type JsonRecord, list, record, string } from "../resource/json-shape";
import { addressOf, keyOf, modeOf } from "../resource/recorded-resource";

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

/** What to do about a plan that is not as Terraform writes it. */
export const PLAN_REMEDY = "make the plan again and give the output of terraform show -json PLANFILE";

/** @throws AccessSourceError where an entry is not as Terraform writes it */
export function resourceChanges(value: unknown, location: string): readonly ResourceChange[] {
  return list(value, location, PLAN_REMEDY).map((item, index) =>
    resourceChange(item, `${location}[${index}]`),
  );
}

/** @throws AccessSourceError where it is not as Terraform writes it */
export function resourceChange(item: unknown, location: string): ResourceChange {
  const entry = record(item, location, PLAN_REMEDY);
  const change = record(entry["change"], `${location}.change`, PLAN_REMEDY);
  const type = string(entry["type"], `${location}.type`, PLAN_REMEDY);
  const name = string(entry["name"], `${location}.name`, PLAN_REMEDY);
  const module = typeof entry["module_address"] === "string" ? entry["module_address"] : undefined;
  const mode = modeOf(entry["mode"], location);
  const { before, after, after_unknown: afterUnknown } = change;
  const previous = entry["previous_address"];
  const base = `${module === undefined ? "" : `${module}.`}${mode === "data" ? "data." : ""}${type}.${name}`;
  const key = keyOf(entry["index"]);
  return {
    // Terraform 1.0.0 writes none for what drifted, see https://github.com/hashicorp/terraform/pull/28975
    address: string(entry["address"] ?? addressOf(base, key), `${location}.address`, PLAN_REMEDY),
    module,
    type,
    name,
    mode,
    base,
    key,
    actions: list(change["actions"], `${location}.change.actions`, PLAN_REMEDY).map(String),
    before: optionalRecord(before, `${location}.change.before`),
    after: optionalRecord(after, `${location}.change.after`),
    afterUnknown: isRecord(afterUnknown) ? afterUnknown : {},
    isDeposed: entry["deposed"] !== undefined,
    previousAddress: typeof previous === "string" ? previous : undefined,
  };
}

function optionalRecord(value: unknown, location: string): JsonRecord | undefined {
  return value === undefined || value === null ? undefined : record(value, location, PLAN_REMEDY);
}
