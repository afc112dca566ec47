import { defineRule } from "../../../findings/rule";
import type { Severity } from "../../../findings/severity";
import type { Draft } from "../../review-finding";
import type { Attributes, RawResource, Setting } from "../../reviewed-environment";
import { capped } from "../../statement-diff";
import { settingDraft } from "./setting-draft";

export const PROVIDER_CHANGED = defineRule({
  id: "provider-changed",
  area: "review",
  title: "A provider goes to another account or server, or as somebody else",
  severities: ["critical", "high", "medium", "low", "info"],
  why: "The provider decides which account an apply changes, as which role, and which server it sends its credentials to. A key that is written into the stack weighs critical; accounts, endpoints and roles high.",
  example: {
    before: 'allowed_account_ids = ["111122223333"]',
    after: 'endpoints = [{ sts = "https://example.com" }]',
  },
  remedy: "Confirm that it is meant.",
  reference: {
    title: "Terraform: AWS provider",
    url: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs",
  },
  since: "0.1.0",
});

const ATTRIBUTES: ReadonlyMap<string, readonly [severity: Severity, words: string]> = new Map([
  ["allowed_account_ids", ["high", "which accounts it may touch"]],
  ["forbidden_account_ids", ["high", "which accounts it may not touch"]],
  ["endpoints", ["high", "which servers it talks to"]],
  ["assume_role", ["high", "which role it acts as"]],
  ["assume_role_with_web_identity", ["high", "which role it acts as"]],
  ["access_key", ["critical", "a key that is written into the stack"]],
  ["secret_key", ["critical", "a key that is written into the stack"]],
  ["token", ["critical", "a token that is written into the stack"]],
  ["profile", ["medium", "whose credentials it uses"]],
  ["shared_credentials_files", ["medium", "whose credentials it uses"]],
  ["region", ["medium", "which region it works in"]],
  ["insecure", ["high", "whether it checks certificates"]],
  ["skip_credentials_validation", ["low", "what it checks"]],
  ["skip_requesting_account_id", ["medium", "whether it knows its account"]],
  ["ignore_tags", ["low", "which tags it sees"]],
] as const);

export function providerChanged(old: Setting | undefined, current: Setting): readonly Draft[] {
  if (old === undefined) {
    return [
      settingDraft(current, undefined, {
        rule: PROVIDER_CHANGED,
        severity: "medium",
        predicate: `${current.key} of ${current.stack} is new: another account or region`,
      }),
    ];
  }
  const [before, after] = [old.value as Attributes, current.value as Attributes];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  return names.map((name): Draft => {
    const [severity, words] = ATTRIBUTES.get(name) ?? (["info", "how it works"] as const);
    const isNote = severity === "info" || isNarrower(name, before[name], after[name]);
    return settingDraft(current, old, {
      rule: PROVIDER_CHANGED,
      severity: isNote ? "info" : severity,
      predicate: `${current.key} of ${current.stack} changes ${words} (${name})`,
      evidence: capped([
        `- ${name}: ${JSON.stringify(before[name]) ?? "(nothing)"}`,
        `+ ${name}: ${JSON.stringify(after[name]) ?? "(nothing)"}`,
      ]),
      isNote,
    });
  });
}

function isNarrower(name: string, before: unknown, after: unknown): boolean {
  return (
    name === "allowed_account_ids" &&
    Array.isArray(before) &&
    Array.isArray(after) &&
    after.every((id: unknown) => before.includes(id))
  );
}

/** A resource that another provider makes from now on. */
export function resourceProviderChanged(old: RawResource, current: RawResource): readonly Draft[] {
  if (JSON.stringify(old.attributes["provider"]) === JSON.stringify(current.attributes["provider"]))
    return [];
  const { address } = current;
  return [
    {
      rule: PROVIDER_CHANGED,
      severity: "medium",
      category: "terraform",
      address,
      subjects: [],
      predicate: `${address} is made by another provider: in another account or region`,
      remedy: "Make sure which account it goes to.",
    },
  ];
}
