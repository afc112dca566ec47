import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Environment } from "../../environment/environment";
import type { AccessGraph } from "../../iam/graph";
import { graphFromStackDirectory } from "../../sources/stack/graph-from-stack-directory";
import type { CommandContext } from "../command";

export interface SynthesizedStack {
  readonly stack: string;
  readonly environment: string;
  /** Folder that terraform runs in. */
  readonly directory: string;
  readonly graph: AccessGraph;
}

/** What was synthesized last; nothing where there is no outdir. @throws AccessSourceError for a stack that cannot be read */
export function synthesizedStacks({
  directory,
  environmentVariables,
}: CommandContext): readonly SynthesizedStack[] {
  const outdir = resolve(directory, environmentVariables["CDKTF_OUTDIR"] ?? "cdktf.out");
  if (!existsSync(join(outdir, "stacks"))) return [];
  return graphFromStackDirectory(outdir).flatMap(({ environment, stacks }) =>
    stacks.map(({ name, file, graph }) => ({ stack: name, environment, directory: dirname(file), graph })),
  );
}

/** What other environments of the same account declare. */
export function othersInAccount(
  environment: Environment,
  all: readonly Environment[],
  stacks: readonly SynthesizedStack[],
): readonly AccessGraph[] {
  const names = all
    .filter(({ name, accountId }) => name !== environment.name && accountId === environment.accountId)
    .map(({ name }) => name);
  return stacks.filter((stack) => names.includes(stack.environment)).map(({ graph }) => graph);
}
