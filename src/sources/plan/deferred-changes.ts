import { isRecord, type JsonRecord, list, record } from "../resource/json-shape";
import { PLAN_REMEDY, type ResourceChange, resourceChange } from "./resource-change";

/** A change that is not part of this apply: how many there will be, or with which values, Terraform does not know yet. */
export interface DeferredChange {
  readonly change: ResourceChange;
  /** `instance_count_unknown`, `resource_config_unknown`, ... */
  readonly reason: string;
}

/**
 * `deferred_changes` of a plan (Terraform 1.9 and later).
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 * @throws AccessSourceError where an entry is not as Terraform writes it
 */
export function deferredChanges(value: unknown, location: string): readonly DeferredChange[] {
  return list(value, location, PLAN_REMEDY).map((item, index) => {
    const where = `${location}[${index}]`;
    const entry = record(item, where, PLAN_REMEDY);
    const { reason } = entry;
    return {
      change: resourceChange(
        { ...NOTHING_KNOWN, ...record(entry["resource_change"], `${where}.resource_change`, PLAN_REMEDY) },
        `${where}.resource_change`,
      ),
      reason: typeof reason === "string" ? reason : "no reason given",
    };
  });
}

/** Of some deferred changes a provider tells no more than their address. */
const NOTHING_KNOWN = { type: "", name: "", mode: "managed", change: { actions: [] } };

/** What is known of a deferred change, in words: `create, role = "app", policy_arn = "arn:..."`. */
export function knownOf({ actions, after }: ResourceChange): string {
  const known = Object.entries(after ?? {}).flatMap(([name, value]) => knownValue(name, value));
  return [actions.join(" and ") || "nothing", ...known].join(", ");
}

function knownValue(name: string, value: unknown): readonly string[] {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value) && value.length === 0) return [];
  if (isRecord(value) && Object.keys(value).length === 0) return [];
  return [`${name} = ${JSON.stringify(shortened(value))}`];
}

/** Longer than any ARN; documents are told by their beginning. */
const LONGEST = 200;

function shortened(value: unknown): unknown {
  const text = typeof value === "string" ? value : JSON.stringify(value as JsonRecord);
  if (text.length > LONGEST) return `${text.slice(0, LONGEST)}...`;
  return value;
}
