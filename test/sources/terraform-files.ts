import { readFileSync } from "node:fs";
import { join } from "node:path";

type Json = Readonly<Record<string, unknown>>;

/** A recorded file of test/fixtures/terraform, parsed. */
export function recorded(name: string): Json {
  return JSON.parse(readFileSync(join(__dirname, "../fixtures/terraform", name), "utf8"));
}

export const ACCOUNT = "111122223333";

/** A stack with resources by `type.name`, in account 111122223333. */
export function stack(resources: Readonly<Record<string, Json>>, more: Json = {}): Json {
  const resource: Record<string, Record<string, Json>> = {};
  for (const [address, body] of Object.entries(resources)) {
    const [type = "", name = ""] = address.split(".");
    const ofType = resource[type] ?? {};
    ofType[name] = body;
    resource[type] = ofType;
  }
  const provider = { aws: [{ allowed_account_ids: [ACCOUNT], region: "eu-central-1" }] };
  return { provider, resource, terraform: {}, ...more };
}

export interface Change {
  readonly address: string;
  readonly actions?: readonly string[];
  readonly before?: Json | null;
  readonly after?: Json | null;
  readonly unknown?: Json;
  /** What `configuration` has of the resource: expressions by attribute. */
  readonly expressions?: Json;
  readonly module?: string;
  readonly key?: string | number;
  readonly deposed?: string;
  readonly previousAddress?: string;
}

/** A plan of changes, as `terraform show -json` writes it. */
export function plan(changes: readonly Change[], more: Json = {}): Json {
  const configured = new Map<string, Json>();
  for (const { address, module, key, expressions } of changes) {
    if (expressions === undefined || module !== undefined) continue;
    const base = key === undefined ? address : address.slice(0, address.lastIndexOf("["));
    configured.set(base, { address: base, mode: "managed", provider_config_key: "aws", expressions });
  }
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {},
    resource_changes: changes.map(resourceChange),
    configuration: {
      provider_config: { aws: { expressions: { allowed_account_ids: { constant_value: [ACCOUNT] } } } },
      root_module: { resources: [...configured.values()] },
    },
    complete: true,
    errored: false,
    ...more,
  };
}

function resourceChange(change: Change): Json {
  const { address, module, key, before = null, after = null, unknown = {} } = change;
  const own = module === undefined ? address : address.slice(module.length + 1);
  const parts = (key === undefined ? own : own.slice(0, own.lastIndexOf("["))).split(".");
  const mode = parts[0] === "data" ? "data" : "managed";
  const [type, name] = mode === "data" ? parts.slice(1) : parts;
  const actions = change.actions ?? (before === null ? ["create"] : after === null ? ["delete"] : ["update"]);
  return {
    address,
    mode,
    type,
    name,
    ...(module === undefined ? {} : { module_address: module }),
    ...(key === undefined ? {} : { index: key }),
    ...(change.deposed === undefined ? {} : { deposed: change.deposed }),
    ...(change.previousAddress === undefined ? {} : { previous_address: change.previousAddress }),
    change: { actions, before, after, after_unknown: unknown },
  };
}

/** A state with resources by address, as `terraform show -json` writes it. */
export function state(resources: Readonly<Record<string, Json>>): Json {
  const listed = Object.entries(resources).map(([address, values]) => {
    const [type, name] = address.split(".");
    return { address, mode: "managed", type, name, values };
  });
  return { format_version: "1.0", values: { root_module: { resources: listed } } };
}

/** A document that allows one action on everything. */
export function allowing(action: string): string {
  const statement = { Effect: "Allow", Action: action, Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** A trust policy for one principal. */
export function trusting(principal: string): string {
  const statement = { Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** What a policy allows first, or why that is not known. */
export function actionsOf(policies: readonly { readonly document: unknown }[]): readonly unknown[] {
  return policies.map(({ document }) => {
    const { Statement: statement, reason } = document as {
      Statement?: { Action?: unknown }[];
      reason?: string;
    };
    return reason ?? statement?.[0]?.Action;
  });
}
