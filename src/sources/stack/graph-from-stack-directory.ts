import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessGraph } from "../../iam/graph";
import { terraformJson } from "../file/terraform-json";
import { mergeGraphs } from "../graph/merge-graphs";
import { AccessSourceError } from "../resource/access-source-error";
import { STACKS_MISSING } from "../resource/source-refusals";
import { graphFromStack } from "./graph-from-stack";

/** One synthesized stack of an outdir. */
export interface StackGraph {
  /** Name of the stack: `team-prod-identity`. */
  readonly name: string;
  /** Path of its `cdk.tf.json`. */
  readonly file: string;
  readonly graph: AccessGraph;
}

/** The stacks of one environment, and what they make of its account together. */
export interface EnvironmentGraph {
  readonly environment: string;
  readonly stacks: readonly StackGraph[];
  readonly graph: AccessGraph;
}

export interface StackDirectoryOptions {
  /** What follows the environment in the names of stacks. @default those of this baseline */
  readonly stackKinds?: readonly string[];
}

const STACK_KINDS = ["identity", "credential-hygiene", "detection", "state-backend"];
const FILE = "cdk.tf.json";

/**
 * Reads all stacks of an outdir of `cdktf synth` (`cdktf.out`), or the one stack whose folder is given, by environment.
 *
 * @throws AccessSourceError when there is no stack, or one cannot be read
 */
export function graphFromStackDirectory(
  directory: string,
  options: StackDirectoryOptions = {},
): readonly EnvironmentGraph[] {
  const byEnvironment = new Map<string, StackGraph[]>();
  for (const { name, file } of stackFiles(directory)) {
    const stack = terraformJson(readFileSync(file), file);
    const graph = graphFromStack(stack, { file });
    const environment = environmentOf(stackName(stack) ?? name, options.stackKinds ?? STACK_KINDS);
    byEnvironment.set(environment, [...(byEnvironment.get(environment) ?? []), { name, file, graph }]);
  }
  return [...byEnvironment].map(([environment, stacks]) => ({
    environment,
    stacks,
    graph: mergeGraphs(stacks.map(({ graph }) => graph)),
  }));
}

function stackFiles(directory: string): readonly { readonly name: string; readonly file: string }[] {
  const alone = join(directory, FILE);
  if (existsSync(alone)) return [{ name: directory.replace(/^.*[\\/](?=[^\\/]+[\\/]?$)/, ""), file: alone }];
  const stacks = join(directory, "stacks");
  const names = existsSync(stacks) ? readdirSync(stacks).sort() : [];
  const files = names
    .map((name) => ({ name, file: join(stacks, name, FILE) }))
    .filter(({ file }) => existsSync(file));
  if (files.length > 0) return files;
  throw new AccessSourceError(STACKS_MISSING, {
    location: directory,
    expected: `a folder with stacks/NAME/${FILE}`,
    got: existsSync(directory) ? "a folder without stacks" : "no such folder",
    remedy: "synthesize first, and give the outdir (cdktf.out by default)",
  });
}

/** The name that cdktf wrote into the stack. */
function stackName(stack: unknown): string | undefined {
  const metadata = (stack as { "//"?: { metadata?: { stackName?: unknown } } } | null)?.["//"]?.metadata;
  return typeof metadata?.stackName === "string" ? metadata.stackName : undefined;
}

function environmentOf(name: string, kinds: readonly string[]): string {
  const kind = kinds.find((one) => name.endsWith(`-${one}`));
  return kind === undefined ? name : name.slice(0, -kind.length - 1);
}
