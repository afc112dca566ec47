import type { ListedResource } from "../sources/resource/recorded-resource";
import type { AccountImport } from "./import-account";
import { released } from "./released";

type ImportId = (
  type: string,
  attributes: Readonly<Record<string, unknown>>,
  names: ReadonlyMap<string, string>,
  arnOf: (path: string, name: string) => string,
) => string | undefined;

/**
 * For an environment that goes on with the state of what was there: a resource that the state has moves to its new
 * address, one that it lacks is imported, another form of the same (a group's list of members) is forgotten.
 */
export function movedWithin(
  resources: readonly ListedResource[],
  found: AccountImport,
  importId: ImportId,
): Pick<AccountImport, "resources" | "moved" | "forgotten" | "released"> {
  const moved: Record<string, Record<string, string>> = {};
  const isMoved = new Set<string>();
  for (const { address, type, mode, values } of resources) {
    if (mode !== "managed") continue;
    const arn = typeof values["arn"] === "string" ? values["arn"] : "";
    const sorted = Array.isArray(values["groups"])
      ? { ...values, groups: [...(values["groups"] as string[])].sort() }
      : values;
    const id = importId(type, sorted, new Map(), () => arn);
    if (id === undefined || found.resources[type]?.includes(id) !== true || moved[type]?.[id] !== undefined)
      continue;
    moved[type] = { ...moved[type], [id]: address };
    isMoved.add(address);
  }
  const others = resources.filter(({ address }) => !isMoved.has(address));
  const { removed, stateRm, kept } = released("this state", others, found.draft.existing, found.accountId);
  return {
    resources: Object.fromEntries(
      Object.entries(found.resources)
        .map(([type, ids]) => [type, ids.filter((id) => moved[type]?.[id] === undefined)] as const)
        .filter(([, ids]) => ids.length > 0),
    ),
    moved,
    forgotten: removed,
    // a removed block takes no keys, so a person has to
    released: stateRm.length + kept.length > 0 ? [{ file: "this-state", removed: [], stateRm, kept }] : [],
  };
}
