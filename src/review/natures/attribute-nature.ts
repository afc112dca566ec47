import { type CompressedText, linesByKey } from "../../iam/data/compressed-text";
import data from "./attribute-natures.json";
import type { Nature } from "./nature";
import { grantingNature, isAnyNetwork, natureByValue } from "./nature-by-value";
import { natureByName } from "./nature-rules";

/** No value says more than these names. */
const GRANTING: ReadonlySet<Nature> = new Set(["policy", "role", "principal", "secret"]);

let lines: ReadonlyMap<string, string> | undefined;
const known = new Map<string, ReadonlyMap<string, Nature> | undefined>();

/** Natures of a type that are not ordinary, by path; nothing for a type that the provider did not have. */
function naturesOf(type: string): ReadonlyMap<string, Nature> | undefined {
  if (known.has(type)) return known.get(type);
  lines ??= linesByKey(data as CompressedText);
  const line = lines.get(type.replace(/^aws_/, ""));
  const natures =
    line === undefined
      ? undefined
      : new Map(
          line.split("\t").flatMap((part) => {
            const colon = part.indexOf(":");
            const nature = part.slice(0, colon) as Nature;
            return part
              .slice(colon + 1)
              .split(" ")
              .map((path) => [path, nature] as const);
          }),
        );
  known.set(type, natures);
  return natures;
}

/**
 * What an attribute is: as the data say that were made from the provider's bindings; by its name where they do not have
 * it; and by what it holds, where the name says nothing.
 *
 * @param path without indexes: `rule.apply_server_side_encryption_by_default.sse_algorithm`
 */
export function natureOf(type: string, path: string, before: unknown, after: unknown): Nature {
  const nature = naturesOf(type)?.get(path) ?? natureByName(type, path);
  if (GRANTING.has(nature) || IDENTIFYING.test(path)) return nature;
  const granting = grantingNature(after) ?? grantingNature(before);
  if (granting !== undefined) return granting;
  if (isAnyNetwork(before) || isAnyNetwork(after)) return "network";
  if (nature !== "ordinary" && nature !== "unknown") return nature;
  return natureByValue(after) ?? natureByValue(before) ?? nature;
}

/** What a resource is called in AWS, and not what it names. */
const IDENTIFYING = /^(?:id|arn|name|description|tags(?:_all)?(?:\..*)?)$/;

/** Whether somebody can write an attribute of a type: nothing for a type that the provider did not have. */
export function isConfigurable(type: string, path: string): boolean | undefined {
  const natures = naturesOf(type);
  if (natures === undefined) return undefined;
  const top = path.split(/[.[]/)[0] ?? path;
  if (natures.has(top)) return true;
  for (const known of natures.keys()) if (known.startsWith(`${top}.`)) return true;
  return false;
}
