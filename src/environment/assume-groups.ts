import { IamArns } from "./arns";
import type { Environment } from "./environment";
import { roleReference } from "./role-references";
import type { Role } from "./roles";

/** A group whose members may ask for one role: how roles with more devices than a trust policy holds are assumed. */
export interface AssumeGroup {
  readonly name: string;
  /** The environment of the role. */
  readonly owner: Environment;
  readonly roleName: string;
  readonly role: Role;
  /** Of the role, whose suffix is fixed. */
  readonly roleArn: string;
  /** Devices of this environment that list the role, sorted. */
  readonly members: readonly string[];
}

const known = new WeakMap<readonly Environment[], Map<Environment, readonly AssumeGroup[]>>();

/** The groups that an environment has for roles that are assumed by group, in the order of their names. */
export function assumeGroups(environment: Environment, all: readonly Environment[]): readonly AssumeGroup[] {
  // asked for every device of thousands
  const groups = known.get(all) ?? new Map<Environment, readonly AssumeGroup[]>();
  known.set(all, groups);
  const found = groups.get(environment) ?? groupsFor(environment, all);
  groups.set(environment, found);
  return found;
}

function groupsFor(environment: Environment, all: readonly Environment[]): readonly AssumeGroup[] {
  const members = new Map<string, string[]>();
  for (const [name, { roles }] of Object.entries(environment.devices)) {
    for (const written of roles) {
      const { environment: owner, role } = roleReference(environment, written);
      const key = `${owner}/${role}`;
      members.set(key, [...(members.get(key) ?? []), name]);
    }
  }
  return [...members]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([key, names]) => {
      const [ownerName = "", roleName = ""] = key.split("/");
      const owner = all.find(({ name }) => name === ownerName);
      const role =
        owner !== undefined && Object.hasOwn(owner.roles, roleName) ? owner.roles[roleName] : undefined;
      if (owner === undefined || role === undefined || role.trust.devices !== "by-group") return [];
      const of = owner === environment ? "" : `${owner.name}-`;
      return [
        {
          name: `${environment.namespace}-assume-${of}${roleName}`,
          owner,
          roleName,
          role,
          roleArn: new IamArns(owner).role(`${roleName}-${owner.roleSuffix ?? ""}`),
          members: [...names].sort(),
        },
      ];
    });
}

/** Names of the groups for roles that a device joins besides its own. */
export function assumeGroupsOf(
  environment: Environment,
  all: readonly Environment[],
  device: string,
): readonly string[] {
  return assumeGroups(environment, all)
    .filter(({ members }) => members.includes(device))
    .map(({ name }) => name);
}
