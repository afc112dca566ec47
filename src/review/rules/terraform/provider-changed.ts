import { defineRule } from "../../../findings/rule";
import type { Severity } from "../../../findings/severity";
import { blocks } from "../../read/json-blocks";
import type { Draft } from "../../review-finding";
import type { Attributes, RawResource } from "../../reviewed-environment";
import { capped } from "../../statement-diff";
import type { SettingChange } from "./setting-change";
import type { SettingContext } from "./setting-context";
import { settingDraft, settingText } from "./setting-draft";

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

const ATTRIBUTES: readonly (readonly [names: RegExp, severity: Severity, words: string])[] = [
  [/^allowed_account_ids$/, "high", "which accounts it may touch"],
  [/^forbidden_account_ids$/, "high", "which accounts it may not touch"],
  [
    /^(?:endpoints|.*_endpoint|sts_region|host|hostname|address|base_url|url)$/,
    "high",
    "which servers it talks to",
  ],
  [
    /^(?:https?_proxy|no_proxy|custom_ca_bundle|ca_.*|cluster_ca_certificate)$/,
    "high",
    "whom it talks through, or whom it believes",
  ],
  [/^assume_role(?:_with_web_identity)?$/, "high", "which role it acts as"],
  [/^(?:access_key|secret_key)$/, "critical", "a key that is written into the stack"],
  [/^(?:token|password|client_key|api_key|api_token)$/, "critical", "a token that is written into the stack"],
  [
    /^(?:profile|shared_credentials_files?|shared_config_files|exec|config_path|username)$/,
    "high",
    "whose credentials it uses",
  ],
  [/^region$/, "medium", "which region it works in"],
  [/^insecure$/, "high", "whether it checks certificates"],
  [/^skip_requesting_account_id$/, "medium", "whether it knows its account"],
  [/^skip_(?:credentials_validation|metadata_api_check|region_validation)$/, "low", "what it checks"],
  [/^(?:ignore_tags|s3_us_east_1_regional_endpoint)$/, "low", "what it sees"],
];

/** Settings of the provider of AWS that say nothing of where it goes and as whom. */
const ORDINARY =
  /^(?:default_tags|alias|max_retries|retry_mode|token_bucket_rate_limiter_capacity|s3_use_path_style|use_fips_endpoint|use_dualstack_endpoint|user_agent|tag_policy_compliance|\/\/)$/;

/** In a plan, which has no configuration of before: what no provider of an account needs. */
const NEVER_NEEDED =
  /^(?:endpoints|.*_endpoint|https?_proxy|custom_ca_bundle|insecure|access_key|secret_key|token)$/;

export function providerChanged(change: SettingChange, { isPlan, isNew }: SettingContext): readonly Draft[] {
  const [before, after] = [change.before, change.after].map((setting) => blocks(setting?.value)[0] ?? {}) as [
    Attributes,
    Attributes,
  ];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (change.before === undefined && (isPlan || isNew || change.isNewStack)) {
    return names
      .filter((name) => NEVER_NEEDED.test(name) && !isOwnServer(after[name]))
      .map((name) => attributeDraft(change, name, before[name], after[name]));
  }
  if (change.before === undefined) {
    return [
      settingDraft(change, {
        rule: PROVIDER_CHANGED,
        severity: "medium",
        predicate: `${settingText(change)} is new: another account or region`,
      }),
    ];
  }
  return names.map((name) => attributeDraft(change, name, before[name], after[name]));
}

function attributeDraft(change: SettingChange, name: string, before: unknown, after: unknown): Draft {
  const [, severity, words] =
    ATTRIBUTES.find(([known]) => known.test(name)) ??
    ([
      name,
      ORDINARY.test(name) ? "info" : "low",
      ORDINARY.test(name) ? "how it works" : "what no rule knows",
    ] as const);
  const isNote = severity === "info" || isNarrower(name, before, after);
  return settingDraft(change, {
    rule: PROVIDER_CHANGED,
    severity: isNote ? "info" : severity,
    predicate: `${settingText(change)} changes ${words} (${name})`,
    evidence: capped([
      `- ${name}: ${JSON.stringify(before) ?? "(nothing)"}`,
      `+ ${name}: ${JSON.stringify(after) ?? "(nothing)"}`,
    ]),
    isNote,
  });
}

/** AWS's own, or an emulator on the same machine. */
function isOwnServer(value: unknown): boolean {
  const hosts = [...(JSON.stringify(value) ?? "").matchAll(/https?:\/\/([^/":]+)/g)].map(
    ([, host = ""]) => host,
  );
  return (
    hosts.length > 0 &&
    hosts.every((host) => /^(?:localhost|127\.0\.0\.1|\[::1\])$|\.amazonaws\.com(?:\.cn)?$/.test(host))
  );
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
  if (old.provider === current.provider) return [];
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
