import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { SettingChange } from "./setting-change";
import { settingDraft, settingText } from "./setting-draft";

export const PROVIDER_VERSION_CHANGED = defineRule({
  id: "provider-version-changed",
  area: "review",
  title: "A stack takes another version of a provider",
  severities: ["info"],
  why: "Another version is another program of the same publisher; the lock file says which one runs.",
  example: { before: 'version = "6.25.0"', after: 'version = "6.26.0"' },
  remedy: "Nothing, if it is meant.",
  reference: {
    title: "Terraform: version constraints",
    url: "https://developer.hashicorp.com/terraform/language/expressions/version-constraints",
  },
  since: "0.1.0",
});

export function providerVersionChanged(change: SettingChange): Draft {
  return settingDraft(change, {
    rule: PROVIDER_VERSION_CHANGED,
    severity: "info",
    predicate: `${settingText(change)} changes its version`,
    isNote: true,
  });
}
