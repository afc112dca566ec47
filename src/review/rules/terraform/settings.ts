import type { Draft } from "../../review-finding";
import type { ReviewedEnvironment, Setting } from "../../reviewed-environment";
import { backendChanged } from "./backend-changed";
import { codeInBlock } from "./code-in-plan";
import { foreignModule, plannedModule } from "./foreign-module";
import { isKnownProvider, plannedProvider } from "./foreign-provider";
import { providerChanged } from "./provider-changed";
import { requiredProvider } from "./required-provider";
import { resourceForgotten } from "./resource-forgotten";
import { resourceImported } from "./resource-imported";
import { secretInOutput } from "./secret-in-output";
import { settingRemoved } from "./setting-changed";

/** Providers, backends, modules and blocks of a stack: which account it goes to, and whose code runs. */
export function settingDrafts(
  { before, after, actions }: ReviewedEnvironment,
  isNew: boolean,
): readonly Draft[] {
  if (after === undefined) return [];
  const known = before?.settings ?? new Map<string, Setting>();
  const oldStacks = new Set(before?.stacks ?? []);
  const drafts = [...after.settings].flatMap(([key, setting]) => {
    // a plan has the settings of its head only; foreign code is told all the same
    if (actions !== undefined) return inPlan(setting);
    return !isNew && oldStacks.has(setting.stack) ? changed(known.get(key), setting) : inNewStack(setting);
  });
  const removed = [...known].flatMap(([key, setting]) =>
    after.settings.has(key) || !after.stacks.includes(setting.stack) ? [] : settingRemoved(setting),
  );
  return [...drafts, ...removed];
}

function inPlan(setting: Setting): readonly Draft[] {
  return setting.key.startsWith("required_providers.") ? plannedProvider(setting) : plannedModule(setting);
}

/** Of a stack that comes new: whose code runs. */
function inNewStack(setting: Setting): readonly Draft[] {
  if (setting.key.startsWith("required_providers."))
    return isKnownProvider(setting) ? [] : [requiredProvider(undefined, setting)];
  return /^(?:module|ephemeral|action|list)\./.test(setting.key) ? changed(undefined, setting) : [];
}

function changed(old: Setting | undefined, current: Setting): readonly Draft[] {
  if (JSON.stringify(old?.value) === JSON.stringify(current.value)) return [];
  const kind = current.key.split(".")[0];
  switch (kind) {
    case "required_providers":
      return [requiredProvider(old, current)];
    case "provider":
      return providerChanged(old, current);
    case "backend":
      return [backendChanged(old, current)];
    case "module":
      return [foreignModule(old, current)];
    case "ephemeral":
    case "action":
    case "list":
      return [codeInBlock(old, current)];
    case "removed":
      return [resourceForgotten(old, current)];
    case "import":
      return [resourceImported(old, current)];
    case "output":
      return secretInOutput(old, current);
    default:
      return [];
  }
}
