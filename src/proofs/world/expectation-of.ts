import { ACCOUNT_ACCESS } from "../../environment/account-access";
import { breakGlassGroupName, declaredUsers, policyName } from "../../environment/account-names";
import { IamArns } from "../../environment/arns";
import { assumeGroups, assumeGroupsOf } from "../../environment/assume-groups";
import { groupsOfDevice } from "../../environment/device-groups";
import type { Environment } from "../../environment/environment";
import { type OidcTrust, oidcProviderOf, samlAudiences } from "../../environment/federated-trust";
import { breakGlassThatAssume, devicesThatAssume } from "../../environment/role-references";
import type { GithubTrust, Role } from "../../environment/roles";
import { UNKNOWN_PART } from "../../iam/graph";
import { GITHUB_AUDIENCE, GITHUB_ISSUER, githubJob } from "../../policies/github-trust";
import { SESSION_CUTOFF } from "../../policies/session-cutoff-policy";
import { existingGroups, existingRoles, existingUsers } from "./existing-expectation";
import type {
  Expectation,
  ExpectedGithubTrust,
  ExpectedGroup,
  ExpectedOidcTrust,
  ExpectedRole,
} from "./expectation";
import { expectedRecovery } from "./expected-recovery";
import { machineryOf } from "./machinery";
import { declaredWeaknesses } from "./weaknesses";

/**
 * What the account of an environment must be like, derived from its declaration alone and never from the policies
 * that are made of it: a mistake in a policy builder breaks a proof.
 *
 * @param all every environment, this one included: roles are assumed across them
 */
export function expectationOf(environment: Environment, all: readonly Environment[]): Expectation {
  const arns = new IamArns(environment);
  const recovery = expectedRecovery(environment);
  return {
    environment: environment.name,
    accountId: environment.accountId,
    partition: environment.partition,
    root: arns.paths.root,
    networks: environment.allowedNetworks,
    vpcs: environment.allowedVpcs,
    users: [
      ...declaredUsers(environment).map(({ name, path, kind, declaredAt }) => ({
        arn: arns.user(path, name),
        kind,
        groups: groupNames(environment, all, kind, declaredAt[1]).map((group) => arns.group(group)),
        declaredAt: declaredAt.join("."),
      })),
      ...existingUsers(environment),
    ],
    groups: [...groupsOf(environment, all, arns), ...existingGroups(environment)],
    roles: [
      ...Object.entries(environment.roles).map(([name, role]) =>
        expectedRole(environment, all, arns, name, role),
      ),
      ...existingRoles(environment),
    ],
    ...(recovery && { recovery }),
    accepted: environment.accepted,
    weaknesses: declaredWeaknesses(environment, all),
    machinery: machineryOf(environment),
    ...(environment.respond !== undefined && {
      cutoffArn: new IamArns(environment).policy(policyName(environment, SESSION_CUTOFF)),
    }),
  };
}

/** The expectations of environments that are proven together. */
export function expectationsOf(environments: readonly Environment[]): readonly Expectation[] {
  return environments.map((environment) => expectationOf(environment, environments));
}

function groupNames(
  environment: Environment,
  all: readonly Environment[],
  kind: string,
  key: string,
): readonly string[] {
  if (kind === "break-glass") return [breakGlassGroupName(environment)];
  const device = environment.devices[key];
  if (kind === "device") {
    if (device === undefined) return [];
    return [...groupsOfDevice(environment, device), ...assumeGroupsOf(environment, all, key)];
  }
  return environment.repositories[key]?.groups ?? [];
}

function groupsOf(
  environment: Environment,
  all: readonly Environment[],
  arns: IamArns,
): readonly ExpectedGroup[] {
  const everything = { mfa: true, networks: true };
  return [
    ...Object.entries(environment.developerGroups).map(([name, { guard, allowSelfReactivation }]) => ({
      arn: arns.group(name),
      kind: "device" as const,
      guard,
      selfReactivation: allowSelfReactivation,
      declaredAt: `developerGroups.${name}`,
    })),
    ...assumeGroups(environment, all).map(({ name, roleName }) => ({
      arn: arns.group(name),
      forRole: true,
      kind: "device" as const,
      guard: { mfa: false, networks: false },
      selfReactivation: false,
      declaredAt: `roles.${roleName}.trust.devices`,
    })),
    ...(Object.keys(environment.breakGlass).length === 0
      ? []
      : [
          {
            arn: arns.group(breakGlassGroupName(environment)),
            kind: "break-glass" as const,
            guard: everything,
            selfReactivation: true,
            declaredAt: "breakGlass",
          },
        ]),
    ...Object.keys(environment.ciGroups).map((name) => ({
      arn: arns.group(name),
      kind: "ci" as const,
      guard: { mfa: false, networks: false },
      selfReactivation: false,
      declaredAt: `ciGroups.${name}`,
    })),
  ];
}

