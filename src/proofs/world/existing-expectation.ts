import { IamArns } from "../../environment/arns";
import type { Environment } from "../../environment/environment";
import { existingUserArn, groupArn } from "../../environment/existing/principals";
import type { ExistingDocument } from "../../environment/existing/schema";
import { listOf, type Statement } from "../../iam/policy-document";
import type { ExpectedGroup, ExpectedRole, ExpectedUser } from "./expectation";

/**
 * What is asked of principals that the account had before: that people are under the guard, hold nothing themselves and
 * look after their own keys, as if they were devices. Nobody promised it; a broken proof is what is left to mend.
 */
export function existingUsers(environment: Environment): readonly ExpectedUser[] {
  const asksForNetworks = environment.allowedNetworks.length + environment.allowedVpcs.length > 0;
  return Object.entries(environment.existing.users).map(([name, { as, groups }]) => ({
    arn: existingUserArn(environment, name),
    kind: as === "repository" ? "ci" : "device",
    groups: groups.map((group) => groupArn(environment, group)),
    declaredAt: `existing.users.${name}`,
    ...(as === "device" && { guard: { mfa: true, networks: asksForNetworks } }),
    ...(as === "other" && { isNobodysDevice: true }),
  }));
}

export function existingGroups(environment: Environment): readonly ExpectedGroup[] {
  const arns = new IamArns(environment);
  return Object.entries(environment.existing.groups).map(([name, { as, path }]) => ({
    arn: arns.group(name, path),
    kind: as === "ci" ? "ci" : "device",
    guard: { mfa: false, networks: false },
    selfReactivation: false,
    wasThereBefore: true,
    declaredAt: `existing.groups.${name}`,
  }));
}

/** Of roles: their trust declares the users and services that it names; everybody else whom it lets in is told. */
export function existingRoles(environment: Environment): readonly ExpectedRole[] {
  const arns = new IamArns(environment);
  const asksForNetworks = environment.allowedNetworks.length + environment.allowedVpcs.length > 0;
  return Object.entries(environment.existing.roles).map(
    ([name, { path, administrator, permissionsBoundary, trust }]) => {
      const { users, services } = namedIn(trust);
      const isOwn = (arn: string) => arn.split(":")[4] === environment.accountId;
      return {
        arn: arns.role(name, path),
        administrator,
        users: users.filter(isOwn),
        externalUsers: users.filter((arn) => !isOwn(arn)),
        maxMfaAgeSeconds: 3600,
        networks: asksForNetworks,
        sourceIdentity: false,
        services,
        wasThereBefore: true,
        boundary: permissionsBoundary !== undefined,
        declaredAt: `existing.roles.${name}`,
      };
    },
  );
}

/** Users by their ARNs and services that Allow statements of a trust policy name. */
function namedIn({ Statement }: ExistingDocument): {
  readonly users: readonly string[];
  readonly services: readonly string[];
} {
  const statements = (Array.isArray(Statement) ? Statement : [Statement]) as readonly Partial<Statement>[];
  const principals = statements.flatMap(({ Effect, Principal }) =>
    Effect === "Allow" && typeof Principal === "object" && Principal !== null ? [Principal] : [],
  );
  return {
    users: [
      ...new Set(principals.flatMap(({ AWS }) => listOf(AWS)).filter((arn) => /:user\/[^*?]+$/.test(arn))),
    ],
    services: [...new Set(principals.flatMap(({ Service }) => listOf(Service)))],
  };
}
