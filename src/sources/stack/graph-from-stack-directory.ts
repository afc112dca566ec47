import { existsSync, readFileSync } from "node:fs";
import type { AccessGraph } from "../../iam/graph";
import { terraformJson } from "../file/terraform-json";
import { mergeGraphs } from "../graph/merge-graphs";
import { graphFromStack } from "./graph-from-stack";
import { stackFiles } from "./stack-files";

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
  /** The outdir before a change: what `removed` blocks leave in the account is read from its stacks. */
  readonly previous?: string;
}

const STACK_KINDS = ["identity", "credential-hygiene", "detection", "state-backend"];

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
    const previous = previousStack(name, options.previous);
    const graph = graphFromStack(stack, { file, ...(previous === undefined ? {} : { previous }) });
    const environment = environmentOf(stackName(stack) ?? name, options.stackKinds ?? STACK_KINDS);
    byEnvironment.set(environment, [...(byEnvironment.get(environment) ?? []), { name, file, graph }]);
  }
  return [...byEnvironment].map(([environment, stacks]) => ({
    environment,
    stacks,
    graph: mergeGraphs(stacks.map(({ graph }) => graph)),
  }));
}

/** The stack of the same name in another outdir; nothing where there is none. */
function previousStack(name: string, directory: string | undefined): unknown {
  if (directory === undefined || !existsSync(directory)) return undefined;
  const file = stackFiles(directory).find((one) => one.name === name)?.file;
  return file === undefined ? undefined : terraformJson(readFileSync(file), file);
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
