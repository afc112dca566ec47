import { IamArns } from "../environment/arns";
import type { Environment } from "../environment/environment";
import { roleReference } from "../environment/role-references";
import type { Role } from "../environment/roles";
import { defineRefusal, Refusal } from "../findings/refusal";
import type { Holder } from "./holder";

/** A role that a device may assume, as far as its environment tells. */
export interface AssumedRole {
  readonly environment: Environment;
  /** Without suffix: `daily`. */
  readonly name: string;
  readonly role: Role;
  readonly arn: string;
}

/** What ends the names of an environment's roles, by the environment's name; absent: not known. */
export type RoleSuffixes = Readonly<Record<string, string>>;

export const SUFFIX_UNKNOWN = defineRefusal({
  code: "role-suffix-unknown",
  title: "The end of the role names is not known",
  why: "Role names end in eight random characters that are made at the first deploy and kept in the state; without them a profile names a role that does not exist.",
  example:
    "device config work: expected the suffix of the roles of personal, got no state that holds it (state/personal-identity.tfstate); deploy personal-identity first, or give --outputs FILE",
  remedy:
    "Deploy the identity stack, give its outputs (`terraform output -json > FILE`) with `--outputs FILE`, ask the account with `--from-account`, or fix `roleSuffix` in the environment.",
  since: "0.2.0",
});

/** The environments whose role names a device's profiles need. */
export function environmentsOfRoles(holder: Holder, all: readonly Environment[]): readonly Environment[] {
  const names = new Set(holder.roles.map((role) => roleReference(holder.environment, role).environment));
  return all.filter(({ name }) => names.has(name));
}

/**
 * The roles that a device may assume, in every account, in the order of the environment file.
 *
 * @throws Refusal where a suffix is not known
 */
export function assumedRoles(
  holder: Holder,
  all: readonly Environment[],
  suffixes: RoleSuffixes,
  where: string,
): readonly AssumedRole[] {
  return holder.roles.flatMap((written) => {
    const reference = roleReference(holder.environment, written);
    const environment = all.find(({ name }) => name === reference.environment);
    const role = environment?.roles[reference.role];
    if (environment === undefined || role === undefined) return [];
    const suffix = environment.roleSuffix ?? suffixes[environment.name];
    if (suffix === undefined) {
      throw new Refusal(SUFFIX_UNKNOWN, {
        where,
        expected: `the suffix of the roles of ${environment.name}`,
        got: "no state or output that holds it",
        remedy: `deploy ${environment.name}-identity first, or give --outputs FILE or --from-account`,
      });
    }
    const arn = new IamArns(environment).role(`${reference.role}-${suffix}`);
    return [{ environment, name: reference.role, role, arn }];
  });
}

/**
 * The suffix that the roles of an environment have, from what its identity stack puts out as `role_arns`.
 *
 * @returns nothing where no role of the environment is among them
 */
export function suffixIn(
  environment: Environment,
  roleArns: Readonly<Record<string, unknown>>,
): string | undefined {
  const arns = new IamArns(environment);
  for (const name of Object.keys(environment.roles)) {
    const arn = roleArns[name];
    const prefix = arns.role(`${name}-`);
    if (typeof arn === "string" && arn.startsWith(prefix)) {
      const suffix = arn.slice(prefix.length);
      if (/^[a-z0-9]{1,16}$/.test(suffix)) return suffix;
    }
  }
  return undefined;
}

/** The same from the names of the roles below the environment's path, as the account lists them. */
export function suffixAmong(environment: Environment, roleNames: readonly string[]): string | undefined {
  const names = Object.keys(environment.roles);
  const [first] = names;
  if (first === undefined) return undefined;
  // `daily` and `daily-x` leave two readings of one name: only a suffix that all roles share counts
  const shared = roleNames
    .filter((listed) => listed.startsWith(`${first}-`))
    .map((listed) => listed.slice(first.length + 1))
    .filter((suffix) => /^[a-z0-9]{8}$/.test(suffix))
    .filter((suffix) => names.every((name) => roleNames.includes(`${name}-${suffix}`)));
  return shared.length === 1 ? shared[0] : undefined;
}
