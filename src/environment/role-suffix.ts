import type { Environment } from "./environment";

/** Characters that a role's suffix takes, with its dash. */
export function roleSuffixCharacters(environment: Pick<Environment, "roleSuffix">): number {
  return (environment.roleSuffix?.length ?? RANDOM_SUFFIX_CHARACTERS) + 1;
}
export const RANDOM_SUFFIX_CHARACTERS = 8;
