import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { SettingChange } from "./setting-change";
import { settingDraft, settingText } from "./setting-draft";
import { settingNote } from "./setting-note";

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

/** What goes: a backend or a provider is a finding, a check or an action less a note. */
export function settingRemoved(change: SettingChange): readonly Draft[] {
  const { key } = change;
  if (key !== "backend" && !/^(?:provider|terraform)\./.test(key)) return [settingNote(change)];
  return [
    settingDraft(change, {
      rule: SETTING_CHANGED,
      severity: "medium",
      predicate: `${settingText(change)} is gone`,
    }),
  ];
}
