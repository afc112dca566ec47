import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";

export const EXCLUSIVE_LIST_REMOVED = defineRule({
  id: "exclusive-list-removed",
  area: "review",
  title: "An exclusive list of policies is removed",
  severities: ["medium"],
  why: "The list makes Terraform take away what somebody attaches by hand. Without it such a grant stays, and shows in no plan.",
  example: { before: "aws_iam_user_policies_exclusive: { policy_names: [] }", after: "the list is gone" },
  remedy: "Keep the exclusive list: it makes every grant outside of Terraform show in the plan.",
  since: "0.1.0",
});

export function exclusiveListRemoved({ type, address }: RawResource): readonly Draft[] {
  if (!type.endsWith("_exclusive")) return [];
  return [
    {
      rule: EXCLUSIVE_LIST_REMOVED,
      severity: "medium",
      category: "guard-rails",
      address,
      subjects: [],
      predicate: `${address} is removed: what is attached by hand is no longer taken away`,
    },
  ];
}
