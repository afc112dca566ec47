import { assumeGroups } from "./assume-groups";
import type { Environment } from "./environment";
import { repositoryUserName } from "./iam-names";
import { iamPaths } from "./iam-paths";

/** Names of what every environment has besides what it declares; they carry the namespace, so two never meet in one account. */
export function policyName(environment: Pick<Environment, "namespace">, role: string): string {
  return `${environment.namespace}-${role}`;
}

/** The group of the break-glass users, made where there are any. */
export function breakGlassGroupName(environment: Pick<Environment, "namespace">): string {
  return `${environment.namespace}-break-glass`;
}

/** An IAM user that an environment declares. */
export interface DeclaredUser {
  readonly name: string;
  readonly path: string;
  readonly kind: "device" | "ci" | "break-glass";
  /** Path in the environment's file. */
  readonly declaredAt: readonly [section: string, key: string];
}

/** Every user of an environment: devices, break-glass users, repositories. */
export function declaredUsers(environment: Environment): readonly DeclaredUser[] {
  const paths = iamPaths(environment.namespace);
  return [
    ...Object.keys(environment.devices).map(
      (name) => ({ name, path: paths.device, kind: "device", declaredAt: ["devices", name] }) as const,
    ),
    ...Object.keys(environment.breakGlass).map(
      (name) =>
        ({ name, path: paths.breakGlass, kind: "break-glass", declaredAt: ["breakGlass", name] }) as const,
    ),
    ...Object.keys(environment.repositories).map(
      (repository) =>
        ({
          name: repositoryUserName(repository),
          path: paths.ci,
          kind: "ci",
          declaredAt: ["repositories", repository],
        }) as const,
    ),
  ];
}

/** Every group of an environment, with its place in the file. */
export function declaredGroups(
  environment: Environment,
  all: readonly Environment[],
): readonly { name: string; declaredAt: readonly string[] }[] {
  const breakGlass = Object.keys(environment.breakGlass).length > 0;
  return [
    ...Object.keys(environment.developerGroups).map((name) => ({
      name,
      declaredAt: ["developerGroups", name],
    })),
    ...Object.keys(environment.ciGroups).map((name) => ({ name, declaredAt: ["ciGroups", name] })),
    ...assumeGroups(environment, all).map(({ name, roleName }) => ({
      name,
      declaredAt: ["roles", roleName],
    })),
    ...(breakGlass ? [{ name: breakGlassGroupName(environment), declaredAt: ["breakGlass"] }] : []),
  ];
}
