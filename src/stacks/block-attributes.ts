import { type App, TerraformElement, TerraformStack } from "cdktf";
import { resolve } from "cdktf/lib/_tokens";

/** Of every stack of an app, by its id: see {@link blockAttributes}. */
export function blockAttributesOf(
  app: App,
): ReadonlyMap<string, Readonly<Record<string, readonly string[]>>> {
  const stacks = app.node.findAll().filter((node) => TerraformStack.isStack(node));
  return new Map(stacks.map((stack) => [stack.node.id, blockAttributes(stack)]));
}

type Described = { readonly value?: unknown; readonly isBlock?: boolean };

/**
 * Which nested values of a stack's resources, data sources and providers are blocks, as paths (`target.retry_policy`) by
 * element (`resource.aws_scheduler_schedule.nightly`). Terraform's JSON syntax does not tell them from attributes; the
 * provider's bindings do.
 */
function blockAttributes(stack: TerraformStack): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const node of stack.node.findAll()) {
    if (!TerraformElement.isTerraformElement(node)) continue;
    const element = node as unknown as {
      synthesizeHclAttributes?: () => unknown;
      terraformResourceType?: string;
      friendlyUniqueId: string;
      constructor: { tfResourceType?: string };
    };
    const type = element.terraformResourceType;
    if (element.synthesizeHclAttributes === undefined || type === undefined) continue;
    const json = node.toTerraform() as Readonly<Record<string, unknown>>;
    const kind = ["resource", "data", "provider"].find((one) => json[one] !== undefined);
    if (kind === undefined) continue;
    const name = kind === "provider" ? `provider.${type}` : `${kind}.${type}.${element.friendlyUniqueId}`;
    const paths = pathsIn(resolve(stack, element.synthesizeHclAttributes()), "");
    if (paths.length > 0) found[name] = [...new Set([...(found[name] ?? []), ...paths])].sort();
  }
  return found;
}

function pathsIn(attributes: unknown, path: string): readonly string[] {
  if (Array.isArray(attributes)) return attributes.flatMap((one) => pathsIn(one, path));
  if (typeof attributes !== "object" || attributes === null) return [];
  return Object.entries(attributes as Readonly<Record<string, Described>>).flatMap(([key, described]) => {
    if (typeof described !== "object" || described === null || described.isBlock !== true) return [];
    const at = path === "" ? key : `${path}.${key}`;
    return [at, ...pathsIn(described.value, at)];
  });
}
