import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { FILE_UNWRITABLE } from "../../catalogue/commands/option-refusals";
import type { Environment } from "../../environment/environment";
import { hclFolder } from "../../export/hcl-folder";
import type { ExportedStack, Json } from "../../export/stack-export";
import { terraformFolder } from "../../export/terraform-folder";
import { reasonOf } from "../../findings/describe-error";
import { Refusal } from "../../findings/refusal";
import { requireProofs } from "../../proofs/prove-stacks";
import { addBaseline } from "../../stacks/baseline";
import { blockAttributesOf } from "../../stacks/block-attributes";
import { synthesize } from "../../stacks/synthesize";
import type { CommandContext } from "../command";

export interface ExportSettings {
  /** Every environment: all are synthesized and proven together. */
  readonly environments: readonly Environment[];
  /** Those that are exported. */
  readonly names: readonly string[];
  readonly format: "terraform" | "hcl";
  /** Absolute path. */
  readonly folder: string;
  readonly context: Pick<CommandContext, "directory" | "now">;
}

/**
 * Synthesizes as always, proofs included, and writes each stack as a folder of plain Terraform with its assets.
 *
 * @returns the stacks' names
 */
export function exportStacks({
  environments,
  names,
  format,
  folder,
  context,
}: ExportSettings): readonly string[] {
  const outdir = mkdtempSync(join(tmpdir(), "iam-baseline-export-"));
  let blocks: ReturnType<typeof blockAttributesOf> = new Map();
  try {
    synthesize({
      outdir,
      build: (app) => {
        addBaseline(app, environments);
        blocks = blockAttributesOf(app);
      },
      check: (stacks) => void requireProofs(stacks, environments, context.now),
    });
    const wanted = readdirSync(join(outdir, "stacks"))
      .filter((stack) => names.some((name) => isOf(stack, name, environments)))
      .sort();
    for (const stack of wanted) {
      write(
        join(outdir, "stacks", stack),
        join(folder, stack),
        stack,
        format,
        blocks.get(stack) ?? {},
        context,
      );
    }
    return wanted;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** No name of an environment is another one's with a dash and more, so the longest that fits is its own. */
function isOf(stack: string, name: string, environments: readonly Environment[]): boolean {
  const [own] = environments
    .map((environment) => environment.name)
    .filter((one) => stack.startsWith(`${one}-`))
    .sort((left, right) => right.length - left.length);
  return own === name;
}

function write(
  from: string,
  to: string,
  name: string,
  format: ExportSettings["format"],
  blocks: ExportedStack["blocks"],
  { directory }: ExportSettings["context"],
): void {
  const configuration = JSON.parse(readFileSync(join(from, "cdk.tf.json"), "utf8")) as Json;
  const backend = (
    configuration["terraform"] as { readonly backend?: Readonly<Record<string, { readonly path?: string }>> }
  ).backend;
  const path = backend?.["local"]?.path;
  const lock = [".terraform.lock.hcl", "terraform.lock.hcl"]
    .map((file) => join(directory, file))
    .find((file) => existsSync(file));
  const stack: ExportedStack = {
    name,
    configuration,
    blocks,
    ...(path !== undefined && { statePath: relative(to, resolve(from, path)).replaceAll("\\", "/") }),
    ...(lock !== undefined && { lock: readFileSync(lock, "utf8") }),
  };
  const files = format === "hcl" ? hclFolder(stack) : terraformFolder(stack);
  try {
    mkdirSync(to, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(to, file), text, { flag: "wx" });
    for (const entry of readdirSync(from)) {
      if (entry !== "cdk.tf.json") cpSync(join(from, entry), join(to, entry), { recursive: true });
    }
  } catch (cause) {
    throw new Refusal(FILE_UNWRITABLE, `--output ${to}: ${reasonOf(cause)}`, { cause });
  }
}
