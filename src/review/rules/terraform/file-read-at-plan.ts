import { defineRule } from "../../../findings/rule";
import { UNKNOWN_PART } from "../../../iam/graph";
import { isNotKnown } from "../../ledger/values";
import { fileReads } from "../../read/file-reads";
import { type Draft, listed } from "../../review-finding";
import { capped } from "../../statement-diff";
import { pathsOf } from "../by-nature/entry-diff";
import { aboutResource, type JudgingContext, type ResourceChange } from "../by-nature/resource-change";
import type { SettingChange } from "./setting-change";
import { settingDraft, settingText } from "./setting-draft";

export const FILE_READ_AT_PLAN = defineRule({
  id: "file-read-at-plan",
  area: "review",
  title: "An expression reads a file of the machine that plans",
  severities: ["high"],
  why: "file(), templatefile() and their kind read whatever the runner has: its environment, credentials, other repositories. What they read goes into the plan, the state and the resource. No stack of this project needs them.",
  example: { before: "tags = {}", after: 'tags = { x = file("/proc/self/environ") }' },
  remedy: "Write the value into the environment's file, where it is reviewed.",
  reference: {
    title: "Terraform: file function",
    url: "https://developer.hashicorp.com/terraform/language/functions/file",
  },
  since: "0.2.0",
});

/** Whether a text of a stack reads a file when it is evaluated. */
export function readsFile(value: unknown): boolean {
  return fileReads(value).length > 0;
}

export function fileReadAtPlan(change: ResourceChange, { ledger }: JudgingContext): readonly Draft[] {
  const known = new Set(change.before?.fileReads);
  const reads = (change.after?.fileReads ?? []).filter((text) => !known.has(text));
  if (reads.length === 0) return [];
  // what a file gives is not known: the finding stands for it
  const entries = ledger.of(change.key).filter(({ after }) => isUnknown(after));
  ledger.strike(entries);
  const where = entries.length === 0 ? "" : ` (${listed(pathsOf(entries))})`;
  return [
    {
      ...aboutResource(change),
      rule: FILE_READ_AT_PLAN,
      severity: "high",
      category: "terraform",
      predicate: `${change.address} reads a file of the machine that plans${where}`,
      evidence: capped(reads.map((text) => `+ ${text}`)),
    },
  ];
}

export function fileReadInSetting(change: SettingChange): Draft {
  return {
    ...settingDraft(change, {
      rule: FILE_READ_AT_PLAN,
      severity: "high",
      predicate: `${settingText(change)} reads a file of the machine that plans`,
    }),
  };
}

function isUnknown(value: unknown): boolean {
  return isNotKnown(value) || (typeof value === "string" && value.includes(UNKNOWN_PART));
}
