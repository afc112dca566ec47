import { policyName } from "../environment/account-names";
import { IamArns } from "../environment/arns";
import type { AssumeGroup } from "../environment/assume-groups";
import { groupsOfDevice } from "../environment/device-groups";
import type { Environment } from "../environment/environment";
import { roleReference } from "../environment/role-references";
import type { Role } from "../environment/roles";
import type { Device, GuardParts } from "../environment/users";
import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document";
import { assumeRolesDocument } from "./assume-roles";
import { denyOutsideRunnerNetworks } from "./ci-network";
import { denyElsewhere, guardDocument } from "./guard";
import { reactivationStatements } from "./key-reactivation";
import { networksOf } from "./networks-of";
import { planStatements } from "./plan-role";
import { selfServiceDocument } from "./self-service";
import { SESSION_CUTOFF, sessionCutoffDocument } from "./session-cutoff-policy";

/** A policy with the name it has in the account. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** The guard of break-glass users. */
export const FULL_GUARD: GuardParts = { mfa: true, networks: true };

/** The guard with some of its parts; groups with the same parts share one policy. Federation tokens are denied in each. */
export function guardPolicy(environment: Environment, parts: GuardParts): NamedPolicy {
  const variant =
    parts.mfa && parts.networks ? "" : parts.mfa ? "-mfa" : parts.networks ? "-networks" : "-federation";
  return {
    name: policyName(environment, `guard${variant}`),
    document: guardDocument({
      anyUserArn: new IamArns(environment).anyUser,
      mfa: parts.mfa,
      ...(parts.networks && { networks: networksOf(environment) }),
    }),
  };
}

/** Self-service of one kind of user. */
export function selfServicePolicy(
  environment: Environment,
  kind: "device" | "breakGlass",
  allowSelfReactivation: boolean,
): NamedPolicy {
  const arns = new IamArns(environment);
  const variant =
    kind === "breakGlass" ? "-break-glass" : allowSelfReactivation ? "" : "-without-reactivation";
  return {
    name: policyName(environment, `self-service${variant}`),
    document: selfServiceDocument({
      userArnPrefix: arns.user(arns.paths[kind], ""),
      mfaArnPrefix: arns.mfa(""),
      allowSelfReactivation,
    }),
  };
}

/** What a developer group needs for roles of other accounts that its devices list; nothing where there are none. */
export function assumeRolesPolicy(
  environment: Environment,
  all: readonly Environment[],
  group: string,
): NamedPolicy | undefined {
  const members = Object.entries(environment.devices).filter(([, device]) =>
    groupsOfDevice(environment, device).includes(group),
  );
  const grants = new Map<string, { roleArns: string[]; users: readonly string[]; sourceIdentity: boolean }>();
  for (const { arn, role, users } of rolesElsewhere(environment, all, members)) {
    const { sourceIdentity } = role.trust;
    const key = JSON.stringify([users, sourceIdentity]);
    const roleArns = [...(grants.get(key)?.roleArns ?? []), arn].sort();
    grants.set(key, { roleArns, users, sourceIdentity });
  }
  if (grants.size === 0) return undefined;
  const arns = new IamArns(environment);
  const sorted = [...grants.values()].sort((a, b) =>
    (a.roleArns[0] ?? "") < (b.roleArns[0] ?? "") ? -1 : 1,
  );
  return {
    name: policyName(environment, "assume-roles"),
    document: assumeRolesDocument(
      sorted.map(({ roleArns, users, sourceIdentity }) => ({
        roleArns,
        sourceIdentity,
        ...(users.length < members.length && {
          onlyUserArns: users.map((user) => arns.user(arns.paths.device, user)),
        }),
      })),
    ),
  };
}

