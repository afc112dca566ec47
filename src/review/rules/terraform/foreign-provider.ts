import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { Attributes, Setting } from "../../reviewed-environment";
import { settingDraft } from "./setting-draft";

export const FOREIGN_PROVIDER = defineRule({
  id: "foreign-provider",
  area: "review",
  title: "A provider of others runs with the credentials of plan and apply",
  severities: ["high", "medium"],
  why: "A provider is a program. Whoever publishes it runs code on the machine that plans and applies, with its credentials.",
  example: { before: 'source = "hashicorp/aws"', after: 'source = "somebody/aws"' },
  remedy: "Confirm that it is meant.",
  reference: {
    title: "Terraform: provider requirements",
    url: "https://developer.hashicorp.com/terraform/language/providers/requirements",
  },
  since: "0.1.0",
});

/** Providers that are no program of somebody unknown. */
const KNOWN =
  /^(?:registry\.(?:terraform|opentofu)\.(?:io|org)\/)?(?:hashicorp\/(?:aws|random|time|tls|null|archive|local|cloudinit)|(?:aws|random|time|tls|null|archive|local)|terraform\.io\/builtin\/terraform)$/;

export function isKnownProvider({ value }: Setting): boolean {
  return KNOWN.test(String((value as Attributes)["source"] ?? ""));
}

/** Of a plan: which programs made it. */
export function plannedProvider(setting: Setting): readonly Draft[] {
  const name = String((setting.value as Attributes)["full_name"] ?? "");
  if (name === "" || KNOWN.test(name)) return [];
  return [
    settingDraft(setting, undefined, {
      rule: FOREIGN_PROVIDER,
      severity: /\/(?:external|http)$/.test(name) ? "medium" : "high",
      predicate: `provider ${name} runs with the credentials of plan and apply`,
    }),
  ];
}

export function foreignProvider(old: Setting | undefined, current: Setting, source: string): Draft {
  return settingDraft(current, old, {
    rule: FOREIGN_PROVIDER,
    severity: "high",
    predicate: `provider ${source} of ${current.stack} runs with the credentials of plan and apply`,
  });
}
