import { suggestion } from "../../findings/nearest-name";
import { defineRefusal } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";
import { assumeGroupsOf } from "../assume-groups";
import { groupsOfDevice } from "../device-groups";
import type { Environment } from "../environment";
import { QUOTA_EXCEEDED, quotas } from "../quotas";
import { breakGlassThatAssume, devicesThatAssume, roleReference } from "../role-references";
import { type EnvironmentRule, violationAt } from "./rule";
import { UNKNOWN_NAME, unknownNames } from "./unknown-name";

export const GROUP_MISSING = defineRefusal({
  code: "group-missing",
  title: "A device or repository is in no group",
  why: "Groups carry what a user may do as itself, and the guard. A device without one could not rotate its own key; a repository without one could do nothing.",
  example:
    'environments/prod.ts: devices.laptop.groups: a device is in at least one developer group, which carries self-service and the guard, got an empty list; use one of "developers" [group-missing]',
  remedy: "List a group in `groups`, or declare one in `developerGroups` or `ciGroups`.",
  since: "0.1.0",
});

export const GUARD_MISSING = defineRefusal({
  code: "guard-missing",
  title: "A device that may assume a role is in no group with the guard",
  why: "Without the guard, the long-term key alone decides from everywhere, whatever the role's trust asks for.",
  example:
    "environments/prod.ts: devices.laptop.roles: a user in a trust policy is in a group with the guard, got only groups whose guard is switched off; add a group with the guard, or take the roles away [guard-missing]",
  remedy: "Add a group whose guard is switched on, or take the roles away.",
  since: "0.1.0",
});

export const ROLE_SUFFIX_MISSING = defineRefusal({
  code: "role-suffix-missing",
  title: "A role that users have to be allowed by its name ends in a random suffix",
  why: "Across accounts, and where a role is assumed by group, the user needs `sts:AssumeRole` on exactly that role, and a random suffix is known to a state only.",
  example:
    'environments/prod.ts: devices.laptop.roles[1]: a role of another account has a fixed suffix, so that sts:AssumeRole can be allowed on exactly it, got "stage/daily", whose name ends at random; give stage a roleSuffix [role-suffix-missing]',
  remedy: "Give the environment of the role a `roleSuffix`.",
  since: "0.1.0",
});

export const ROLE_UNASSUMABLE = defineRefusal({
  code: "role-unassumable",
  title: "Nobody can assume a role",
  why: "A role without a caller is a mistake or a left-over, and the next change of its trust would go unnoticed.",
  example:
    'environments/prod.ts: roles.orphan: somebody can assume the role, got a role that no device or break-glass user lists, with no service, github, saml, oidc, permissionSet or trust.externalUsers; add "orphan" to a device\'s roles, or remove the role [role-unassumable]',
  remedy:
    "List it in a device's `roles`, give it `service`, `github` or `trust.externalUsers`, or remove it.",
  since: "0.1.0",
});

/** Every device is in a group that exists, and in no more than IAM allows. */
export const devicesHaveGroups: EnvironmentRule = (environment, all) =>
  Object.entries(environment.devices).flatMap(([name, device]) => {
    const groups = groupsOfDevice(environment, device);
    const declared = Object.keys(environment.developerGroups);
    const at = ["devices", name, "groups"];
    if (groups.length === 0) {
      return [
        violationAt(environment, at, GROUP_MISSING, {
          expected: "a device is in at least one developer group, which carries self-service and the guard",
          got:
            device.groups === undefined
              ? `nothing, with ${declared.length} groups to choose from`
              : "an empty list",
          remedy: suggestion("", declared, "declare a group in developerGroups"),
        }),
      ];
    }
    return [
      ...unknownNames(environment, at, "developer group", groups, declared),
      ...tooMany(environment, at, [...groups, ...assumeGroupsOf(environment, all, name)]),
    ];
  });

/** Every repository is in a CI group that exists, and in no more than IAM allows. */
export const repositoriesHaveGroups: EnvironmentRule = (environment) =>
  Object.entries(environment.repositories).flatMap(([name, { groups }]) => {
    const declared = Object.keys(environment.ciGroups);
    const at = ["repositories", name, "groups"];
    if (groups.length === 0) {
      return [
        violationAt(environment, at, GROUP_MISSING, {
          expected: "a repository is in at least one CI group",
          got: "an empty list",
          remedy: suggestion("", declared, "declare a group in ciGroups"),
        }),
      ];
    }
    return [
      ...unknownNames(environment, at, "CI group", groups, declared),
      ...tooMany(environment, at, groups),
    ];
  });

