import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import { isOfficial } from "./provider-source";
import type { SettingChange } from "./setting-change";
import { settingDraft } from "./setting-draft";

export const FOREIGN_PROVIDER = defineRule({
  id: "foreign-provider",
  area: "review",
  title: "A provider of others runs with the credentials of plan and apply",
  severities: ["high", "medium"],
  why: "A provider is a program. Whoever publishes it runs code on the machine that plans and applies, with its credentials.",
  example: { before: 'source = "hashicorp/aws"', after: 'source = "somebody/aws"' },
  remedy: "Confirm that it is meant.",
  reference: {
    title: "Terraform: provider requirements",
    url: "https://developer.hashicorp.com/terraform/language/providers/requirements",
  },
  since: "0.1.0",
});

export function foreignProvider(change: SettingChange, source: string): Draft {
  const isFetching = /(?:^|\/)(?:external|http)$/.test(source);
  return settingDraft(change, {
    rule: FOREIGN_PROVIDER,
    severity: isFetching && isOfficial(source) ? "medium" : "high",
    predicate: `provider ${source}${change.stack === "" ? "" : ` of ${change.stack}`} runs with the credentials of plan and apply`,
  });
}
