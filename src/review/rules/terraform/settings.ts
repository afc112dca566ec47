import type { Ledger } from "../../ledger/ledger";
import type { Draft } from "../../review-finding";
import { actionInvoked } from "./action-invoked";
import { backendChanged } from "./backend-changed";
import { checkChanged } from "./check-changed";
import { codeInBlock } from "./code-in-plan";
import { deferredChange } from "./deferred-change";
import { moduleChanged } from "./foreign-module";
import { outputChanged } from "./output-changed";
import { providerChanged } from "./provider-changed";
import { requiredProvider } from "./required-provider";
import { resourceForgotten } from "./resource-forgotten";
import { resourceImported } from "./resource-imported";
import type { SettingChange } from "./setting-change";
import { settingRemoved } from "./setting-changed";
import type { SettingContext } from "./setting-context";
import { settingNote } from "./setting-note";

type Judge = (change: SettingChange, context: SettingContext) => readonly Draft[] | undefined;

/** By the first word of a setting's key. What has no judge, or what its judge leaves, is not judged. */
const JUDGES: Readonly<Record<string, Judge>> = {
  required_providers: requiredProvider,
  provider: providerChanged,
  backend: backendChanged,
  module: moduleChanged,
  ephemeral: codeInBlock,
  action: (change, context) => (context.isPlan ? actionInvoked(change) : codeInBlock(change)),
  list: codeInBlock,
  check: checkChanged,
  removed: resourceForgotten,
  import: resourceImported,
  output: outputChanged,
  deferred: deferredChange,
  // what is read of them is filled in where they are used, and judged there
  local: (change) => [settingNote(change)],
  variable: (change) => [settingNote(change)],
  terraform: (change, context) =>
    change.key === "terraform.cloud"
      ? backendChanged(change, context)
      : change.key === "terraform.required_version"
        ? [settingNote(change)]
        : undefined,
};

/** Providers, backends, modules and blocks of a stack: which account it goes to, and whose code runs. */
export function settingDrafts(
  changes: readonly SettingChange[],
  context: SettingContext,
  ledger: Ledger,
): readonly Draft[] {
  return changes.flatMap((change) => {
    const kind = change.key.split(/[. ]/)[0] ?? "";
    const judge = JUDGES[kind];
    const drafts = change.after === undefined ? settingRemoved(change) : judge?.(change, context);
    if (drafts === undefined) return [];
    ledger.strike(ledger.of(change.subject));
    return drafts;
  });
}
