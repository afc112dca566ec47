import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { AccessGraph } from "../iam/graph";
import { terraformJson } from "../sources/file/terraform-json";
import { mergeGraphs } from "../sources/graph/merge-graphs";
import { concealedStack } from "../sources/sensitive/concealed-stack";
import { graphFromStack } from "../sources/stack/graph-from-stack";
import {
  type EnvironmentGraph,
  graphFromStackDirectory,
  type StackGraph,
} from "../sources/stack/graph-from-stack-directory";
import { contentDigest } from "./digest";
import { entries } from "./read/json-blocks";
import { type StackFolderFile, stackFolderFiles } from "./read/stack-folder";
import { stackResources } from "./read/stack-resources";
import { movedIn, stackSettings } from "./read/stack-settings";
import type { RawResource, ReviewedEnvironment, Setting, Side } from "./reviewed-environment";

/**
 * Pairs the environments of two outdirs of `cdktf synth`.
 *
 * @throws AccessSourceError where one of them has no stack, or a stack cannot be read
 */
export function environmentsFromStacks(base: string, head: string): readonly ReviewedEnvironment[] {
  const before = graphFromStackDirectory(base);
  const after = graphFromStackDirectory(head, existsSync(base) ? { previous: base } : {});
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
      moved: new Map(
        (stacks ?? []).flatMap(({ stack, json }) =>
          movedIn(json).map(([from, to]) => [`${stack}:${from}`, `${stack}:${to}`] as const),
        ),
      ),
      sources: (stacks ?? oldStacks ?? []).map(({ stack, json, files }) => ({
        file: `stacks/${stack}`,
        digest: contentDigest({ json, files }),
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
  const ids = principalAccounts(graph);
  const [only] = ids;
  return ids.size === 1 ? only : undefined;
}

function principalAccounts({ users, roles, groups }: AccessGraph): ReadonlySet<string> {
  return new Set(
    [...users, ...roles, ...groups].map(({ accountId }) => accountId).filter((id) => /^\d{12}$/.test(id)),
  );
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

interface ReadStack {
  readonly stack: string;
  readonly file: string;
  readonly json: unknown;
  readonly files: readonly StackFolderFile[];
}

function stacksOf({ stacks }: EnvironmentGraph): readonly ReadStack[] {
  return stacks.map(({ name, file }: StackGraph) => ({
    stack: name,
    file,
    json: concealedStack(terraformJson(readFileSync(file), file)),
    files: stackFolderFiles(dirname(file)),
  }));
}

function sideOf({ graph }: EnvironmentGraph, stacks: readonly ReadStack[]): Side {
  const resources = new Map<string, RawResource>();
  const settings = new Map<string, Setting>();
  const accounts = new Set(principalAccounts(graph));
  const [only] = accounts;
  for (const { stack, json, file, files } of stacks) {
    const accountId = accounts.size === 1 ? only : undefined;
    for (const resource of stackResources({ stack, json, file, accountId })) {
      resources.set(resource.key, resource);
    }
    for (const [key, value] of stackSettings(json)) {
      settings.set(`${stack}:${key}`, { key, stack, value });
      for (const id of allowedAccounts(key, value)) accounts.add(id);
    }
    for (const { path, digest, sha256Base64 } of files) {
      const key = `file ${path}`;
      settings.set(`${stack}:${key}`, { key, stack, value: { digest, sha256Base64 } });
    }
  }
  return { graph, resources, settings, stacks: stacks.map(({ stack }) => stack), accounts };
}

/** Accounts that a provider may touch. */
function allowedAccounts(key: string, value: unknown): readonly string[] {
  if (!key.startsWith("provider.")) return [];
  const [, ids] = entries(value).find(([name]) => name === "allowed_account_ids") ?? [];
  return [ids].flat().filter((id): id is string => typeof id === "string" && /^\d{12}$/.test(id));
}
