import type { Draft } from "../../review-finding";
import type { Attributes, Setting } from "../../reviewed-environment";
import { foreignProvider } from "./foreign-provider";
import { providerAdded } from "./provider-added";
import { providerVersionChanged } from "./provider-version-changed";

/** A provider that a stack requires: another one, another version, or one more. */
export function requiredProvider(old: Setting | undefined, current: Setting): Draft {
  const source = sourceOf(current);
  if (old !== undefined && sourceOf(old) === source) return providerVersionChanged(old, current);
  if (old === undefined && /^(?:hashicorp\/)?(?:time|tls|random|null|archive|local)$/.test(source))
    return providerAdded(current, source);
  return foreignProvider(old, current, source);
}

/** aws, hashicorp/aws and registry.terraform.io/hashicorp/aws are one. */
function sourceOf({ value }: Setting): string {
  return String((value as Attributes)["source"] ?? "").replace(
    /^(?:registry\.(?:terraform|opentofu)\.(?:io|org)\/)?hashicorp\//,
    "",
  );
}
