import type { Attributes, Setting } from "../reviewed-environment";
import { blocks, entries } from "./json-blocks";

/** What a plan says besides the changes of its resources, before and after. */
export interface PlanSettings {
  readonly before: ReadonlyMap<string, Setting>;
  readonly after: ReadonlyMap<string, Setting>;
  /** Data sources and provisioners of the configuration that the state of before does not have, by address. */
  readonly running: readonly RunningPart[];
  /** Names that the configuration writes, by the address of a resource without keys. */
  readonly configured: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A data source that is read, or a resource whose creation runs provisioners. */
export interface RunningPart {
  readonly address: string;
  readonly type: string;
  readonly mode: "managed" | "data";
  readonly provisioners: readonly string[];
}

/**
 * A plan has the configuration of its head only. What the state of before has resources of was there before: providers
 * and modules that are known so are no change, and a plan that changes nothing brings nothing new.
 */
export function planSettings(plan: Attributes, changes: readonly Attributes[]): PlanSettings {
  const prior = priorParts(plan["prior_state"]);
  const isQuiet = prior.resources.size > 0 && changes.every(isNoOp) && outputChanges(plan).length === 0;
  const [before, after] = [new Map<string, Setting>(), new Map<string, Setting>()];
  const enter = (side: Map<string, Setting>, key: string, value: unknown) =>
    side.set(key, { key, stack: "", value });
  const configuration = blocks(plan["configuration"])[0] ?? {};
  for (const [name, body] of entries(configuration["provider_config"])) {
    const { full_name: source, expressions, version_constraint: version } = blocks(body)[0] ?? {};
    const isKnown = isQuiet || prior.providers.has(String(source));
    const settings = [
      [`required_providers.${name}`, { source, ...(version !== undefined && { version }) }],
      [`provider.${name}`, constants(expressions)],
    ] as const;
    for (const [key, value] of settings) {
      enter(after, key, value);
      if (isKnown) enter(before, key, value);
    }
  }
  const running: RunningPart[] = [];
  const configured = new Map<string, ReadonlySet<string>>();
  for (const module of modulesOf(configuration["root_module"], "", 0)) {
    if (module.key !== "") {
      const value = {
        source: module.source,
        ...(module.version !== undefined && { version: module.version }),
      };
      enter(after, module.key, value);
      const isKnown = isQuiet || [...prior.resources].some((address) => isWithin(address, module.key));
      if (isKnown) enter(before, module.key, value);
    }
    for (const [address, names] of module.configured) configured.set(address, names);
    for (const part of module.running) if (!isQuiet && !prior.resources.has(part.address)) running.push(part);
  }
  for (const [name, change] of outputChanges(plan)) {
    const { before: old, after: current, actions } = change;
    if (!["create"].includes(String(actions))) enter(before, `output.${name}`, { value: old });
    if (!["delete"].includes(String(actions))) enter(after, `output.${name}`, { value: current ?? null });
  }
  for (const check of blocks(plan["checks"])) {
    const { address, status } = check;
    const name = String(blocks(address)[0]?.["to_display"] ?? "check");
    if (status === "fail" || status === "error") enter(after, `check.${name}`, { status });
  }
  for (const [key, item] of invocations(plan)) enter(after, key, item);
  for (const entry of blocks(plan["deferred_changes"])) {
    const change = blocks(entry["resource_change"])[0] ?? {};
    enter(after, `deferred.${String(change["address"])}`, {
      reason: entry["reason"],
      type: change["type"],
      ...blocks(change["change"])[0],
    });
  }
  return { before, after, running, configured };
}

function isNoOp(change: Attributes): boolean {
  const actions = blocks(change["change"])[0]?.["actions"];
  return Array.isArray(actions) && actions.every((action) => action === "no-op" || action === "read");
}

function outputChanges(plan: Attributes): readonly (readonly [string, Attributes])[] {
  return entries(plan["output_changes"])
    .map(([name, change]) => [name, blocks(change)[0] ?? {}] as const)
    .filter(([, { actions }]) => String(actions) !== "no-op");
}

function* invocations(plan: Attributes): Generator<readonly [string, unknown]> {
  for (const item of blocks(plan["action_invocations"])) yield [String(item["address"]), item];
  for (const item of blocks(plan["deferred_action_invocations"])) {
    const invocation = blocks(item["action_invocation"])[0] ?? item;
    yield [String(invocation["address"]), invocation];
  }
}

/** Values that the configuration writes out. */
function constants(expressions: unknown): Attributes {
  return Object.fromEntries(
    entries(expressions).flatMap(([name, expression]) => {
      const value = constantOf(expression);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function constantOf(expression: unknown): unknown {
  if (Array.isArray(expression)) return expression.map(constants);
  const [block] = blocks(expression);
  if (block === undefined) return undefined;
  if ("constant_value" in block) return block["constant_value"];
  return "references" in block ? undefined : constants(block);
}

interface ConfiguredModule {
  readonly key: string;
  readonly source: unknown;
  readonly version: unknown;
  readonly running: readonly RunningPart[];
  readonly configured: readonly (readonly [string, ReadonlySet<string>])[];
}

/** Deeper than anybody nests modules. */
const DEEPEST = 100;

function* modulesOf(value: unknown, key: string, depth: number): Generator<ConfiguredModule> {
  const [module] = blocks(value);
  if (module === undefined || depth > DEEPEST) return;
  const prefix = key === "" ? "" : `${key}.`;
  if (key === "") yield { key, source: undefined, version: undefined, ...partsOf(module, prefix) };
  for (const [name, call] of entries(module["module_calls"])) {
    const [{ source, version_constraint: version, module: body } = {}] = blocks(call);
    const inner = `${prefix}module.${name}`;
    yield { key: inner, source, version, ...partsOf(blocks(body)[0] ?? {}, `${inner}.`) };
    yield* modulesOf(body, inner, depth + 1);
  }
}

function partsOf(module: Attributes, prefix: string): Pick<ConfiguredModule, "running" | "configured"> {
  const configured = blocks(module["resources"]).map(
    ({ address, expressions }) =>
      [`${prefix}${String(address)}`, new Set(entries(expressions).map(([name]) => name))] as const,
  );
  return { running: runningOf(module, prefix), configured };
}

function runningOf(module: Attributes, prefix: string): readonly RunningPart[] {
  return blocks(module["resources"]).flatMap((resource): readonly RunningPart[] => {
    const provisioners = blocks(resource["provisioners"]).map(({ type }) => String(type));
    const mode = resource["mode"] === "data" ? "data" : "managed";
    if (mode === "managed" && provisioners.length === 0) return [];
    const address = `${prefix}${String(resource["address"])}`;
    return [{ address, type: String(resource["type"]), mode, provisioners }];
  });
}

interface PriorParts {
  /** Without the keys of count and for_each. */
  readonly resources: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
}

function priorParts(state: unknown): PriorParts {
  const [resources, providers] = [new Set<string>(), new Set<string>()];
  const read = (module: unknown, depth: number): void => {
    const [block] = blocks(module);
    if (block === undefined || depth > DEEPEST) return;
    for (const resource of blocks(block["resources"])) {
      resources.add(withoutKeys(String(resource["address"])));
      providers.add(String(resource["provider_name"]));
    }
    for (const child of blocks(block["child_modules"])) read(child, depth + 1);
  };
  read(blocks(blocks(state)[0]?.["values"])[0]?.["root_module"], 0);
  return { resources, providers };
}

/** `module.a.aws_iam_role.b` for `module.a["x"].aws_iam_role.b[0]`. */
export function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

function isWithin(address: string, module: string): boolean {
  return address.startsWith(`${module}.`);
}
