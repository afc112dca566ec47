import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ValueKind } from "../../src/review/natures/nature";

/** Attributes of one resource type by their path: `rule.apply_server_side_encryption_by_default.sse_algorithm`. */
export type TypeSchema = ReadonlyMap<string, ValueKind>;

/** Blocks within blocks beyond this depth are those of a schema that repeats itself. */
const DEEPEST = 12;

/**
 * All resource types of the AWS provider with their attributes, as the bindings of CDK for Terraform write them:
 * `synthesizeAttributes` of the resource, and a `...ToTerraform` function for each block.
 *
 * @param library folder `lib` of `@cdktf/provider-aws`
 */
export function providerSchema(library: string): ReadonlyMap<string, TypeSchema> {
  const types = new Map<string, TypeSchema>();
  for (const entry of readdirSync(library, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith("data-aws-")) continue;
    const folder = join(library, entry.name);
    const text = readdirSync(folder)
      .filter((name) => name.endsWith(".js"))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
    const type = /tfResourceType = "(aws_[^"]+)"/.exec(text)?.[1];
    const body = /synthesizeAttributes\(\) \{\s*return \{([\s\S]*?)\n\s*\};\s*\}/.exec(text)?.[1];
    if (type !== undefined && body !== undefined) types.set(type, schemaOf(body, text));
  }
  return new Map([...types].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function schemaOf(body: string, text: string): TypeSchema {
  const blocks = new Map(
    [...text.matchAll(/^function (\w+ToTerraform)\(struct\) \{([\s\S]*?)^\}/gm)]
      .filter(([, name = ""]) => !name.endsWith("HclTerraform"))
      .map(([, name = "", block = ""]) => [name, block] as const),
  );
  const paths = new Map<string, ValueKind>();
  const read = (block: string, prefix: string, depth: number): void => {
    if (depth > DEEPEST) return;
    for (const [, quoted, plain, expression = ""] of block.matchAll(/^\s*(?:"([^"]+)"|(\w+)): (.*?),?$/gm)) {
      const path = `${prefix}${quoted ?? plain ?? ""}`;
      const inner = [...expression.matchAll(/(?:\w+\.)?(\w+ToTerraform)\b/g)]
        .map(([, name = ""]) => blocks.get(name))
        .find((found) => found !== undefined);
      if (inner !== undefined) read(inner, `${path}.`, depth + 1);
      else paths.set(path, kindOf(expression));
    }
  };
  read(body, "", 0);
  return paths;
}

function kindOf(expression: string): ValueKind {
  if (expression.includes("listMapper")) return "list";
  if (expression.includes("hashMapper")) return "map";
  if (expression.includes("booleanToTerraform")) return "switch";
  return expression.includes("numberToTerraform") ? "number" : "text";
}
