import { defineRule } from "../../../findings/rule";
import { blocks } from "../../read/json-blocks";
import type { Draft } from "../../review-finding";
import type { SettingChange } from "./setting-change";
import { settingDraft } from "./setting-draft";

export const ACTION_INVOKED = defineRule({
  id: "action-invoked",
  area: "review",
  title: "An action runs during the apply",
  severities: ["high"],
  why: "An action of Terraform invokes a function, runs a command or starts a job, with the credentials of the apply and beside every resource. What it does is not in the plan.",
  example: { before: "no action", after: 'action "local_command" "x" { config { command = "sh" } }' },
  remedy: "Remove the action, or run it where somebody sees what it does.",
  reference: {
    title: "Terraform: invoke actions",
    url: "https://developer.hashicorp.com/terraform/language/invoke-actions",
  },
  since: "0.2.0",
});

/** An action that a plan says it will invoke. */
export function actionInvoked(change: SettingChange): readonly Draft[] {
  const invocation = blocks(change.after?.value)[0] ?? {};
  const type = String(invocation["type"] ?? "an action");
  const trigger = blocks(invocation["lifecycle_action_trigger"])[0]?.["triggering_resource_address"];
  const when = typeof trigger === "string" ? ` after a change of ${trigger}` : "";
  return [
    settingDraft(change, {
      rule: ACTION_INVOKED,
      severity: "high",
      predicate: `${change.key} (${type}) runs during the apply${when}`,
    }),
  ];
}
