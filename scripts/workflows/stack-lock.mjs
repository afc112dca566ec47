// Holds stacks to the providers of one lock file:
//   node stack-lock.mjs OUTDIR LOCKFILE
// `terraform init -lockfile=readonly` refuses a lock file that holds more providers than the stack uses, as it would take
// them out. So each stack gets the blocks of its own providers, and one that the lock file lacks stays an error of init's.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const BLOCK = /^provider "([^"]+)" \{\n(?:.*\n)*?\}\n/gm;

/**
 * The blocks of a lock file that a stack uses.
 *
 * @param lock text of `.terraform.lock.hcl`
 * @param stack the parsed `cdk.tf.json`
 */
export function lockOf(lock, stack) {
  const used = new Set(requiredProviders(stack));
  const blocks = [...lock.matchAll(BLOCK)].filter(([, address]) => used.has(shortAddress(address)));
  const head = lock.slice(0, Math.max(0, lock.search(/^provider "/m)));
  return `${head}${blocks.map(([block]) => block).join("\n")}`;
}

/** Writes the lock file of one stack's folder. */
export function lockStack(folder, lock) {
  const stack = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  writeFileSync(join(folder, ".terraform.lock.hcl"), lockOf(lock, stack));
}

/** `hashicorp/aws`: the registries of Terraform and of OpenTofu both leave their host away. */
function requiredProviders(stack) {
  const blocks = [stack?.terraform ?? {}]
    .flat()
    .flatMap((terraform) => [terraform.required_providers ?? {}].flat());
  return blocks.flatMap((providers) =>
    Object.entries(providers).map(([name, settings]) => shortAddress(settings?.source ?? name)),
  );
}

function shortAddress(source) {
  const parts = source.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, "").split("/");
  return parts.length === 1 ? `hashicorp/${parts[0]}` : parts.join("/");
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [outdir = "", file = ""] = process.argv.slice(2);
  if (outdir === "" || file === "") throw new Error("expected OUTDIR LOCKFILE, got less");
  const lock = readFileSync(file, "utf8");
  const stacks = join(outdir, "stacks");
  for (const name of readdirSync(stacks)) lockStack(join(stacks, name), lock);
}
