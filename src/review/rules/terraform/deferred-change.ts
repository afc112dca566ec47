import { defineRule } from "../../../findings/rule";
import { blocks } from "../../read/json-blocks";
import type { Draft } from "../../review-finding";
import type { SettingChange } from "./setting-change";
import { settingDraft } from "./setting-draft";

export const DEFERRED_CHANGE = defineRule({
  id: "deferred-change",
  area: "review",
  title: "A change is put off to a later plan",
  severities: ["high", "medium"],
  why: "Terraform does not know yet how many there will be or with which values: what a later apply then does, nobody has reviewed. Of identities and their policies it weighs high.",
  example: {
    before: 'for_each = toset(["app"])',
    after: "for_each = toset(aws_cloudformation_stack.x.outputs.roles)",
  },
  remedy: "Make the keys of for_each and count known at plan time, and review the later plan.",
  reference: {
    title: "Terraform: JSON output format, plan representation",
    url: "https://developer.hashicorp.com/terraform/internals/json-format#plan-representation",
  },
  since: "0.2.0",
});

export function deferredChange(change: SettingChange): readonly Draft[] {
  const { type, reason, after } = blocks(change.after?.value)[0] ?? {};
  const address = change.key.slice("deferred.".length);
  const isAccess = /^aws_(?:iam_|ssoadmin_|organizations_|kms_|.*policy)/.test(String(type));
  const known = JSON.stringify(after) ?? "";
  const rights = /policy\/(?:[\w+=,.@-]+\/)*([\w+=,.@-]+)/.exec(known)?.[1];
  return [
    {
      ...settingDraft(change, {
        rule: DEFERRED_CHANGE,
        severity: isAccess ? "high" : "medium",
        category: "unknown",
        predicate: `${address} is not known before a later plan (${String(reason)})${rights === undefined ? "" : `; known of it: policy ${rights}`}`,
      }),
      address,
    },
  ];
}
