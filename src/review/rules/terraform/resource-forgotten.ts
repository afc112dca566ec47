import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { PlannedAction } from "../../reviewed-environment";
import type { SettingChange } from "./setting-change";
import { settingDraft } from "./setting-draft";

export const RESOURCE_FORGOTTEN = defineRule({
  id: "resource-forgotten",
  area: "review",
  title: "A resource leaves Terraform and stays in the account",
  severities: ["medium"],
  why: "What it allows it goes on allowing, and nobody sees any more when it changes.",
  example: {
    before: "aws_iam_role.app",
    after: "removed { from = aws_iam_role.app, lifecycle { destroy = false } }",
  },
  remedy: "Keep it in Terraform, or destroy it.",
  reference: {
    title: "Terraform: removed block",
    url: "https://developer.hashicorp.com/terraform/language/block/removed",
  },
  since: "0.1.0",
});

export function resourceForgotten(change: SettingChange): readonly Draft[] {
  return [
    settingDraft(change, {
      rule: RESOURCE_FORGOTTEN,
      severity: "medium",
      predicate: `${change.key.slice("removed.".length)} leaves Terraform and stays in the account, where nobody looks after it`,
    }),
  ];
}

/** What a plan forgets. */
export function plannedForgetting(actions: readonly PlannedAction[]): readonly Draft[] {
  return actions.flatMap(({ address, type, actions: steps }): Draft[] => {
    if (!steps.includes("forget") || !type.startsWith("aws_iam_")) return [];
    return [
      {
        rule: RESOURCE_FORGOTTEN,
        severity: "medium",
        category: "terraform",
        address,
        subjects: [],
        predicate: `${address} leaves Terraform and stays in the account, where nobody looks after it`,
      },
    ];
  });
}
