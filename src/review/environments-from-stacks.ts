import { readFileSync } from "node:fs";
import { terraformJson } from "../sources/file/terraform-json";
import { mergeGraphs } from "../sources/graph/merge-graphs";
import { concealedStack } from "../sources/sensitive/concealed-stack";
import { graphFromStack } from "../sources/stack/graph-from-stack";
import { type EnvironmentGraph, graphFromStackDirectory } from "../sources/stack/graph-from-stack-directory";
import { contentDigest } from "./digest";
import type { Attributes, RawResource, ReviewedEnvironment, Setting, Side } from "./reviewed-environment";

/**
 * Pairs the environments of two outdirs of `cdktf synth`.
 *
 * @throws AccessSourceError where one of them has no stack, or a stack cannot be read
 */
export function environmentsFromStacks(base: string, head: string): readonly ReviewedEnvironment[] {
  const [before, after] = [graphFromStackDirectory(base), graphFromStackDirectory(head, { previous: base })];
  const names = [...new Set([...before, ...after].map(({ environment }) => environment))].sort();
  return names.map((environment) => {
    const [old, current] = inOneAccount(
      before.find((graph) => graph.environment === environment),
      after.find((graph) => graph.environment === environment),
    );
    const [oldStacks, stacks] = [old && stacksOf(old), current && stacksOf(current)];
    return {
      environment,
      before: old && oldStacks && sideOf(old, oldStacks),
      after: current && stacks && sideOf(current, stacks),
      moved: new Map((stacks ?? []).flatMap(({ stack, json }) => movedIn(stack, json))),
      sources: (stacks ?? oldStacks ?? []).map(({ stack, json }) => ({
        file: `stacks/${stack}/cdk.tf.json`,
        digest: contentDigest(json),
      })),
      notChecked: [],
    };
  });
}

type MaybeGraph = EnvironmentGraph | undefined;

/**
 * A side whose provider does not say its account is read in that of the other side: that the check is gone is told for
 * itself, and would otherwise hide behind policies that nobody finds any more.
 */
function inOneAccount(before: MaybeGraph, after: MaybeGraph): readonly [MaybeGraph, MaybeGraph] {
  if (before === undefined || after === undefined) return [before, after];
  const [oldAccount, account] = [accountOf(before), accountOf(after)];
  return [
    oldAccount === undefined && account !== undefined ? readIn(before, account) : before,
    account === undefined && oldAccount !== undefined ? readIn(after, oldAccount) : after,
  ];
}

/** Nothing where some provider of the stacks does not say it. */
function accountOf({ graph, stacks }: EnvironmentGraph): string | undefined {
  const isOpen = stacks.some((stack) =>
    stack.graph.unknowns.some(({ address }) => /^provider\.aws.*\.allowed_account_ids$/.test(address)),
  );
  if (isOpen) return undefined;
  const ids = new Set([...graph.users, ...graph.roles, ...graph.groups].map(({ accountId }) => accountId));
  const [only] = ids;
  return ids.size === 1 ? only : undefined;
}

function readIn(environment: EnvironmentGraph, accountId: string): EnvironmentGraph {
  const stacks = environment.stacks.map((stack) => ({
    ...stack,
    graph: graphFromStack(terraformJson(readFileSync(stack.file), stack.file), {
      file: stack.file,
      accountId,
    }),
  }));
  return { ...environment, stacks, graph: mergeGraphs(stacks.map(({ graph }) => graph)) };
}

interface StackJson {
  readonly stack: string;
  readonly json: Attributes;
}

function stacksOf({ stacks }: EnvironmentGraph): readonly StackJson[] {
  return stacks.map(({ name, file }) => ({
    stack: name,
    json: concealedStack(terraformJson(readFileSync(file), file)) as Attributes,
  }));
}

function sideOf({ graph }: EnvironmentGraph, stacks: readonly StackJson[]): Side {
  const resources = new Map<string, RawResource>();
  const settings = new Map<string, Setting>();
  for (const { stack, json } of stacks) {
    for (const mode of ["managed", "data"] as const) {
      for (const resource of resourcesOf(stack, json[mode === "managed" ? "resource" : "data"], mode)) {
        resources.set(resource.key, resource);
      }
    }
    for (const [key, value] of settingsOf(json)) settings.set(`${stack}:${key}`, { key, stack, value });
  }
  return { graph, resources, settings, stacks: stacks.map(({ stack }) => stack) };
}

function* resourcesOf(stack: string, types: unknown, mode: "managed" | "data"): Generator<RawResource> {
  for (const block of blocks(types)) {
    for (const [type, named] of entries(block)) {
      for (const names of blocks(named)) {
        for (const [name, bodies] of entries(names)) {
          const [body = {}] = blocks(bodies);
          const address = `${mode === "data" ? "data." : ""}${type}.${name}`;
          const { "//": _, depends_on: __, lifecycle, provisioner, ...attributes } = body;
          const [life] = blocks(lifecycle);
          yield {
            key: `${stack}:${address}`,
            address,
            type,
            mode,
            attributes,
            ...(life && { lifecycle: life }),
            provisioners: blocks(provisioner).flatMap((block) =>
              String(block["type"] ?? Object.keys(block)[0] ?? "?"),
            ),
          };
        }
      }
    }
  }
}

function settingsOf(json: Attributes): readonly (readonly [string, unknown])[] {
  const list: (readonly [string, unknown])[] = [];
  for (const block of blocks(json["provider"])) {
    for (const [name, bodies] of entries(block)) {
      for (const body of blocks(bodies)) {
        list.push([
          `provider.${name}${body["alias"] === undefined ? "" : `.${String(body["alias"])}`}`,
          body,
        ]);
      }
    }
  }
  for (const block of blocks(json["terraform"])) {
    for (const [type, body] of blocks(block["backend"]).flatMap(entries))
      list.push(["backend", { type, body }]);
    for (const [name, body] of blocks(block["required_providers"]).flatMap(entries)) {
      list.push([`required_providers.${name}`, body]);
    }
  }
  for (const [name, body] of blocks(json["module"]).flatMap(entries)) list.push([`module.${name}`, body]);
  for (const [name, body] of blocks(json["output"]).flatMap(entries)) list.push([`output.${name}`, body]);
  for (const kind of ["ephemeral", "action", "list"]) {
    for (const [type, body] of blocks(json[kind]).flatMap(entries)) list.push([`${kind}.${type}`, body]);
  }
  for (const body of blocks(json["removed"])) list.push([`removed.${String(body["from"])}`, body]);
  for (const body of blocks(json["import"])) list.push([`import.${String(body["to"])}`, body]);
  return list;
}

function movedIn(stack: string, json: Attributes): readonly (readonly [string, string])[] {
  return blocks(json["moved"]).map(
    ({ from, to }) => [`${stack}:${String(from)}`, `${stack}:${String(to)}`] as const,
  );
}

export function blocks(value: unknown): readonly Attributes[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter(
    (item): item is Attributes => typeof item === "object" && item !== null && !Array.isArray(item),
  );
}

function entries(block: Attributes): readonly (readonly [string, unknown])[] {
  return Object.entries(block).filter(([key]) => key !== "//");
}
