import { isRecord, type JsonRecord } from "../resource/json-shape";
import { UnknownValue } from "../resource/unknown-parts";
import { type DeferredChange, knownOf } from "./deferred-changes";
import type { PlanFile } from "./plan-file";

/** What a plan leaves open: parts that are deferred or left out, and code that the apply runs. */
export function planUnknowns(plan: PlanFile): readonly UnknownValue[] {
  const open = [...plan.deferred.map(deferredUnknown), ...plan.invocations.map(invocationUnknown)];
  if (plan.isComplete || plan.deferred.length > 0) return open;
  const reason = "the plan is not complete: it was targeted, or parts of it are deferred";
  return [...open, new UnknownValue("plan", reason)];
}

export function deferredUnknown({ change, reason }: DeferredChange): UnknownValue {
  const text = `Terraform defers it to a later plan (${reason}); known of it: ${knownOf(change)}`;
  return new UnknownValue(change.address, text);
}

/** @see https://developer.hashicorp.com/terraform/language/invoke-actions */
function invocationUnknown(invocation: JsonRecord): UnknownValue {
  const { address, type, lifecycle_action_trigger: trigger } = invocation;
  const by = isRecord(trigger) ? trigger["triggering_resource_address"] : undefined;
  const when = typeof by === "string" ? `by a change of ${by}` : "by whoever applies";
  const what = typeof type === "string" ? type : "an action";
  return new UnknownValue(
    typeof address === "string" ? address : "action_invocations",
    `the apply runs ${what}, started ${when}: what it does is not in the plan`,
  );
}
