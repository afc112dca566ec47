import { policyName } from "../environment/account-names";
import { IamArns } from "../environment/arns";
import type { AssumeGroup } from "../environment/assume-groups";
import { groupsOfDevice } from "../environment/device-groups";
import type { Environment } from "../environment/environment";
import {
  type OidcTrust,
  oidcProviderOf,
  permissionSetRoles,
  type SamlTrust,
  samlAudiences,
  tokenSubjects,
} from "../environment/federated-trust";
import { iamPaths } from "../environment/iam-paths";
import { breakGlassThatAssume, devicesThatAssume, roleReference } from "../environment/role-references";
import type { GithubTrust, Role, ServiceTrust } from "../environment/roles";
import type { Device, GuardParts } from "../environment/users";
import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document";
import { assumeRolesDocument } from "./assume-roles";
import { denyOutsideRunnerNetworks } from "./ci-network";
import { narrowedAccountStatements, oidcTrustStatement, samlTrustStatement } from "./federated-trust";
import { GITHUB_ISSUER, githubJob, githubTrustStatement } from "./github-trust";
import { guardDocument } from "./guard";
import { humanTrustStatements } from "./human-trust";
import { reactivationStatements } from "./key-reactivation";
import { planStatements } from "./plan-role";
import { selfServiceDocument } from "./self-service";
import { sendsSourceAccount, serviceTrustStatement } from "./service-trust";

/** A policy with the name it has in the account. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

const networksOf = ({ allowedNetworks, allowedVpcs }: Environment) => ({
  cidrs: allowedNetworks,
  vpcs: allowedVpcs,
});

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

/** The permissions boundary that a role writes out as statements. */
export function boundaryPolicy(environment: Environment, name: string, role: Role): NamedPolicy | undefined {
  if (role.permissionsBoundary === undefined || typeof role.permissionsBoundary === "string")
    return undefined;
  return {
    name: policyName(environment, `boundary-${name}`),
    document: policyDocument(...role.permissionsBoundary),
  };
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

/** Who may assume a role: the users, the service and the jobs that the environments name. */
export function roleTrust(
  environment: Environment,
  all: readonly Environment[],
  name: string,
  role: Role,
): PolicyDocument {
  const byGroup = role.trust.devices === "by-group";
  const users = userArnsThatAssume(environment, byGroup ? [] : all, name);
  const networks = role.trust.networks ? networksOf(environment) : undefined;
  const human = {
    maxMfaAgeSeconds: role.trust.maxMfaAgeSeconds,
    sourceIdentity: role.trust.sourceIdentity,
    ...(role.trust.networks && { networks: networksOf(environment) }),
  };
  const { externalUsers, externalId } = role.trust;
  return policyDocument(
    ...(users.length > 0 ? humanTrustStatements({ ...human, userArns: users }) : []),
    ...(byGroup ? devicePathStatements(environment, all, name, role) : []),
    ...(externalUsers.length > 0
      ? humanTrustStatements({ ...human, userArns: [...externalUsers].sort(), externalId }).map(
          (statement): Statement => ({ ...statement, Sid: `${statement.Sid}External` }),
        )
      : []),
    ...(role.service ? [serviceStatement(environment, role.service)] : []),
    ...(role.github ? [githubStatement(environment, role.github)] : []),
    ...(role.saml ? [samlStatement(environment, role.saml, networks?.cidrs)] : []),
    ...(role.oidc ? [oidcStatement(environment, all, role.oidc)] : []),
    ...(role.permissionSet
      ? narrowedAccountStatements({
          sid: "AllowPermissionSet",
          accountRoots: [accountRoot(environment)],
          principals: permissionSetRoles(environment.partition, environment.accountId, role.permissionSet),
          ...networks,
          sourceIdentity: false,
        })
      : []),
  );
}

/** ARNs of the device and break-glass users that list a role, sorted. */
function userArnsThatAssume(
  environment: Environment,
  all: readonly Environment[],
  name: string,
): readonly string[] {
  const devices = devicesThatAssume(all, { environment: environment.name, role: name }).map((assuming) => {
    const arns = new IamArns(assuming.environment);
    return arns.user(arns.paths.device, assuming.name);
  });
  const arns = new IamArns(environment);
  const breakGlass = breakGlassThatAssume(environment, name).map((user) =>
    arns.user(arns.paths.breakGlass, user),
  );
  return [...devices, ...breakGlass].sort();
}

/**
 * Device users of whole accounts, of whom only the members of the role's group have a policy that lets them ask: both
 * sides have to allow. Nothing where no device lists the role.
 */
function devicePathStatements(
  environment: Environment,
  all: readonly Environment[],
  name: string,
  role: Role,
): readonly Statement[] {
  const owners = [
    ...new Set(
      devicesThatAssume(all, { environment: environment.name, role: name }).map((one) => one.environment),
    ),
  ];
  if (owners.length === 0) return [];
  const { maxMfaAgeSeconds, sourceIdentity, networks } = role.trust;
  return narrowedAccountStatements({
    sid: "AllowDevicesOfGroupWithRecentMfa",
    accountRoots: [...new Set(owners.map(accountRoot))].sort(),
    principals: owners.map((owner) => new IamArns(owner).user(iamPaths(owner.namespace).device, "*")).sort(),
    maxMfaAgeSeconds,
    sourceIdentity,
    ...(networks && networksOf(environment)),
  });
}

function accountRoot({ partition, accountId }: Environment): string {
  return `arn:${partition}:iam::${accountId}:root`;
}

function samlStatement(
  environment: Environment,
  saml: SamlTrust,
  cidrs: readonly string[] | undefined,
): Statement {
  return samlTrustStatement({
    providerArn: new IamArns(environment).samlProvider(saml.provider),
    audiences: samlAudiences(environment.partition, saml),
    subjects: saml.subjects,
    cidrs,
  });
}

function oidcStatement(environment: Environment, all: readonly Environment[], oidc: OidcTrust): Statement {
  const provider = oidcProviderOf(environment, all, oidc);
  const issuer = provider.url.replace(/^https:\/\//, "");
  const { exact, patterns } = tokenSubjects(oidc);
  return oidcTrustStatement({
    providerArn: new IamArns(environment).oidcProvider(issuer),
    issuer,
    audience: oidc.audience ?? provider.audiences[0] ?? "",
    exactSubjects: exact,
    subjectPatterns: patterns,
  });
}

function serviceStatement(environment: Environment, service: ServiceTrust): Statement {
  const asked = service.sourceAccount ?? sendsSourceAccount(service.principal);
  return serviceTrustStatement({
    principal: service.principal,
    sourceArns: service.sourceArns,
    ...(asked && { sourceAccount: environment.accountId }),
  });
}

function githubStatement(environment: Environment, github: GithubTrust): Statement {
  const idsKnown = github.ownerId !== undefined && github.repositoryId !== undefined;
  return githubTrustStatement({
    providerArn: new IamArns(environment).oidcProvider(GITHUB_ISSUER),
    repository: github.repository,
    ownerId: github.ownerId,
    repositoryId: github.repositoryId,
    subjects: github.subjects ?? (idsKnown ? "both" : "name"),
    job: githubJob(github),
  });
}
