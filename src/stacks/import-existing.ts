import { TerraformElement, TerraformResource, type TerraformStack } from "cdktf";
import { resolve } from "cdktf/lib/_tokens";
import type { IamArns } from "../environment/arns";
import type { Imports } from "../environment/existing/imports";
import { importId, referencedNames } from "./import-ids";

type Json = Readonly<Record<string, unknown>>;

/**
 * Adds an import block to every resource of a stack that the account has already, and a moved block where the stack's
 * own state has it under another address. Which they are is told by type and import id, so that the file that
 * `baseline import` writes knows no address of ours. Resources that are in neither list are made anew.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/import
 */
export function importExisting(
  stack: TerraformStack,
  arns: IamArns,
  { resources, moved, forgotten }: Imports,
): void {
  const wanted = new Map(Object.entries(resources).map(([type, ids]) => [type, new Set(ids)]));
  const before = new Map(Object.entries(moved).map(([type, from]) => [type, new Map(Object.entries(from))]));
  if (wanted.size === 0 && before.size === 0 && forgotten.length === 0) return;
  const declared = stack.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
  const configured = declared.map((resource) => ({ resource, attributes: attributesOf(stack, resource) }));
  const names = referencedNames(
    configured.map(({ resource, attributes }) => [addressOf(resource), attributes]),
  );
  const moves: { from: string; to: string }[] = [];
  const imports: ImportBlock[] = [];
  for (const { resource, attributes } of configured) {
    const type = resource.terraformResourceType;
    if (!wanted.has(type) && !before.has(type)) continue;
    const id = importId(type, attributes, names, (path, name) => arns.policy(name, path));
    if (id === undefined) continue;
    const from = before.get(type)?.get(id);
    if (from !== undefined) moves.push({ from, to: addressOf(resource) });
    else if (wanted.get(type)?.has(id)) imports.push({ to: addressOf(resource), id });
  }
  if (imports.length > 0) new ImportBlocks(stack, "imports", imports);
  if (moves.length > 0) stack.addOverride("moved", moves);
  if (forgotten.length > 0) {
    stack.addOverride(
      "removed",
      forgotten.map((from) => ({ from, lifecycle: { destroy: false } })),
    );
  }
}

interface ImportBlock {
  readonly to: string;
  readonly id: string;
}

/**
 * The import blocks of a stack. A resource's own `importFrom` has cdktf start `terraform version` for every one of them,
 * twice, and a thousand of those take minutes.
 */
class ImportBlocks extends TerraformElement {
  constructor(
    stack: TerraformStack,
    id: string,
    private readonly blocks: readonly ImportBlock[],
  ) {
    super(stack, id);
  }

  override toTerraform(): Readonly<Record<string, unknown>> {
    return { import: [...this.blocks] };
  }
}

const addressOf = (resource: TerraformResource) =>
  `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;

function attributesOf(stack: TerraformStack, resource: TerraformResource): Json {
  const { resource: types } = resolve(stack, resource.toTerraform()) as {
    resource: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  };
  return types[resource.terraformResourceType]?.[resource.friendlyUniqueId] ?? {};
}
