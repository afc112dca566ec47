import { blocks } from "../../read/json-blocks";
import type { Draft } from "../../review-finding";
import { foreignProvider } from "./foreign-provider";
import { providerAdded } from "./provider-added";
import { isOfficial, isQuietProvider, providerSource } from "./provider-source";
import { providerVersionChanged } from "./provider-version-changed";
import { providerVersionLoosened } from "./provider-version-loosened";
import type { SettingChange } from "./setting-change";
import type { SettingContext } from "./setting-context";

/** A provider that is required: another one, another version, or one more. */
export function requiredProvider(change: SettingChange, { isPlan }: SettingContext): readonly Draft[] {
  const [old, current] = [change.before, change.after].map((setting) => blocks(setting?.value)[0]);
  const name = change.key.slice("required_providers.".length);
  // a file may leave out the source of HashiCorp's own
  const sourceOf = (body: typeof old) => providerSource(String(body?.["source"] ?? name));
  const source = sourceOf(current);
  if (old === undefined) {
    if (isQuietProvider(source)) return change.isNewStack || isPlan ? [] : [providerAdded(change, source)];
    // a plan does not say what was required before: HashiCorp's own are no strangers
    if (isPlan && isOfficial(source) && !/\/(?:external|http)$/.test(source))
      return [providerAdded(change, source)];
    return [foreignProvider(change, source)];
  }
  if (sourceOf(old) !== source) return [foreignProvider(change, source)];
  const loosened = providerVersionLoosened(change, old["version"], current?.["version"], source);
  if (loosened !== undefined) return [loosened];
  return old["version"] === current?.["version"] ? [] : [providerVersionChanged(change)];
}
