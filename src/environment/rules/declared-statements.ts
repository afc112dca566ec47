import type { Environment } from "../environment";
import type { DeclaredStatement } from "../policy-statement";

/** A list of statements that an environment holds, with its place there. */
export interface StatementList {
  readonly at: readonly PropertyKey[];
  readonly statements: readonly DeclaredStatement[];
}

/** Every list of statements of an environment: of CI groups, of roles, of their boundaries. */
export function declaredStatements({ ciGroups, roles }: Environment): readonly StatementList[] {
  return [
    ...Object.entries(ciGroups).map(([name, { statements }]) => ({
      at: ["ciGroups", name, "statements"],
      statements,
    })),
    ...Object.entries(roles).flatMap(([name, { statements, permissionsBoundary }]) => [
      { at: ["roles", name, "statements"], statements },
      ...(typeof permissionsBoundary === "object"
        ? [{ at: ["roles", name, "permissionsBoundary"], statements: permissionsBoundary }]
        : []),
    ]),
  ];
}

/** A managed policy that an environment names, with its place there. */
export interface NamedPolicy {
  readonly at: readonly PropertyKey[];
  readonly policy: string;
}

/** Every managed policy that an environment names: attached, or as a boundary. */
export function namedPolicies({ ciGroups, roles }: Environment): readonly NamedPolicy[] {
  const attached = (section: string, name: string, policies: readonly string[]) =>
    policies.map((policy, index) => ({ at: [section, name, "managedPolicies", index], policy }));
  return [
    ...Object.entries(ciGroups).flatMap(([name, { managedPolicies }]) =>
      attached("ciGroups", name, managedPolicies),
    ),
    ...Object.entries(roles).flatMap(([name, { managedPolicies, permissionsBoundary }]) => [
      ...attached("roles", name, managedPolicies),
      ...(typeof permissionsBoundary === "string"
        ? [{ at: ["roles", name, "permissionsBoundary"], policy: permissionsBoundary }]
        : []),
    ]),
  ];
}
