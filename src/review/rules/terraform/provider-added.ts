import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { SettingChange } from "./setting-change";
import { settingDraft } from "./setting-draft";

export const PROVIDER_ADDED = defineRule({
  id: "provider-added",
  area: "review",
  title: "A stack uses a further provider of HashiCorp",
  severities: ["info"],
  why: "It is one more program that plan and apply download and run, of somebody known.",
  example: {
    before: "no provider",
    after: 'required_providers { random = { source = "hashicorp/random" } }',
  },
  remedy: "Nothing, if it is meant.",
  since: "0.1.0",
});

export function providerAdded(change: SettingChange, source: string): Draft {
  return settingDraft(change, {
    rule: PROVIDER_ADDED,
    severity: "info",
    predicate: `${change.stack === "" ? "the configuration" : change.stack} uses provider ${source}`,
    isNote: true,
  });
}
