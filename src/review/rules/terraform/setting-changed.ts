import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { Setting } from "../../reviewed-environment";
import { settingDraft } from "./setting-draft";

export const SETTING_CHANGED = defineRule({
  id: "setting-changed",
  area: "review",
  title: "A stack loses its backend or a provider",
  severities: ["medium"],
  why: "Without its backend a stack starts with an empty state, and without a provider its resources go where another one leads.",
  example: { before: 'backend "s3" { ... }', after: "no backend" },
  remedy: "Confirm that it is meant.",
  since: "0.1.0",
});

export function settingRemoved(setting: Setting): readonly Draft[] {
  if (setting.key !== "backend" && !setting.key.startsWith("provider.")) return [];
  return [
    settingDraft(setting, undefined, {
      rule: SETTING_CHANGED,
      severity: "medium",
      predicate: `${setting.key} of ${setting.stack} is gone`,
    }),
  ];
}
