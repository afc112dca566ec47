import { SAFEGUARD_TYPES, safeguardAttributes } from "../../../sources/graph/safeguards";
import type { LedgerEntry } from "../../ledger/ledger";
import { isAdded, type JudgingContext, type ResourceChange } from "../by-nature/resource-change";
import { graphAttributes, isGraphType } from "./graph-types";

/**
 * Strikes what rules about the access graph and about safeguards have judged. A safeguard that comes new is judged by
 * them as far as somebody may invoke it; what else it is, and with which role it acts, is judged by its attributes.
 */
export function strikeJudged(change: ResourceChange, { ledger }: JudgingContext): void {
  const { type, key } = change;
  const names =
    graphAttributes(type) ?? (SAFEGUARD_TYPES.has(type) ? new Set(safeguardAttributes(type)) : undefined);
  if (names === undefined) return;
  const entries = ledger.of(key).filter(({ name }) => names.has(name.split(/[.[]/)[0] ?? name));
  if (isGraphType(type) || !isAdded(change))
    ledger.strike(entries.filter((entry) => !isSettledHere(entry, type)));
}

/** Resources' own policies are compared as such, also where the graph shows them. */
function isSettledHere({ nature, name }: LedgerEntry, type: string): boolean {
  return nature === "policy" && !type.startsWith("aws_iam_") && /policy$/.test(name);
}
