import type { PlanFile, ResourceChange } from "../../sources/plan/plan-file";
import { isSameMeaning } from "./attribute-difference";
import type { StackConfiguration } from "./stack-configuration";

/**
 * The resource that sets an attribute of another one: `aws_sns_topic_policy` sets `policy` of its topic, and
 * `aws_s3_bucket_lifecycle_configuration` sets `lifecycle_rule` of its bucket. The provider shows the value in both,
 * and the outer one is as old as its last refresh.
 *
 * It is a part of the other resource by its type, refers to it, and holds the same value or is named as the attribute.
 */
export function settingResource(
  plan: PlanFile,
  configuration: StackConfiguration,
  owner: ResourceChange,
  attribute: string,
  value: unknown,
): ResourceChange | undefined {
  return plan.changes.find((part) => {
    if (part.mode !== "managed" || !part.type.startsWith(`${owner.type}_`)) return false;
    if (!configuration.refersTo(part, owner)) return false;
    const [word = ""] = part.type.slice(owner.type.length + 1).split("_");
    if (attribute === word || attribute.startsWith(`${word}_`)) return true;
    const held = { ...part.before, ...part.after };
    return Object.values(held).some((other) => isMeaningful(other) && isSameMeaning(other, value));
  });
}

/** `true` or a short word is the same by accident. */
function isMeaningful(value: unknown): boolean {
  return (typeof value === "string" && value.length > 20) || (typeof value === "object" && value !== null);
}
