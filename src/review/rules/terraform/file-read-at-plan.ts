import { defineRule } from "../../../findings/rule";
import type { LedgerEntry } from "../../ledger/ledger";
import { isNotKnown } from "../../ledger/values";
import { type Draft, listed } from "../../review-finding";
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

const READING =
  /\b(?:file|fileexists|fileset|filebase64|filebase64sha256|filebase64sha512|filemd5|filesha1|filesha256|filesha512|templatefile|pathexpand|abspath)\s*\(/;

/** Whether a text of a stack reads a file when it is evaluated. */
export function readsFile(value: unknown): boolean {
  if (isNotKnown(value)) return READING.test(value.reason);
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return /\$\{/.test(text) && READING.test(text);
}

export function fileReadAtPlan(change: ResourceChange, { ledger }: JudgingContext): readonly Draft[] {
  const entries = ledger.of(change.key).filter(isReading);
  if (entries.length === 0) return [];
  ledger.strike(entries);
  return [
    {
      ...aboutResource(change),
      rule: FILE_READ_AT_PLAN,
      severity: "high",
      category: "terraform",
      predicate: `${change.address} reads a file of the machine that plans (${listed(pathsOf(entries))})`,
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

function isReading({ before, after }: LedgerEntry): boolean {
  return readsFile(after) && !(readsFile(before) && JSON.stringify(before) === JSON.stringify(after));
}