/** Roles of other accounts that some of these devices list, each with the devices that do. */
function rolesElsewhere(
  environment: Environment,
  all: readonly Environment[],
  devices: readonly (readonly [name: string, device: Device])[],
): readonly { readonly arn: string; readonly role: Role; readonly users: readonly string[] }[] {
  const written = [...new Set(devices.flatMap(([, device]) => device.roles))];
  return written.flatMap((name) => {
    const reference = roleReference(environment, name);
    const owner = all.find((other) => other.name === reference.environment);
    const role = owner?.roles[reference.role];
    if (owner === undefined || role === undefined || owner.accountId === environment.accountId) return [];
    // its own group lets its members ask
    if (role.trust.devices === "by-group") return [];
    const arn = new IamArns(owner).role(`${reference.role}-${owner.roleSuffix ?? ""}`);
    const users = devices.filter(([, device]) => device.roles.includes(name)).map(([user]) => user);
    return [{ arn, role, users }];
  });
}

/** What the jobs of a CI group may do; nothing where it has only managed policies. */
export function ciGroupPolicy(environment: Environment, group: string): NamedPolicy | undefined {
  const { statements = [], allowedNetworks } = environment.ciGroups[group] ?? {};
  const all: Statement[] = [
    ...statements,
    ...(allowedNetworks ? [denyOutsideRunnerNetworks(allowedNetworks)] : []),
  ];
  if (all.length === 0) return undefined;
  return { name: policyName(environment, "ci"), document: policyDocument(...all) };
}

/**
 * Whose keys a role reactivates: those of every device, where a workflow or a break-glass user assumes it; where devices
 * do, those of their owners alone.
 */
function reactivated(environment: Environment, role: Role, arns: IamArns): string | readonly string[] {
  const name = Object.keys(environment.roles).find((key) => environment.roles[key] === role) ?? "";
  const devices = Object.entries(environment.devices);
  const owners = new Set(
    devices.filter(([, { roles }]) => roles.includes(name)).map(([, { owner }]) => owner),
  );
  if (role.github !== undefined || owners.size === 0) return arns.user(arns.paths.device, "*");
  return devices
    .filter(([, { owner }]) => owners.has(owner))
    .map(([device]) => arns.user(arns.paths.device, device));
}

/** A role's own statements; nothing where it has only managed policies. */
export function rolePolicy(environment: Environment, role: Role): NamedPolicy | undefined {
  const arns = new IamArns(environment);
  const statements: readonly Statement[] = [
    ...role.statements,
    ...(role.reactivatesKeys ? reactivationStatements(reactivated(environment, role, arns)) : []),
    ...(role.plansStacks ? planStatements(environment) : []),
  ];
  if (statements.length === 0) return undefined;
  return { name: policyName(environment, "role"), document: policyDocument(...statements) };
}

/** The permissions boundary that a role writes out as statements, with the networks of its sessions. */
export function boundaryPolicy(environment: Environment, name: string, role: Role): NamedPolicy | undefined {
  const { permissionsBoundary, sessionNetworks } = role;
  if (typeof permissionsBoundary === "string") return undefined;
  if (permissionsBoundary === undefined && !sessionNetworks) return undefined;
  return {
    name: policyName(environment, `boundary-${name}`),
    document: policyDocument(
      ...(permissionsBoundary ?? [EVERYTHING]),
      ...(sessionNetworks ? [denyElsewhere(networksOf(environment))] : []),
    ),
  };
}

/** A boundary grants nothing: it limits what the role's policies grant. */
const EVERYTHING: Statement = { Sid: "WhatTheRoleMay", Effect: "Allow", Action: "*", Resource: "*" };

/** The policy that denies sessions, as it is made: it denies nobody. */
export function sessionCutoffPolicy(environment: Environment): NamedPolicy {
  return { name: policyName(environment, SESSION_CUTOFF), document: sessionCutoffDocument([]) };
}

/** What the members of a group for one role may do: ask for exactly it. */
export function assumeGroupPolicy(environment: Environment, group: AssumeGroup): NamedPolicy {
  return {
    name: policyName(environment, "assume-role"),
    document: assumeRolesDocument([
      { roleArns: [group.roleArn], sourceIdentity: group.role.trust.sourceIdentity },
    ]),
  };
}
