import type { RefusalDeclaration } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";
import type { Environment } from "../environment";
import { locationOf } from "../schema-violations";
import { environmentFile } from "../source-file";

export { environmentFile };

/**
 * Judges one environment among all of them. Pure; says everything that is wrong. `unread` names the environments
 * whose own shape is wrong: nothing is said about what may stand in them.
 */
export type EnvironmentRule = (
  environment: Environment,
  all: readonly Environment[],
  unread: ReadonlySet<string>,
) => readonly Violation[];

/** A violation of a declared kind at a path of an environment's file. */
export function violationAt(
  environment: Pick<Environment, "name">,
  path: readonly PropertyKey[],
  { code }: RefusalDeclaration,
  words: Omit<Violation, "location" | "code">,
): Violation {
  return { code, location: locationOf(environmentFile(environment.name), path), ...words };
}
