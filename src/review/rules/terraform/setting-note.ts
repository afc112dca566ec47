import type { Draft } from "../../review-finding";
import { ORDINARY_CHANGE } from "../by-nature/ordinary-change";
import type { SettingChange } from "./setting-change";
import { settingDraft, settingText } from "./setting-draft";

/** A setting that changes and means no more access and no less protection. */
export function settingNote(change: SettingChange, words?: string): Draft {
  const what = change.before === undefined ? "is new" : change.after === undefined ? "is gone" : "changes";
  return settingDraft(change, {
    rule: ORDINARY_CHANGE,
    severity: "info",
    predicate: words ?? `${settingText(change)} ${what}`,
    isNote: true,
  });
}
