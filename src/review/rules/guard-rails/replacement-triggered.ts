import { defineRule } from "../../../findings/rule";
import { type Draft, listed } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";
import type { JudgingContext } from "../by-nature/resource-change";

export const REPLACEMENT_TRIGGERED = defineRule({
  id: "replacement-triggered",
  area: "review",
  title: "A resource is destroyed and made anew whenever another one changes",
  severities: ["high", "medium"],
  why: "replace_triggered_by makes a change of something else, a tag even, destroy the resource: of a user with its access keys and MFA devices, of a role with the id that trusts name. For identities it weighs high.",
  example: {
    before: "lifecycle {}",
    after: "lifecycle { replace_triggered_by = [aws_iam_group.developers] }",
  },
  remedy: "Leave replace_triggered_by away from whatever people or trusts depend on.",
  reference: {
    title: "Terraform: lifecycle",
    url: "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle",
  },
  since: "0.2.0",
});

export function replacementTriggered(
  old: RawResource | undefined,
  current: RawResource,
  { isNew }: JudgingContext,
): readonly Draft[] {
  const known = new Set(triggersOf(old));
  const added = triggersOf(current).filter((name) => !known.has(name));
  if (added.length === 0 || isNew) return [];
  const { address, type } = current;
  return [
    {
      rule: REPLACEMENT_TRIGGERED,
      severity: /^aws_iam_(?:user|role|group)$/.test(type) ? "high" : "medium",
      category: "guard-rails",
      address,
      subjects: [],
      predicate: `${address} is destroyed and made anew whenever ${listed(added)} changes`,
    },
  ];
}

function triggersOf(resource: RawResource | undefined): readonly string[] {
  const value = resource?.lifecycle?.["replace_triggered_by"];
  return value === undefined ? [] : [value].flat().map(String);
}
