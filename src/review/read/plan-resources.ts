import type { PlanGraphs } from "../../sources/plan/graph-from-plan";
import type { SourceResource } from "../../sources/resource/source-resource";
import { isNotKnown, withoutMarks } from "../ledger/values";
import type { Attributes, RawResource } from "../reviewed-environment";
import { blocks } from "./json-blocks";
import { withoutKeys } from "./plan-settings";

export interface PlanResources {
  readonly before: ReadonlyMap<string, RawResource>;
  readonly after: ReadonlyMap<string, RawResource>;
}

/** Resources and data sources that a plan changes. What is forgotten stays in the account as it was. */
export function planResources(
  changes: readonly Attributes[],
  { sources }: PlanGraphs,
  configured: ReadonlyMap<string, ReadonlySet<string>>,
): PlanResources {
  const [before, after] = [new Map<string, RawResource>(), new Map<string, RawResource>()];
  const planned = new Map([...sources.after.resources].map((resource) => [resource.address, resource]));
  for (const change of changes) {
    const inner = blocks(change["change"])[0] ?? {};
    const actions = [inner["actions"]].flat().map(String);
    if (actions.every((action) => action === "no-op")) continue;
    const address = String(change["address"]);
    const [old] = blocks(inner["before"]);
    const [current] = blocks(inner["after"]);
    if (old !== undefined && change["deposed"] === undefined) {
      const key = String(change["previous_address"] ?? address);
      before.set(key, resourceOf(change, key, withoutMarks(old, sources.before.parts) as Attributes));
    }
    if (current === undefined) {
      // nothing of it changes in the account
      if (actions.includes("forget") && old !== undefined) before.delete(address);
      continue;
    }
    const attributes = attributesOf(planned.get(address), inner, current, sources.after);
    after.set(address, {
      ...resourceOf(change, address, attributes),
      configured: configured.get(withoutKeys(address)) ?? new Set(),
    });
  }
  return { before, after };
}

function resourceOf(change: Attributes, key: string, attributes: Attributes): RawResource {
  const { address, type, mode } = change;
  return {
    key,
    address: String(address),
    type: String(type),
    mode: mode === "data" ? "data" : "managed",
    attributes,
    provisioners: [],
  };
}

/** Planned values, those that are not known filled in; without what AWS will choose and nobody configured. */
function attributesOf(
  resource: SourceResource | undefined,
  { after_unknown: flags }: Attributes,
  current: Attributes,
  { parts }: PlanGraphs["sources"]["after"],
): Attributes {
  const unknown = blocks(flags)[0] ?? {};
  const names = new Set([...Object.keys(current), ...Object.keys(unknown)]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      if (unknown[name] === undefined || unknown[name] === false || resource === undefined)
        return [[name, withoutMarks(current[name], parts)] as const];
      const value = withoutMarks(resource.attribute(name), parts);
      const isComputed =
        isNotKnown(value) && value.reason === `known after apply: ${resource.address}.${name}`;
      return isComputed ? [] : [[name, value] as const];
    }),
  );
}
