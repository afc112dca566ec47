import type { Severity } from "../../findings/severity";
import { type Draft, listed } from "../review-finding";
import type { Attributes, ReviewedEnvironment, Setting } from "../reviewed-environment";
import { capped } from "../statement-diff";

/** Providers, backends, modules and blocks of a stack: which account it goes to, and whose code runs. */
export function settingDrafts(
  { before, after, actions }: ReviewedEnvironment,
  isNew: boolean,
): readonly Draft[] {
  if (after === undefined) return [];
  const was = before?.settings ?? new Map<string, Setting>();
  const drafts: Draft[] = [];
  const stacksBefore = new Set(before?.stacks ?? []);
  for (const [key, setting] of after.settings) {
    // a plan has the settings of its head only; foreign code is told all the same
    if (actions !== undefined) drafts.push(...inPlan(setting));
    else if (!isNew && stacksBefore.has(setting.stack)) drafts.push(...settingChange(was.get(key), setting));
    else drafts.push(...inNewStack(setting));
  }
  for (const [key, setting] of was) {
    const isGone = !after.settings.has(key) && after.stacks.includes(setting.stack);
    if (isGone && (setting.key === "backend" || setting.key.startsWith("provider."))) {
      drafts.push(draft(setting, "setting-changed", "medium", `${setting.key} of ${setting.stack} is gone`));
    }
  }
  return drafts;
}

/** Providers that are no program of somebody unknown. */
const KNOWN_PROVIDERS =
  /^(?:registry\.(?:terraform|opentofu)\.(?:io|org)\/)?(?:hashicorp\/(?:aws|random|time|tls|null|archive|local|cloudinit)|(?:aws|random|time|tls|null|archive|local)|terraform\.io\/builtin\/terraform)$/;

/** Of a stack that comes new: whose code runs. */
function inNewStack(setting: Setting): readonly Draft[] {
  const { key, value } = setting;
  if (key.startsWith("required_providers.")) {
    const isKnown = KNOWN_PROVIDERS.test(String((value as Attributes)["source"] ?? ""));
    return isKnown ? [] : requiredProvider(undefined, setting);
  }
  return /^(?:module|ephemeral|action|list)\./.test(key) ? settingChange(undefined, setting) : [];
}

function inPlan({ key, value, stack }: Setting): readonly Draft[] {
  if (key.startsWith("required_providers.")) {
    const name = String((value as Attributes)["full_name"] ?? "");
    if (name === "" || KNOWN_PROVIDERS.test(name)) return [];
    const fetching = /\/(?:external|http)$/.test(name);
    return [
      draft(
        { key, value, stack },
        "foreign-provider",
        fetching ? "medium" : "high",
        `provider ${name} runs with the credentials of plan and apply`,
      ),
    ];
  }
  const source = String((value as Attributes)["source"] ?? "");
  if (/^\.{1,2}\//.test(source)) return [];
  return [draft({ key, value, stack }, "foreign-module", "medium", `${key} is code from ${source}`)];
}

function settingChange(was: Setting | undefined, is: Setting): readonly Draft[] {
  const [before, after] = [JSON.stringify(was?.value), JSON.stringify(is.value)];
  if (before === after) return [];
  const { key } = is;
  if (key.startsWith("required_providers.")) return requiredProvider(was, is);
  if (key.startsWith("provider.")) return provider(was, is);
  if (key === "backend") return backend(was, is);
  if (key.startsWith("module.")) {
    return [
      draft(
        is,
        "foreign-module",
        "high",
        `${key} of ${is.stack} is ${was === undefined ? "new" : "other"} code, which this review does not read`,
        was,
      ),
    ];
  }
  if (/^(?:ephemeral|action|list)\./.test(key)) {
    return [
      draft(
        is,
        "code-in-plan",
        "medium",
        `${key} of ${is.stack} runs or reads something that this review does not judge`,
        was,
      ),
    ];
  }
  if (key.startsWith("removed.")) {
    return [
      draft(
        is,
        "resource-forgotten",
        "medium",
        `${key.slice(8)} leaves Terraform and stays in the account, where nobody looks after it`,
        was,
      ),
    ];
  }
  if (key.startsWith("import.")) {
    const imported = draft(
      is,
      "resource-imported",
      "info",
      `${key.slice(7)} takes over a resource that exists`,
      was,
    );
    return [{ ...imported, isNote: true }];
  }
  if (key.startsWith("output.") && SECRET.test(after ?? "") && !SECRET.test(before ?? "")) {
    return [
      draft(
        is,
        "secret-in-output",
        "high",
        `${key} of ${is.stack} hands out the secret of a credential`,
        was,
      ),
    ];
  }
  return [];
}

/** References to secrets that credentials of Terraform hold. */
const SECRET =
  /aws_iam_(?:access_key|user_login_profile|service_specific_credential|virtual_mfa_device)\.[^}]*\.(?:secret|ses_smtp_password_v4|password|service_password|base_32_string_seed|qr_code_png)\b/;