function expectedRole(
  environment: Environment,
  all: readonly Environment[],
  arns: IamArns,
  name: string,
  role: Role,
): ExpectedRole {
  const devices = devicesThatAssume(all, { environment: environment.name, role: name }).map((assuming) => {
    const own = new IamArns(assuming.environment);
    return own.user(own.paths.device, assuming.name);
  });
  const breakGlass = breakGlassThatAssume(environment, name).map((user) =>
    arns.user(arns.paths.breakGlass, user),
  );
  const { trust, service, github } = role;
  return {
    arn: arns.role(`${name}-${environment.roleSuffix ?? UNKNOWN_PART}`),
    administrator: role.administrator,
    users: [...devices, ...breakGlass],
    externalUsers: trust.externalUsers,
    maxMfaAgeSeconds: trust.maxMfaAgeSeconds,
    networks: trust.networks,
    sourceIdentity: trust.sourceIdentity,
    ...(trust.sessionName && { sessionName: true }),
    ...(trust.externalId !== undefined && { externalId: trust.externalId }),
    ...(service && { service: service.principal }),
    ...(service?.principal === ACCOUNT_ACCESS && { accountAccess: service.sourceArns ?? [] }),
    ...(github && { github: githubTrust(github, arns) }),
    ...(trust.devices === "by-group" &&
      devices.length > 0 && {
        byPath: {
          accountRoots: [...new Set(devices.map((arn) => `${arn.slice(0, arn.indexOf(":user/"))}:root`))],
        },
      }),
    ...(role.saml && {
      saml: {
        providerArn: arns.samlProvider(role.saml.provider),
        audiences: samlAudiences(environment.partition, role.saml),
        ...(role.saml.subjects && { subjects: role.saml.subjects }),
      },
    }),
    ...(role.oidc && { oidc: oidcTrust(environment, all, role.oidc, arns) }),
    ...(role.permissionSet && {
      permissionSet: {
        accountRoot: `arn:${environment.partition}:iam::${environment.accountId}:root`,
        name: role.permissionSet.name,
        roleRoot: `arn:${environment.partition}:iam::${environment.accountId}:role/aws-reserved/sso.amazonaws.com/`,
        ...(role.permissionSet.region !== undefined && { region: role.permissionSet.region }),
      },
    }),
    ...(role.reactivatesKeys && { reactivatesKeysOf: arns.user(arns.paths.device, "") }),
    boundary: role.permissionsBoundary !== undefined,
    declaredAt: `roles.${name}`,
  };
}

function oidcTrust(
  environment: Environment,
  all: readonly Environment[],
  oidc: OidcTrust,
  arns: IamArns,
): ExpectedOidcTrust {
  const { url, audiences } = oidcProviderOf(environment, all, oidc);
  const issuer = url.slice("https://".length);
  const { gitlab, bitbucket, subjects = [] } = oidc;
  const step = "{00000000-0000-4000-8000-000000000001}";
  const accepted =
    gitlab !== undefined
      ? [
          gitlab.tag === undefined
            ? `project_path:${gitlab.project}:ref_type:branch:ref:${gitlab.branch}`
            : `project_path:${gitlab.project}:ref_type:tag:ref:${gitlab.tag}`,
        ]
      : bitbucket !== undefined
        ? [
            [bitbucket.repositoryUuid, bitbucket.deploymentUuid, step]
              .filter((part) => part !== undefined)
              .join(":"),
          ]
        : subjects;
  return {
    providerArn: arns.oidcProvider(issuer),
    issuer,
    audience: oidc.audience ?? audiences[0] ?? "",
    accepted,
  };
}

/** @see https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims */
function githubTrust(github: GithubTrust, arns: IamArns): ExpectedGithubTrust {
  const { repository, ownerId, repositoryId, environment } = github;
  const [owner = "", name = ""] = repository.split("/");
  const job = githubJob(github);
  const idsKnown = ownerId !== undefined && repositoryId !== undefined;
  const form = github.subjects ?? (idsKnown ? "both" : "name");
  return {
    providerArn: arns.oidcProvider(GITHUB_ISSUER),
    issuer: GITHUB_ISSUER,
    audience: GITHUB_AUDIENCE,
    subjects: [
      ...(form === "immutable" ? [] : [`repo:${owner}/${name}:${job}`]),
      ...(form === "name" ? [] : [`repo:${owner}@${ownerId}/${name}@${repositoryId}:${job}`]),
    ],
    ...(repositoryId !== undefined && { repositoryId }),
    ...(environment !== undefined && { protectedEnvironment: environment }),
  };
}