/** A device that may assume a role is under a guard: without one, its key alone would decide. */
export const assumersAreGuarded: EnvironmentRule = (environment) => [
  ...Object.entries(environment.devices)
    .filter(([, { roles }]) => roles.length > 0)
    .filter(([, device]) => {
      const groups = groupsOfDevice(environment, device).map((group) => environment.developerGroups[group]);
      return (
        groups.some((group) => group !== undefined) &&
        !groups.some((group) => group?.guard.mfa || group?.guard.networks)
      );
    })
    .map(([name]) =>
      violationAt(environment, ["devices", name, "roles"], GUARD_MISSING, {
        expected: "a user in a trust policy is in a group with the guard",
        got: "only groups whose guard is switched off",
        remedy: "add a group with the guard, or take the roles away",
      }),
    ),
];

/** Every role that a device or break-glass user lists exists, and can be named exactly where it is in another account. */
export const rolesExist: EnvironmentRule = (environment, all, unread) => [
  ...Object.entries(environment.devices).flatMap(([name, device]) =>
    device.roles.flatMap((written, index) =>
      unread.has(roleReference(environment, written).environment)
        ? []
        : roleViolations(environment, all, ["devices", name, "roles", index], written),
    ),
  ),
  ...Object.entries(environment.breakGlass).flatMap(([name, { roles }]) =>
    unknownNames(environment, ["breakGlass", name, "roles"], "role", roles, Object.keys(environment.roles)),
  ),
];

function roleViolations(
  environment: Environment,
  all: readonly Environment[],
  at: readonly PropertyKey[],
  written: string,
): readonly Violation[] {
  const reference = roleReference(environment, written);
  const target =
    reference.environment === environment.name
      ? environment
      : all.find(({ name }) => name === reference.environment);
  if (target === undefined) {
    const names = all.map(({ name }) => name);
    return [
      violationAt(environment, at, UNKNOWN_NAME, {
        expected: "an environment that exists before the slash",
        got: `"${written}"`,
        remedy: suggestion(reference.environment, names, "declare the environment"),
      }),
    ];
  }
  if (!Object.hasOwn(target.roles, reference.role)) {
    const known = Object.keys(target.roles).map((role) =>
      target === environment ? role : `${target.name}/${role}`,
    );
    return [
      violationAt(environment, at, UNKNOWN_NAME, {
        expected: `a role that ${target === environment ? "this environment" : target.name} declares`,
        got: `"${written}"`,
        remedy: suggestion(written, known, "declare the role in roles"),
      }),
    ];
  }
  const byGroup = target.roles[reference.role]?.trust.devices === "by-group";
  if (byGroup && target.roleSuffix === undefined) {
    return [
      violationAt(environment, at, ROLE_SUFFIX_MISSING, {
        expected:
          "a role that is assumed by group has a fixed suffix, so that its group is allowed exactly it",
        got: `"${written}", whose name ends at random`,
        remedy: `give ${target.name} a roleSuffix; where it is deployed already, the one that its roles have`,
      }),
    ];
  }
  if (target.accountId !== environment.accountId && target.roleSuffix === undefined) {
    return [
      violationAt(environment, at, ROLE_SUFFIX_MISSING, {
        expected:
          "a role of another account has a fixed suffix, so that sts:AssumeRole can be allowed on exactly it",
        got: `"${written}", whose name ends at random`,
        remedy: `give ${target.name} a roleSuffix`,
      }),
    ];
  }
  return [];
}

/** A role that nobody can assume is a mistake or a left-over. */
export const rolesAreAssumable: EnvironmentRule = (environment, all, unread) =>
  Object.entries(environment.roles)
    .filter(() => unread.size === 0)
    .filter(
      ([name, role]) =>
        role.service === undefined &&
        role.github === undefined &&
        role.saml === undefined &&
        role.oidc === undefined &&
        role.permissionSet === undefined &&
        role.trust.externalUsers.length === 0 &&
        devicesThatAssume(all, { environment: environment.name, role: name }).length === 0 &&
        breakGlassThatAssume(environment, name).length === 0,
    )
    .map(([name]) =>
      violationAt(environment, ["roles", name], ROLE_UNASSUMABLE, {
        expected: "somebody can assume the role",
        got: "a role that no device or break-glass user lists, with no service, github, saml, oidc, permissionSet or trust.externalUsers",
        remedy: `add "${name}" to a device's roles, or remove the role`,
      }),
    );

function tooMany(
  environment: Environment,
  at: readonly PropertyKey[],
  groups: readonly string[],
): readonly Violation[] {
  if (groups.length <= quotas.groupsPerUser) return [];
  return [
    violationAt(environment, at, QUOTA_EXCEEDED, {
      expected: `an IAM user is in at most ${quotas.groupsPerUser} groups`,
      got: `${groups.length}`,
      remedy: "merge some of the groups; AWS does not raise this limit",
    }),
  ];
}
