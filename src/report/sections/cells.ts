import type { Answer, EnvironmentAccess, UserAccess } from "../access-report";
import type { Conditions } from "../conditions";
import { type DocumentCell, type Line, line } from "../document";
import { labelIn } from "../labels";
import { abbreviated, distinct } from "../shown";

/** Names in one cell before the rest is counted. */
export const MOST_NAMES = 12;

/** Names of users, and what is out of the ordinary about them. */
export function userNames(user: UserAccess, environment: EnvironmentAccess): DocumentCell {
  const { names, accountId, kind, terraformCredentials, ownPolicies, permissionsBoundary } = user;
  return [
    ...abbreviated(names, MOST_NAMES).map((name) => line(labelIn(environment, { name, accountId }), "name")),
    ...(kind === "break-glass" ? [line("(break-glass)", "quiet")] : []),
    ...(ownPolicies.length > 0 ? [line(`(own policies: ${ownPolicies.join(", ")})`, "alarm")] : []),
    ...(permissionsBoundary === undefined ? [] : [line(`(boundary: ${permissionsBoundary})`, "quiet")]),
    ...(terraformCredentials.length > 0 ? [line("(Terraform keeps a secret of it)", "alarm")] : []),
  ];
}

/** Beside each name its owner, where all names are shown. */
export function userOwners({ owners, names }: UserAccess): DocumentCell {
  const each = names.length <= MOST_NAMES ? owners : abbreviated(distinct(owners), MOST_NAMES);
  return each.map((owner) => line(owner));
}

export function userGroups({ groups }: UserAccess): DocumentCell {
  return groups.length === 0 ? [line("none", "weak")] : groups.map((name) => line(name));
}

/** A role's name, and whether it is an administrator's. */
export function roleLine(name: string, administrator: Answer): Line {
  if (administrator === "yes") return line(`${name} (admin)`, "alarm");
  return administrator === "unknown" ? line(`${name} (admin?)`, "open") : line(name, "name");
}

/** Something that can be had without MFA or from anywhere. */
export function isWeak(conditions: readonly Conditions[]): boolean {
  return conditions.some(({ mfa, networks }) => mfa === undefined || networks === undefined);
}
