import type { Violation } from "../../findings/violation";
import { declaredGroups, declaredUsers, roleSuffixCharacters } from "../account-names";
import type { Environment } from "../environment";
import { isRepositoryName, nameRule } from "../iam-names";
import { type EnvironmentRule, environmentFile, violationAt } from "./rule";

/** Every name is one that IAM accepts. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const namesAreValid: EnvironmentRule = (environment) => {
  const named = [
    ...Object.keys(environment.devices).map(
      (name) => ({ kind: "user", name, at: ["devices", name] }) as const,
    ),
    ...Object.keys(environment.breakGlass).map(
      (name) => ({ kind: "user", name, at: ["breakGlass", name] }) as const,
    ),
    ...declaredGroups(environment).map(
      ({ name, declaredAt }) => ({ kind: "group", name, at: declaredAt }) as const,
    ),
    ...Object.keys(environment.roles).map((name) => ({ kind: "role", name, at: ["roles", name] }) as const),
  ];
  const refused = named.flatMap(({ kind, name, at }) => {
    const rule = nameRule(kind, name, kind === "role" ? roleSuffixCharacters(environment) : 0);
    if (rule === undefined) return [];
    const what = at[0] === "devices" ? "device" : kind;
    return [
      violationAt(environment, at, {
        expected: rule,
        got: JSON.stringify(name),
        remedy: `rename the ${what}`,
      }),
    ];
  });
  const repositories = Object.keys(environment.repositories)
    .filter((repository) => !isRepositoryName(repository))
    .map((repository) =>
      violationAt(environment, ["repositories", repository], {
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
    ...repeated("user", environment, sharing, declaredUsers),
    ...repeated("group", environment, sharing, declaredGroups),
    ...repeated("role", environment, sharing, declaredRoles),
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
        violationAt(environment, entry.declaredAt, {
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
