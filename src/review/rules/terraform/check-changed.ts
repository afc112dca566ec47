import { blocks } from "../../read/json-blocks";
import type { Draft } from "../../review-finding";
import { codeInBlock, dataTypesIn } from "./code-in-plan";
import type { SettingChange } from "./setting-change";
import { settingNote } from "./setting-note";

/** A check block: its data source is read in every plan and apply; what it asserts only warns. */
export function checkChanged(change: SettingChange): readonly Draft[] {
  const { status } = blocks(change.after?.value)[0] ?? {};
  if (status !== undefined) return [settingNote(change, `${change.key} says ${String(status)}`)];
  return dataTypesIn(change.after?.value).length > 0 ? codeInBlock(change) : [settingNote(change)];
}
