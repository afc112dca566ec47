import type { LedgerEntry } from "../../ledger/ledger";
import { isNotKnown } from "../../ledger/values";
import { capped } from "../../statement-diff";

/** Entries as lines of a diff. A secret is never shown, whatever the file says of it. */
export function entryDiff(entries: readonly LedgerEntry[]): readonly string[] {
  return capped(
    entries.flatMap(({ path, before, after, nature }) => {
      if (nature === "secret") return [`  ${path}: (sensitive value)`];
      return [
        ...(before === undefined || before === null ? [] : [`- ${path}: ${valueText(before)}`]),
        ...(after === undefined || after === null ? [] : [`+ ${path}: ${valueText(after)}`]),
      ];
    }),
  );
}

export function valueText(value: unknown): string {
  if (isNotKnown(value)) return `(not known: ${value.reason})`;
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** `rule[0].status, versioning`. */
export function pathsOf(entries: readonly LedgerEntry[]): readonly string[] {
  return [...new Set(entries.map(({ path }) => path))];
}
