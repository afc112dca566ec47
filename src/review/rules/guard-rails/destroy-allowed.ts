import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";

export const DESTROY_ALLOWED = defineRule({
  id: "destroy-allowed",
  area: "review",
  title: "A resource may be destroyed from now on",
  severities: ["medium"],
  why: "prevent_destroy stops an apply that would destroy the resource. Without it the next change that replaces it goes through.",
  example: { before: "lifecycle { prevent_destroy = true }", after: "the line is gone" },
  remedy: "Keep prevent_destroy.",
  reference: {
    title: "Terraform: lifecycle",
    url: "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle",
  },
  since: "0.1.0",
});

export function destroyAllowed(old: RawResource, current: RawResource): readonly Draft[] {
  if (!isProtected(old) || isProtected(current)) return [];
  const { address } = current;
  return [
    {
      rule: DESTROY_ALLOWED,
      severity: "medium",
      category: "guard-rails",
      address,
      subjects: [],
      predicate: `${address} may be destroyed from now on: prevent_destroy is gone`,
    },
  ];
}

function isProtected({ lifecycle }: RawResource): boolean {
  return [true, "true"].includes(lifecycle?.["prevent_destroy"] as boolean | string);
}
