import { changedLeaves } from "./ledger/leaves";
import type { Ledger, LedgerEntry } from "./ledger/ledger";
import { isConfigurable, natureOf } from "./natures/attribute-nature";
import type { Nature } from "./natures/nature";
import type { RawResource } from "./reviewed-environment";
import type { ResourceChange } from "./rules/by-nature/resource-change";
import type { SettingChange } from "./rules/terraform/setting-change";

/** Enters every leaf that differs, once: of resources and data sources by their attributes, of settings as a whole. */
export function enterChanges(
  ledger: Ledger,
  resources: readonly ResourceChange[],
  settings: readonly SettingChange[],
): void {
  for (const change of resources) {
    const { key, type, before, after } = change;
    const mode = (after ?? before)?.mode;
    for (const leaf of changedLeaves(before?.attributes, after?.attributes)) {
      const nature = isComputed(type, leaf.name, after)
        ? "ordinary"
        : natureOf(type, leaf.name, leaf.before, leaf.after);
      ledger.enter({ ...leaf, kind: mode === "data" ? "data" : "resource", subject: key, type, nature });
    }
  }
  for (const change of settings) ledger.enter(settingEntry(change));
}

/** What nobody can write and the configuration does not: ids and ARNs that AWS chose, times, counts. */
function isComputed(type: string, name: string, after: RawResource | undefined): boolean {
  if (after?.configured === undefined) return false;
  const top = name.split(/[.[]/)[0] ?? name;
  return !after.configured.has(top) && isConfigurable(type, name) === false;
}

function settingEntry({ subject, key, before, after }: SettingChange): LedgerEntry {
  const isFile = key.startsWith("file ");
  const nature: Nature = isFile ? "code" : "state";
  const shown = (value: unknown) => (isFile ? (value as { digest?: unknown } | undefined)?.digest : value);
  return {
    kind: isFile ? "file" : "setting",
    subject,
    type: "",
    path: isFile ? "content" : "value",
    name: "value",
    before: shown(before?.value),
    after: shown(after?.value),
    nature,
  };
}
