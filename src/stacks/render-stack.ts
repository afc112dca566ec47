import { TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import { resolve } from "cdktf/lib/_tokens";
import { deepMerge } from "cdktf/lib/util";
import type { IConstruct } from "constructs";

type Json = Record<string, unknown>;

/**
 * A stack's configuration: what `stack.toTerraform()` returns, in one pass. cdktf resolves every element, merges all
 * of them, and resolves the result once more; that takes a quarter more time, and a second copy of the stack in memory.
 * A test compares the two.
 */
export function renderStack(stack: TerraformStack): Json {
  const overrides = stack["rawOverrides"] as Json;
  const metadata: Json = {
    version: stack["cdktfVersion"],
    stackName: stack.node.id,
    backend: "local",
    ...(Object.keys(overrides).length > 0 && { overrides: { stack: Object.keys(overrides) } }),
  };
  const outputs: Json = {};
  const configuration: Json = { "//": { metadata, outputs } };
  for (const element of elementsOf(stack)) {
    deepMerge(metadata, resolve(stack, element.toMetadata()));
    deepMerge(configuration, resolve(stack, element.toTerraform()));
    if (TerraformOutput.isTerraformOutput(element)) deepMerge(outputs, outputEntry(element));
  }
  deepMerge(configuration, overrides);
  return configuration;
}

function* elementsOf(node: IConstruct): Generator<TerraformElement> {
  if (TerraformElement.isTerraformElement(node)) yield node;
  for (const child of node.node.children) {
    if (!TerraformStack.isStack(child)) yield* elementsOf(child);
  }
}

/** Where `cdktf output` finds the value of an output: nested objects along its path, the id at the end. */
function outputEntry(output: TerraformOutput): Json {
  const [id, ...path] = output.node.path.split("/").reverse();
  return path.reduce<Json>((entry, step) => ({ [step]: entry }), { [id ?? ""]: output.friendlyUniqueId });
}
