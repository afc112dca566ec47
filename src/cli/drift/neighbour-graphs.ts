import type { AccessGraph } from "../../iam/graph";
import { graphFromState } from "../../sources/state/graph-from-state";
import type { CommandContext } from "../command";
import { readJsonFile } from "../input-file";

/**
 * What other teams' Terraform holds in the account, from their states. A state of another account declares nothing here,
 * and does no harm.
 *
 * @throws Refusal where a file cannot be read, or is no state
 */
export function neighbourGraphs(
  files: readonly string[],
  accountId: string | undefined,
  context: CommandContext,
): readonly AccessGraph[] {
  return files.map((file) =>
    graphFromState(readJsonFile(file, context, "a Terraform state"), {
      file,
      ...(accountId !== undefined && { accountId }),
    }),
  );
}
