import type { Draft } from "../../review-finding";
import { fileReadInSetting, readsFile } from "./file-read-at-plan";
import { holdsSecret, secretInOutput } from "./secret-in-output";
import type { SettingChange } from "./setting-change";
import { settingNote } from "./setting-note";

/** An output, which everybody reads who reads the state or the log of an apply. */
export function outputChanged(change: SettingChange): readonly Draft[] {
  const [before, after] = [change.before?.value, change.after?.value];
  if (readsFile(after) && !readsFile(before)) return [fileReadInSetting(change)];
  if (holdsSecret(after) && !holdsSecret(before)) return [secretInOutput(change)];
  return change.isNewStack ? [] : [settingNote(change)];
}
