import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { SettingChange } from "./setting-change";
import { settingDraft } from "./setting-draft";
import { compareVersions, versionRange } from "./version-constraint";

export const PROVIDER_VERSION_LOOSENED = defineRule({
  id: "provider-version-loosened",
  area: "review",
  title: "A provider may be an older version, or any that is published",
  severities: ["medium"],
  why: "A provider runs with the credentials of plan and apply. An older version brings back faults that were mended, and without an upper bound whatever is published tomorrow runs.",
  example: { before: 'version = "6.25.0"', after: 'version = ">= 0"' },
  remedy: "Pin the version, and change it upwards.",
  reference: {
    title: "Terraform: version constraints",
    url: "https://developer.hashicorp.com/terraform/language/expressions/version-constraints",
  },
  since: "0.2.0",
});

/** Nothing for a newer version, or a bound that is as tight as it was. */
export function providerVersionLoosened(
  change: SettingChange,
  before: unknown,
  after: unknown,
  source: string,
): Draft | undefined {
  const [old, current] = [versionRange(before), versionRange(after)];
  const isOlder =
    old.lowest !== undefined &&
    (current.lowest === undefined || compareVersions(current.lowest, old.lowest) < 0);
  const isLooser = (old.isPinned && !current.isPinned) || (!old.isOpen && current.isOpen);
  if (before === after || (!isOlder && !isLooser)) return undefined;
  return settingDraft(change, {
    rule: PROVIDER_VERSION_LOOSENED,
    severity: "medium",
    predicate: `provider ${source}${change.stack === "" ? "" : ` of ${change.stack}`} ${isOlder ? "may be an older version than before" : "is no longer held to one version"}: ${String(after ?? "any")} instead of ${String(before)}`,
  });
}
