import { declaredUsers } from "../../environment/account-names";
import type { Environment } from "../../environment/environment";
import { roleReference } from "../../environment/role-references";
import { AMBIGUOUS_NAME, UNKNOWN_NAME } from "../../environment/rules/unknown-name";
import { nearestName } from "../../findings/nearest-name";
import { Refusal } from "../../findings/refusal";

/** Whose keys and sessions are meant. */
export interface RespondTarget {
  readonly userName: string;
  /** Environments to look for it in; none: those of the account that the credentials are of. */
  readonly environments: readonly string[];
  /** An environment declares the user, or lets it assume its roles. */
  readonly isDeclared: boolean;
}

/**
 * Any user of an account may leak its key, also one that nobody declares.
 *
 * @param name IAM user name, or a repository as `owner/name`
 * @throws Refusal where several environments declare the name, or there is no such environment
 */
export function respondTarget(
  all: readonly Environment[],
  name: string,
  environmentName: string | undefined,
): RespondTarget {
  if (environmentName !== undefined && !all.some((one) => one.name === environmentName)) {
    throw new Refusal(
      UNKNOWN_NAME,
      `--environment ${environmentName}: environments/index.ts lists none of this name`,
    );
  }
  const found = all.flatMap((environment) =>
    declaredUsers(environment)
      .filter((user) => user.name === name || user.declaredAt[1] === name)
      .map((user) => ({ environment: environment.name, userName: user.name })),
  );
  if (environmentName !== undefined) {
    const userName =
      found.find(({ environment }) => environment === environmentName)?.userName ?? found[0]?.userName;
    return {
      userName: userName ?? name,
      environments: [environmentName],
      isDeclared: userName !== undefined,
    };
  }
  const [first, ...rest] = found;
  if (first === undefined) return { userName: name, environments: [], isDeclared: false };
  if (rest.length > 0) {
    throw new Refusal(
      AMBIGUOUS_NAME,
      `user "${name}": ${found.map(({ environment }) => environment).join(" and ")} declare it; say which with --environment`,
    );
  }
  return { userName: first.userName, environments: [first.environment], isDeclared: true };
}

/** @throws Refusal that names the nearest user of the environments */
export function refuseUnknown(all: readonly Environment[], name: string, accountId: string): never {
  const near = nearestName(
    name,
    all.flatMap((environment) => declaredUsers(environment).map((user) => user.name)),
  );
  throw new Refusal(UNKNOWN_NAME, {
    where: `user "${name}"`,
    expected: `a user of account ${accountId}`,
    got: "none of this name",
    remedy: near === undefined ? "look at baseline keys list" : `did you mean "${near}"?`,
  });
}

/** Environments of other accounts whose roles the user assumes: sessions there are theirs to end. */
export function environmentsElsewhere(
  all: readonly Environment[],
  home: Environment,
  userName: string,
): readonly string[] {
  const roles = home.devices[userName]?.roles ?? [];
  const names = roles.map((role) => roleReference(home, role).environment);
  return [...new Set(names)]
    .filter((name) => {
      const other = all.find((one) => one.name === name);
      return other !== undefined && other.accountId !== home.accountId;
    })
    .sort();
}
