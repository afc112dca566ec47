import { defineRefusal } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";
import { declaredGroups } from "../account-names";
import type { Environment } from "../environment";
import { existingNames } from "../existing/principals";
import { isRepositoryName, type NamedKind, nameRule } from "../iam-names";
import { QUOTA_EXCEEDED, quotas } from "../quotas";
import { IAM_NAME_INVALID, REPOSITORY_NAME_INVALID } from "./names";
import { MANAGED_POLICY, MANAGED_POLICY_NAME_INVALID } from "./role-policies";
import { type EnvironmentRule, violationAt } from "./rule";
import { unknownNames } from "./unknown-name";

export const EXISTING_RESERVED = defineRefusal({
  code: "existing-reserved",
  title: "An existing principal is one that AWS keeps for itself",
  why: "Below `/aws-service-role/` and `/aws-reserved/` IAM refuses every change: service-linked roles and those of Identity Center belong to the service that made them.",
  example:
    'environments/prod.ts: existing.roles.AWSServiceRoleForSupport.path: a path that IAM lets you change, got "/aws-service-role/support.amazonaws.com/"; take the role out: the service owns it [existing-reserved]',
  remedy: "Take it out of `existing`; `baseline import` leaves it out by itself.",
  since: "0.2.0",
});

const KINDS = { users: "user", groups: "group", roles: "role", policies: "policy" } as const satisfies Record<
  string,
  NamedKind
>;

/** Existing principals have names that IAM takes, groups that are declared, and policies by their ARNs. */
export const existingIsValid: EnvironmentRule = (environment, all) => [
  ...(Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((kind) => namesOf(environment, kind)),
  ...usersOf(environment, all),
  ...policiesOf(environment),
  ...pathsOf(environment),
];

function namesOf(environment: Environment, kind: keyof typeof KINDS): readonly Violation[] {
  return existingNames(environment, kind).flatMap(({ name, declaredAt }) => {
    const rule = nameRule(KINDS[kind], name);
    if (rule === undefined) return [];
    return [
      violationAt(environment, declaredAt, IAM_NAME_INVALID, {
        expected: rule,
        got: JSON.stringify(name),
        remedy: "write the name that it has in the account",
      }),
    ];
  });
}

function usersOf(environment: Environment, all: readonly Environment[]): readonly Violation[] {
  const declared = [
    ...declaredGroups(environment, all).map(({ name }) => name),
    ...Object.keys(environment.existing.groups),
  ];
  return Object.entries(environment.existing.users).flatMap(([name, { as, repository, groups }]) => {
    const at = ["existing", "users", name];
    return [
      ...unknownNames(environment, [...at, "groups"], "group", groups, declared),
      ...(groups.length <= quotas.groupsPerUser
        ? []
        : [
            violationAt(environment, [...at, "groups"], QUOTA_EXCEEDED, {
              expected: `an IAM user is in at most ${quotas.groupsPerUser} groups`,
              got: `${groups.length}`,
              remedy: "merge some of the groups; AWS does not raise this limit",
            }),
          ]),
      ...((as === "repository" || repository !== undefined) && !isRepositoryName(repository ?? "")
        ? [
            violationAt(environment, [...at, "repository"], REPOSITORY_NAME_INVALID, {
              expected: "the repository whose CI has the key, owner/name as GitHub writes it",
              got: repository === undefined ? "none" : JSON.stringify(repository),
              remedy: 'write it as in the repository\'s address, or say as: "other"',
            }),
          ]
        : []),
    ];
  });
}

function policiesOf(environment: Environment): readonly Violation[] {
  const { users, groups, roles } = environment.existing;
  return Object.entries({ users, groups, roles }).flatMap(([kind, record]) =>
    Object.entries<{ managedPolicies: readonly string[]; permissionsBoundary?: string | undefined }>(
      record,
    ).flatMap(([name, { managedPolicies, permissionsBoundary }]) =>
      [
        ...managedPolicies.map((policy, index) => ({ policy, at: ["managedPolicies", index] })),
        ...(permissionsBoundary === undefined
          ? []
          : [{ policy: permissionsBoundary, at: ["permissionsBoundary"] }]),
      ]
        .filter(
          ({ policy, at }) =>
            !MANAGED_POLICY.test(policy) || (at.length === 2 && managedPolicies.indexOf(policy) !== at[1]),
        )
        .map(({ policy, at }) =>
          violationAt(environment, ["existing", kind, name, ...at], MANAGED_POLICY_NAME_INVALID, {
            expected:
              "an AWS managed policy by its name with path (job-function/ViewOnlyAccess), or a policy ARN, each once",
            got: JSON.stringify(policy),
            remedy: "correct or remove it",
          }),
        ),
    ),
  );
}

const RESERVED = /^\/aws-(?:service-role|reserved)\//;

function pathsOf(environment: Environment): readonly Violation[] {
  return Object.entries(environment.existing.roles)
    .filter(([, { path }]) => RESERVED.test(path))
    .map(([name, { path }]) =>
      violationAt(environment, ["existing", "roles", name, "path"], EXISTING_RESERVED, {
        expected: "a path that IAM lets you change",
        got: JSON.stringify(path),
        remedy: "take the role out: the service owns it",
      }),
    );
}
