import type { AccessGraph } from "../iam/graph";
import { graphFromPlan, type PlanOptions } from "../sources/plan/graph-from-plan";
import { concealedPlan } from "../sources/sensitive/concealed-plan";
import { contentDigest } from "./digest";
import { blocks } from "./read/json-blocks";
import { planResources } from "./read/plan-resources";
import { planSettings, type RunningPart } from "./read/plan-settings";
import type { Attributes, RawResource, ReviewedEnvironment } from "./reviewed-environment";

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
  const settings = planSettings(plan, changes);
  const resources = planResources(changes, graphs, settings.configured);
  const moved = changes.flatMap((change) =>
    typeof change["previous_address"] === "string"
      ? [[change["previous_address"], String(change["address"])] as const]
      : [],
  );
  const stacks = [options.file];
  return {
    environment: options.environment ?? environmentName(graphs, options.file),
    before: {
      graph: graphs.before,
      resources: resources.before,
      settings: settings.before,
      stacks,
      accounts: accountsOf(graphs.before, changes),
    },
    after: {
      graph: graphs.after,
      resources: withRunning(resources.after, settings.running),
      settings: settings.after,
      stacks,
      accounts: accountsOf(graphs.after, changes),
    },
    actions: graphs.changes.filter(({ actions }) => !actions.every((action) => action === "no-op")),
    moved: new Map(moved),
    sources: [{ file: options.file, digest: contentDigest(planJson) }],
    notChecked: [
      ...(graphs.isComplete || blocks(plan["deferred_changes"]).length > 0
        ? []
        : ["the plan is not complete: it was targeted, or parts of it are deferred"]),
      ...(graphs.isRefreshOnly ? ["a plan of -refresh-only changes nothing but the state"] : []),
    ],
  };
}

/** What the tag of its principals says, if all say the same; else the name of the file. */
function environmentName(graphs: { before: AccessGraph; after: AccessGraph }, file: string): string {
  const principals = [graphs.after, graphs.before].flatMap(({ users, roles }) => [...users, ...roles]);
  const names = new Set(principals.map(({ tags }) => tags["environment"] ?? ""));
  const [only = ""] = names;
  if (names.size === 1 && only !== "") return only;
  return file.replace(/^.*[\\/]/, "").replace(/\.(plan)?\.?json$/, "");
}

/** Data sources are read and provisioners run, whatever else changes. */
function withRunning(
  resources: ReadonlyMap<string, RawResource>,
  running: readonly RunningPart[],
): ReadonlyMap<string, RawResource> {
  const all = new Map(resources);
  for (const { address, type, mode, provisioners } of running) {
    const present = all.get(address);
    all.set(
      address,
      present === undefined
        ? { key: address, address, type, mode, attributes: {}, provisioners, onlyRuns: true }
        : { ...present, provisioners },
    );
  }
  return all;
}

/** Of principals, and of the ARNs that resources had. */
function accountsOf(graph: AccessGraph, changes: readonly Attributes[]): ReadonlySet<string> {
  const { users, roles, groups } = graph;
  const ids = [...users, ...roles, ...groups].map(({ accountId }) => accountId);
  for (const change of changes) {
    const arn = blocks(blocks(change["change"])[0]?.["before"])[0]?.["arn"];
    const account = typeof arn === "string" ? arn.split(":")[4] : undefined;
    if (account !== undefined) ids.push(account);
  }
  return new Set(ids.filter((id) => /^\d{12}$/.test(id)));
}
