import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { Attributes, Setting } from "../../reviewed-environment";
import { settingDraft } from "./setting-draft";

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

export function foreignModule(old: Setting | undefined, current: Setting): Draft {
  return settingDraft(current, old, {
    rule: FOREIGN_MODULE,
    severity: "high",
    predicate: `${current.key} of ${current.stack} is ${old === undefined ? "new" : "other"} code, which this review does not read`,
  });
}

export function plannedModule(setting: Setting): readonly Draft[] {
  const source = String((setting.value as Attributes)["source"] ?? "");
  if (/^\.{1,2}\//.test(source)) return [];
  return [
    settingDraft(setting, undefined, {
      rule: FOREIGN_MODULE,
      severity: "medium",
      predicate: `${setting.key} is code from ${source}`,
    }),
  ];
}
