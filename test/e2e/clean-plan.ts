import { deepStrictEqual as same } from "node:assert/strict";
import type { Plan, PlannedChange } from "./terraform";

/** Nothing is to be changed, by the exit code and by the list; the list says what it is when something is. */
export function expectClean({ hasChanges, changes, outputs }: Plan): void {
  same(
    changes.map(({ address, change }) => ({ address, actions: change.actions, differs: differing(change) })),
    [],
    undefined,
  );
  same({ outputs, hasChanges }, { outputs: [], hasChanges: false });
}

function differing({ before, after }: PlannedChange["change"]): Readonly<Record<string, unknown>> {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = names.filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
  return Object.fromEntries(changed.map((name) => [name, [before?.[name], after?.[name]]]));
}
