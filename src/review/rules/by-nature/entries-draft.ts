import type { LedgerEntry } from "../../ledger/ledger";
import { type Draft, listed } from "../../review-finding";
import { entryDiff, pathsOf } from "./entry-diff";
import { aboutResource, type ResourceChange } from "./resource-change";

/**
 * One finding about what some attributes of a resource become; none where there are no such attributes.
 *
 * @param words what the resource does, after its address and before the attributes: `lets in the internet`
 */
export function entriesDraft(
  change: ResourceChange,
  kind: Pick<Draft, "rule" | "category">,
  severity: Draft["severity"],
  words: string,
  entries: readonly LedgerEntry[],
): readonly Draft[] {
  if (entries.length === 0) return [];
  return [
    {
      ...aboutResource(change),
      ...kind,
      severity,
      predicate: `${change.address} ${words} (${listed(pathsOf(entries))})`,
      evidence: entryDiff(entries),
    },
  ];
}
