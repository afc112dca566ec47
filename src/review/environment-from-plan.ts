import { graphFromPlan, type PlanOptions } from "../sources/plan/graph-from-plan";
import { concealedPlan } from "../sources/sensitive/concealed-plan";
import { contentDigest } from "./digest";
import { blocks } from "./environments-from-stacks";
import type { Attributes, RawResource, ReviewedEnvironment, Setting } from "./reviewed-environment";

/** Stands for a value that is not known until apply. */
export const NOT_KNOWN = "(known after apply)";

/**
 * The account before and after a plan (`terraform show -json PLANFILE`), as one environment.
 *
 * @throws AccessSourceError for a plan that failed, one of a newer format, or what is no plan
 */
export function environmentFromPlan(
  planJson: unknown,
  options: PlanOptions & { readonly file: string; readonly environment?: string },
): ReviewedEnvironment {
  const graphs = graphFromPlan(planJson, options);
  const plan = concealedPlan(planJson) as Attributes;
  const changes = blocks(plan["resource_changes"]);
  const [before, after] = [new Map<string, RawResource>(), new Map<string, RawResource>()];
  for (const change of changes) {
    const inner = change["change"] as Attributes;
    const actions = inner["actions"] as readonly string[];
    if (actions.every((action) => action === "no-op")) continue;
    const old = rawResource(change, inner["before"], undefined);
    const current = rawResource(change, inner["after"], inner["after_unknown"]);
    if (old !== undefined) before.set(previousKey(change), old);
    if (current !== undefined && !actions.includes("forget")) after.set(current.key, current);
  }
  const moved = changes.flatMap((change) =>
    typeof change["previous_address"] === "string"
      ? [[change["previous_address"], String(change["address"])] as const]
      : [],
  );
  const { configured, settings } = configuration(plan["configuration"]);
  for (const resource of configured) {
    const present = after.get(resource.key);
    after.set(
      resource.key,
      present === undefined ? resource : { ...present, provisioners: resource.provisioners },
    );
  }
  const tagged = [
    ...graphs.after.users,
    ...graphs.after.roles,
    ...graphs.before.users,
    ...graphs.before.roles,
  ];
  const names = new Set(tagged.map(({ tags }) => tags["environment"] ?? ""));
  const [only = ""] = names;
  const fallback = options.file.replace(/^.*[\\/]/, "").replace(/\.(plan)?\.?json$/, "");
  const stacks = [options.file];
  return {
    environment: options.environment ?? (names.size === 1 && only !== "" ? only : fallback),
    before: { graph: graphs.before, resources: before, settings: new Map(), stacks },
    after: { graph: graphs.after, resources: after, settings, stacks },
    actions: graphs.changes.filter(({ actions }) => !actions.every((action) => action === "no-op")),
    moved: new Map(moved),
    sources: [{ file: options.file, digest: contentDigest(planJson) }],
    notChecked: [
      ...(graphs.isComplete
        ? []
        : ["the plan is not complete: it was targeted, or parts of it are deferred"]),
      ...(graphs.isRefreshOnly ? ["a plan of -refresh-only changes nothing but the state"] : []),
    ],
  };
}

function previousKey(change: Attributes): string {
  return String(change["previous_address"] ?? change["address"]);
}

function rawResource(change: Attributes, values: unknown, unknown: unknown): RawResource | undefined {
  const [attributes] = blocks(values);
  const mode = change["mode"] === "data" ? "data" : "managed";
  if (attributes === undefined) return undefined;
  const known = Object.fromEntries(
    blocks(unknown).flatMap((flags) =>
      Object.entries(flags).flatMap(([key, value]) => (value === true ? [[key, NOT_KNOWN] as const] : [])),
    ),
  );
  const address = String(change["address"]);
  const type = String(change["type"]);
  return { key: address, address, type, mode, attributes: { ...attributes, ...known }, provisioners: [] };
}

/** Data sources, provisioners, modules and providers of a plan's configuration: what runs or is fetched by it. */
function configuration(value: unknown) {
  const [config = {}] = blocks(value);
  const configured: RawResource[] = [];
  const settings = new Map<string, Setting>();
  for (const [name, body] of blocks(config["provider_config"]).flatMap(Object.entries)) {
    settings.set(`required_providers.${name}`, { key: `required_providers.${name}`, stack: "", value: body });
  }
  readModule(config["root_module"], "", 0, configured, settings);
  return { configured, settings };
}

function readModule(
  value: unknown,
  prefix: string,
  depth: number,
  configured: RawResource[],
  settings: Map<string, Setting>,
): void {
  const [module] = blocks(value);
  if (module === undefined || depth > 100) return;
  for (const resource of blocks(module["resources"])) {
    const provisioners = blocks(resource["provisioners"]).map(({ type }) => String(type));
    const mode = resource["mode"] === "data" ? "data" : "managed";
    if (mode === "managed" && provisioners.length === 0) continue;
    const address = `${prefix}${String(resource["address"])}`;
    const type = String(resource["type"]);
    configured.push({ key: address, address, type, mode, attributes: {}, provisioners });
  }
  for (const [name, call] of blocks(module["module_calls"]).flatMap(Object.entries)) {
    const [body = {}] = blocks(call);
    const key = `module.${name}`;
    settings.set(`${prefix}${key}`, { key: `${prefix}${key}`, stack: "", value: { source: body["source"] } });
    readModule(body["module"], `${prefix}${key}.`, depth + 1, configured, settings);
  }
}
