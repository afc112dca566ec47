import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { Setting } from "../../reviewed-environment";
import { settingDraft } from "./setting-draft";

export const RESOURCE_IMPORTED = defineRule({
  id: "resource-imported",
  area: "review",
  title: "Terraform takes over a resource that exists",
  severities: ["info"],
  why: "From the next apply on the resource is what the stack says, whatever it was.",
  example: { before: "no import", after: 'import { to = aws_iam_role.app, id = "app" }' },
  remedy: "Nothing, if it is meant.",
  reference: {
    title: "Terraform: import block",
    url: "https://developer.hashicorp.com/terraform/language/block/import",
  },
  since: "0.1.0",
});

export function resourceImported(old: Setting | undefined, current: Setting): Draft {
  return settingDraft(current, old, {
    rule: RESOURCE_IMPORTED,
    severity: "info",
    predicate: `${current.key.slice("import.".length)} takes over a resource that exists`,
    isNote: true,
  });
}
