import { defineRule } from "../../../findings/rule";
import { type Draft, listed } from "../../review-finding";
import type { Attributes, Setting } from "../../reviewed-environment";
import type { SettingChange } from "./setting-change";
import type { SettingContext } from "./setting-context";
import { settingDraft } from "./setting-draft";

export const BACKEND_CHANGED = defineRule({
  id: "backend-changed",
  area: "review",
  title: "A state moves, or is kept otherwise",
  severities: ["high", "medium", "info"],
  why: "Whoever writes a state decides what the next apply does, and whoever reads it reads every secret in it. Where it is, that it is encrypted, locked and checked weighs high.",
  example: { before: 'backend "s3" { encrypt = true }', after: 'backend "s3" { encrypt = false }' },
  remedy: "Confirm that it is meant.",
  reference: {
    title: "Terraform: S3 backend",
    url: "https://developer.hashicorp.com/terraform/language/backend/s3",
  },
  since: "0.1.0",
});

/** What a state had and must keep: where it is, that it is encrypted, locked and checked. */
const KEPT: ReadonlySet<string> = new Set([
  ...["bucket", "encrypt", "use_lockfile", "dynamodb_table", "allowed_account_ids", "kms_key_id"],
  ...["hostname", "organization", "address", "storage_account_name"],
]);
const NEVER_SET =
  /^(?:acl|endpoints?|.*_endpoint|insecure|custom_ca_bundle|https?_proxy|no_proxy|access_key|secret_key|token|shared_(?:config|credentials)_files?|skip_(?:credentials_validation|s3_checksum|requesting_account_id)|force_path_style|token_endpoint|conditions)$/;

type Compares = (before: unknown, after: unknown) => boolean;

const isSwitchedOn: Compares = (_before, after) => after === true || after === "true";
const isAdded: Compares = (before) => before === undefined;

const STRICTER: Readonly<Record<string, Compares>> = {
  encrypt: isSwitchedOn,
  use_lockfile: isSwitchedOn,
  kms_key_id: isAdded,
  dynamodb_table: isAdded,
  allowed_account_ids: isAdded,
};

export function backendChanged(change: SettingChange, { isNew }: SettingContext): readonly Draft[] {
  if (change.isNewStack || isNew) return [];
  if (change.key === "terraform.cloud") return [cloudChanged(change)];
  const [before, after] = [bodyOf(change.before), bodyOf(change.after)];
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const names = changed.length === 0 ? ["type"] : changed;
  const isStricter = names.every((name) => STRICTER[name]?.(before[name], after[name]) === true);
  const isUnsafe = names.some(
    (name) => NEVER_SET.test(name) || (KEPT.has(name) && before[name] !== undefined),
  );
  const list = listed(names);
  return [
    settingDraft(change, {
      rule: BACKEND_CHANGED,
      severity: isStricter ? "info" : isUnsafe ? "high" : "medium",
      predicate: isStricter
        ? `the state of ${change.stack} is kept more strictly (${list})`
        : `the state of ${change.stack} moves or is kept otherwise (${list}): whoever reads or writes it holds the account`,
      isNote: isStricter,
    }),
  ];
}

function cloudChanged(change: SettingChange): Draft {
  return settingDraft(change, {
    rule: BACKEND_CHANGED,
    severity: "high",
    predicate: `the state of ${change.stack} goes to an organization of HCP Terraform: whoever reads or writes it holds the account`,
  });
}

function bodyOf(setting: Setting | undefined): Attributes {
  return (setting?.value as { body?: Attributes } | undefined)?.body ?? {};
}
