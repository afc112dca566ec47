import { defineRefusal } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";
import { declaredGroups, declaredUsers } from "../account-names";
import type { Environment } from "../environment";
import { existingNames } from "../existing/principals";
import { isRepositoryName, nameRule } from "../iam-names";
import { roleSuffixCharacters } from "../role-suffix";
import { type EnvironmentRule, environmentFile, violationAt } from "./rule";

export const IAM_NAME_INVALID = defineRefusal({
  code: "iam-name-invalid",
  title: "A name is none that IAM takes",
  why: "Names of users, groups, roles and policies have 1 to 64 or 128 characters of `A-Za-z0-9+=,.@_-`. A plan would not tell; the apply would stop half-way.",
  example:
    'environments/prod.ts: devices.anna laptop: an IAM user name is 1-64 of A-Za-z0-9+=,.@_-, got "anna laptop"; rename the device [iam-name-invalid]',
  remedy:
    "Rename it. Record keys become IAM names, so a rename after the first apply makes a new user, group or role.",
  since: "0.1.0",
});

export const REPOSITORY_NAME_INVALID = defineRefusal({
  code: "repository-name-invalid",
  title: "A repository is not written as owner/name",
  why: "The user's name and the trust in GitHub's token come from it. A wildcard, a dot in the owner or an address would let other repositories in, or none.",
  example:
    'environments/prod.ts: repositories.website: a repository is owner/name as GitHub writes it (owner: 1-39 of A-Za-z0-9_-; name: 1-100 of A-Za-z0-9._-), got "website"; write it as in the repository\'s address [repository-name-invalid]',
  remedy: "Write it as in the repository's address: `octo/website`.",
  since: "0.1.0",
});

export const IAM_NAME_REPEATED = defineRefusal({
  code: "iam-name-repeated",
  title: "Two users, groups or roles of one account have the same name",
  why: "IAM tells names apart without regard to letter case and path. Neither Terraform nor the emulators tell before apply.",
  example:
    'environments/prod.ts: devices.laptop: an IAM user name is unique in its account, without regard to letter case, got "laptop", which environments/prod.ts: devices.Laptop has too as "Laptop"; rename one of them [iam-name-repeated]',
  remedy: "Rename one of them. Environments that share an account count together.",
  since: "0.1.0",
});

/** Every name is one that IAM accepts. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const namesAreValid: EnvironmentRule = (environment, all) => {
  const named = [
    ...Object.keys(environment.devices).map(
      (name) => ({ kind: "user", name, at: ["devices", name] }) as const,
    ),
    ...Object.keys(environment.breakGlass).map(
      (name) => ({ kind: "user", name, at: ["breakGlass", name] }) as const,
    ),
    ...declaredGroups(environment, all).map(
      ({ name, declaredAt }) => ({ kind: "group", name, at: declaredAt }) as const,
    ),
    ...Object.keys(environment.roles).map((name) => ({ kind: "role", name, at: ["roles", name] }) as const),
  ];
  const refused = named.flatMap(({ kind, name, at }) => {
    const rule = nameRule(kind, name, kind === "role" ? roleSuffixCharacters(environment) : 0);
    if (rule === undefined) return [];
    const what = at[0] === "devices" ? "device" : kind;
    return [
      violationAt(environment, at, IAM_NAME_INVALID, {
        expected: rule,
        got: JSON.stringify(name),
        remedy: `rename the ${what}`,
      }),
    ];
  });
  const repositories = Object.keys(environment.repositories)
    .filter((repository) => !isRepositoryName(repository))
    .map((repository) =>
      violationAt(environment, ["repositories", repository], REPOSITORY_NAME_INVALID, {
        expected:
          "a repository is owner/name as GitHub writes it (owner: 1-39 of A-Za-z0-9_-; name: 1-100 of A-Za-z0-9._-)",
        got: JSON.stringify(repository),
        remedy: "write it as in the repository's address",
      }),
    );
  return [...refused, ...repositories];
};

interface Named {
  readonly environment: Environment;
  readonly name: string;
  readonly declaredAt: readonly string[];
}

/**
 * Names are unique in an account without regard to letter case; neither Terraform nor the emulators tell before apply.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
 */
export const namesAreUnique: EnvironmentRule = (environment, all) => {
  const sharing = all.filter(({ accountId }) => accountId === environment.accountId);
  return [
    ...repeated("user", environment, sharing, (one) => [
      ...declaredUsers(one),
      ...existingNames(one, "users"),
    ]),
    ...repeated("group", environment, sharing, (one) => [
      ...declaredGroups(one, all),
      ...existingNames(one, "groups"),
    ]),
    ...repeated("role", environment, sharing, (one) => [
      ...declaredRoles(one),
      ...existingNames(one, "roles"),
    ]),
    ...repeated("policy", environment, sharing, (one) => existingNames(one, "policies")),
  ];
};

function repeated(
  kind: string,
  environment: Environment,
  sharing: readonly Environment[],
  declared: (environment: Environment) => readonly Omit<Named, "environment">[],
): readonly Violation[] {
  const named = sharing.flatMap((other) =>
    declared(other).map((entry) => ({ ...entry, environment: other })),
  );
  const firsts = new Map<string, Named>();
  const found: Violation[] = [];
  for (const entry of named) {
    const first = firsts.get(entry.name.toLowerCase());
    if (first === undefined) firsts.set(entry.name.toLowerCase(), entry);
    else if (entry.environment === environment) {
      found.push(
        violationAt(environment, entry.declaredAt, IAM_NAME_REPEATED, {
          expected: `an IAM ${kind} name is unique in its account, without regard to letter case`,
          got: `"${entry.name}", which ${placeOf(first)} has too${first.name === entry.name ? "" : ` as "${first.name}"`}`,
          remedy: "rename one of them",
        }),
      );
    }
  }
  return found;
}

const placeOf = ({ environment, declaredAt }: Named) =>
  `${environmentFile(environment.name)}: ${declaredAt.join(".")}`;

/** Only a fixed suffix can collide: a random one is the environment's own. */
function declaredRoles(environment: Environment): readonly Omit<Named, "environment">[] {
  return Object.keys(environment.roles).map((name) => ({
    name: `${name}-${environment.roleSuffix ?? `(random suffix of ${environment.name})`}`,
    declaredAt: ["roles", name],
  }));
}
