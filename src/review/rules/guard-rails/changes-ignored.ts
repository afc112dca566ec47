import { defineRule } from "../../../findings/rule";
import { type Draft, listed } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";
import { isGraphType } from "../resources/graph-types";

export const CHANGES_IGNORED = defineRule({
  id: "changes-ignored",
  area: "review",
  title: "Terraform ignores changes of something from now on",
  severities: ["high", "medium"],
  why: "What somebody changes by hand in an ignored attribute shows in no plan and is never repaired. For IAM resources it weighs high.",
  example: { before: "lifecycle {}", after: "lifecycle { ignore_changes = [assume_role_policy] }" },
  remedy: "Leave ignore_changes away from whatever means access.",
  reference: {
    title: "Terraform: lifecycle",
    url: "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle",
  },
  since: "0.1.0",
});

const TAGS = /^tags(?:_all)?(?:\[|\.|$)/;

/** @param old nothing where the resource is new: then only `all` is told, as no attribute was watched before */
export function changesIgnored(old: RawResource | undefined, current: RawResource): readonly Draft[] {
  const known = new Set(old === undefined ? [] : ignoredBy(old));
  const ignored = ignoredBy(current);
  if (old === undefined && !(ignored.includes("all") && isGraphType(current.type))) return [];
  const added = ignored.filter((name) => !known.has(name) && !TAGS.test(name));
  if (added.length === 0) return [];
  const { address, type } = current;
  return [
    {
      rule: CHANGES_IGNORED,
      severity: isGraphType(type) ? "high" : "medium",
      category: "guard-rails",
      address,
      subjects: [],
      predicate: `changes of ${listed(added)} of ${address} are ignored from now on: Terraform neither shows nor repairs them`,
    },
  ];
}

function ignoredBy({ lifecycle }: RawResource): readonly string[] {
  const value = lifecycle?.["ignore_changes"];
  return value === undefined ? [] : [value].flat().map(String);
}
