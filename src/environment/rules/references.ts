import { suggestion } from "../../findings/nearest-name";
import type { Violation } from "../../findings/violation";
import { groupsOfDevice } from "../device-groups";
import type { Environment } from "../environment";
import { quotas } from "../quotas";
import { breakGlassThatAssume, devicesThatAssume, roleReference } from "../role-references";
import { type EnvironmentRule, violationAt } from "./rule";

/** Every device is in a group that exists, and in no more than IAM allows. */
export const devicesHaveGroups: EnvironmentRule = (environment) =>
  Object.entries(environment.devices).flatMap(([name, device]) => {
    const groups = groupsOfDevice(environment, device);
    const declared = Object.keys(environment.developerGroups);
    const at = ["devices", name, "groups"];
    if (groups.length === 0) {
      return [
        violationAt(environment, at, {
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
      ...tooMany(environment, at, groups),
    ];
  });

/** Every repository is in a CI group that exists, and in no more than IAM allows. */
export const repositoriesHaveGroups: EnvironmentRule = (environment) =>
  Object.entries(environment.repositories).flatMap(([name, { groups }]) => {
    const declared = Object.keys(environment.ciGroups);
    const at = ["repositories", name, "groups"];
    if (groups.length === 0) {
      return [
        violationAt(environment, at, {
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
      violationAt(environment, ["devices", name, "roles"], {
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
      violationAt(environment, at, {
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
      violationAt(environment, at, {
        expected: `a role that ${target === environment ? "this environment" : target.name} declares`,
        got: `"${written}"`,
        remedy: suggestion(written, known, "declare the role in roles"),
      }),
    ];
  }
  if (target.accountId !== environment.accountId && target.roleSuffix === undefined) {
    return [
      violationAt(environment, at, {
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
        role.trust.externalUsers.length === 0 &&
        devicesThatAssume(all, { environment: environment.name, role: name }).length === 0 &&
        breakGlassThatAssume(environment, name).length === 0,
    )
    .map(([name]) =>
      violationAt(environment, ["roles", name], {
        expected: "somebody can assume the role",
        got: "a role that no device or break-glass user lists, with no service, github or trust.externalUsers",
        remedy: `add "${name}" to a device's roles, or remove the role`,
      }),
    );

function unknownNames(
  environment: Environment,
  at: readonly PropertyKey[],
  what: string,
  written: readonly string[],
  declared: readonly string[],
): readonly Violation[] {
  return written.flatMap((name, index) => unknownName(environment, [...at, index], what, name, declared));
}

export function unknownName(
  environment: Environment,
  at: readonly PropertyKey[],
  what: string,
  name: string,
  declared: readonly string[],
): readonly Violation[] {
  if (declared.includes(name)) return [];
  return [
    violationAt(environment, at, {
      expected: `a ${what} that this environment declares`,
      got: `"${name}"`,
      remedy: suggestion(name, declared, `declare the ${what}`),
    }),
  ];
}

function tooMany(
  environment: Environment,
  at: readonly PropertyKey[],
  groups: readonly string[],
): readonly Violation[] {
  if (groups.length <= quotas.groupsPerUser) return [];
  return [
    violationAt(environment, at, {
      expected: `an IAM user is in at most ${quotas.groupsPerUser} groups`,
      got: `${groups.length}`,
      remedy: "merge some of the groups; AWS does not raise this limit",
    }),
  ];
}