function requiredProvider(was: Setting | undefined, is: Setting): readonly Draft[] {
  // aws, hashicorp/aws and registry.terraform.io/hashicorp/aws are one
  const source = (setting: Setting | undefined) =>
    String((setting?.value as Attributes | undefined)?.["source"] ?? "").replace(
      /^(?:registry\.(?:terraform|opentofu)\.(?:io|org)\/)?hashicorp\//,
      "",
    );
  const now = source(is);
  if (was !== undefined && source(was) === now) {
    return [
      {
        ...draft(is, "provider-version-changed", "info", `${is.key} of ${is.stack} changes its version`, was),
        isNote: true,
      },
    ];
  }
  if (was === undefined && /^(?:hashicorp\/)?(?:time|tls|random|null|archive|local)$/.test(now)) {
    return [{ ...draft(is, "provider-added", "info", `${is.stack} uses provider ${now}`), isNote: true }];
  }
  return [
    draft(
      is,
      "foreign-provider",
      "high",
      `provider ${now} of ${is.stack} runs with the credentials of plan and apply`,
      was,
    ),
  ];
}

const BAD_PROVIDER: readonly (readonly [name: string, severity: Severity, words: string])[] = [
  ["allowed_account_ids", "high", "which accounts it may touch"],
  ["forbidden_account_ids", "high", "which accounts it may not touch"],
  ["endpoints", "high", "which servers it talks to"],
  ["assume_role", "high", "which role it acts as"],
  ["assume_role_with_web_identity", "high", "which role it acts as"],
  ["access_key", "critical", "a key that is written into the stack"],
  ["secret_key", "critical", "a key that is written into the stack"],
  ["token", "critical", "a token that is written into the stack"],
  ["profile", "medium", "whose credentials it uses"],
  ["shared_credentials_files", "medium", "whose credentials it uses"],
  ["region", "medium", "which region it works in"],
  ["insecure", "high", "whether it checks certificates"],
  ["skip_credentials_validation", "low", "what it checks"],
  ["skip_requesting_account_id", "medium", "whether it knows its account"],
  ["ignore_tags", "low", "which tags it sees"],
];

function provider(was: Setting | undefined, is: Setting): readonly Draft[] {
  if (was === undefined)
    return [
      draft(is, "provider-changed", "medium", `${is.key} of ${is.stack} is new: another account or region`),
    ];
  const [before, after] = [was.value as Attributes, is.value as Attributes];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  return names.map((name): Draft => {
    const [, severity, words] = BAD_PROVIDER.find(([known]) => known === name) ?? [
      name,
      "info",
      "how it works",
    ];
    const isNarrower =
      name === "allowed_account_ids" &&
      Array.isArray(before[name]) &&
      Array.isArray(after[name]) &&
      after[name].every((id: unknown) => (before[name] as unknown[]).includes(id));
    const isNote = severity === "info" || isNarrower;
    return {
      ...draft(
        is,
        "provider-changed",
        isNote ? "info" : severity,
        `${is.key} of ${is.stack} changes ${words} (${name})`,
      ),
      evidence: capped([
        `- ${name}: ${JSON.stringify(before[name]) ?? "(nothing)"}`,
        `+ ${name}: ${JSON.stringify(after[name]) ?? "(nothing)"}`,
      ]),
      isNote,
    };
  });
}

/** What a state had and must keep: where it is, that it is encrypted, locked and checked. */
const UNSAFE: ReadonlySet<string> = new Set([
  ...["bucket", "encrypt", "use_lockfile", "dynamodb_table", "allowed_account_ids", "kms_key_id"],
  ...["hostname", "organization", "address", "storage_account_name"],
]);

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

function backend(was: Setting | undefined, is: Setting): readonly Draft[] {
  const bodyOf = (setting: Setting | undefined) =>
    (setting?.value as { body?: Attributes } | undefined)?.body ?? {};
  const [before, after] = [bodyOf(was), bodyOf(is)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const all = names.length === 0 ? ["type"] : names;
  const isStricter = all.every((name) => STRICTER[name]?.(before[name], after[name]) === true);
  const unsafe = all.filter(
    (name) =>
      ["acl", "endpoints", "endpoint"].includes(name) || (UNSAFE.has(name) && before[name] !== undefined),
  );
  return [
    {
      ...draft(
        is,
        "backend-changed",
        isStricter ? "info" : unsafe.length > 0 ? "high" : "medium",
        isStricter
          ? `the state of ${is.stack} is kept more strictly (${listed(all)})`
          : `the state of ${is.stack} moves or is kept otherwise (${listed(all)}): whoever reads or writes it holds the account`,
        was,
      ),
      isNote: isStricter,
    },
  ];
}

function draft(is: Setting, rule: string, severity: Severity, predicate: string, was?: Setting): Draft {
  return {
    rule,
    severity,
    category: "terraform",
    address: is.stack === "" ? is.key : `${is.stack}/${is.key}`,
    subjects: [],
    predicate,
    remedy: "Confirm that it is meant.",
    evidence: capped([
      ...(was === undefined ? [] : [`- ${JSON.stringify(was.value)}`]),
      `+ ${JSON.stringify(is.value)}`,
    ]),
  };
}
