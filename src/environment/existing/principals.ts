import { IamArns } from "../arns";
import type { Environment } from "../environment";

type WithExisting = Pick<Environment, "existing" | "partition" | "accountId" | "namespace">;

/** ARN of an existing user, by its name. */
export function existingUserArn(environment: WithExisting, name: string): string {
  return new IamArns(environment).user(environment.existing.users[name]?.path ?? "/", name);
}

/** ARN of a group that the environment declares in any way: an existing one under its own path. */
export function groupArn(environment: WithExisting, name: string): string {
  const arns = new IamArns(environment);
  const existing = Object.hasOwn(environment.existing.groups, name)
    ? environment.existing.groups[name]
    : undefined;
  return existing === undefined ? arns.group(name) : arns.group(name, existing.path);
}

/** Every name of a kind that existing principals take, with its place in the environment's file. */
export function existingNames(
  { existing }: Pick<Environment, "existing">,
  kind: "users" | "groups" | "roles" | "policies",
): readonly { readonly name: string; readonly declaredAt: readonly string[] }[] {
  return Object.keys(existing[kind]).map((name) => ({ name, declaredAt: ["existing", kind, name] }));
}
