import { defineRule } from "../../../findings/rule";
import { blocks } from "../../read/json-blocks";
import type { Draft } from "../../review-finding";
import type { SettingChange } from "./setting-change";
import type { SettingContext } from "./setting-context";
import { settingDraft, settingText } from "./setting-draft";

export const FOREIGN_MODULE = defineRule({
  id: "foreign-module",
  area: "review",
  title: "A stack uses code of a module that this review does not read",
  severities: ["high", "medium"],
  why: "A module can make any resource. Of two outdirs its code is not seen at all; in a plan its resources are judged, and what it will be next time is not.",
  example: { before: "no module", after: 'module "iam" { source = "git::https://example.com/x" }' },
  remedy: "Confirm that it is meant.",
  reference: {
    title: "Terraform: module sources",
    url: "https://developer.hashicorp.com/terraform/language/modules/sources",
  },
  since: "0.1.0",
});

/** Code that a module brings. A plan shows what it makes: there only the origin counts, where it comes new. */
export function moduleChanged(change: SettingChange, { isPlan }: SettingContext): readonly Draft[] {
  const source = String(blocks(change.after?.value)[0]?.["source"] ?? "");
  if (isPlan) {
    if (change.before !== undefined || /^\.{1,2}\//.test(source)) return [];
    return [
      settingDraft(change, {
        rule: FOREIGN_MODULE,
        severity: "medium",
        predicate: `${change.key} is code from ${source}`,
      }),
    ];
  }
  return [
    settingDraft(change, {
      rule: FOREIGN_MODULE,
      severity: "high",
      predicate: `${settingText(change)} is ${change.before === undefined ? "new" : "other"} code, which this review does not read`,
    }),
  ];
}
