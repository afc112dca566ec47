import type { EnvironmentAccess } from "./access-report";

/** A name, with its account where the environment holds several: two accounts may have the same names. */
export function labelIn(
  { accountIds }: Pick<EnvironmentAccess, "accountIds">,
  { name, accountId }: { readonly name: string; readonly accountId: string },
): string {
  return accountIds.length > 1 ? `${name} (${accountId})` : name;
}
