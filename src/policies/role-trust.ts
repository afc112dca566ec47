import { ACCOUNT_ACCESS, accountOfApplication } from "../environment/account-access";
import { IamArns } from "../environment/arns";
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
import { breakGlassThatAssume, devicesThatAssume } from "../environment/role-references";
import type { GithubTrust, Role, ServiceTrust } from "../environment/roles";
import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document";
import { narrowedAccountStatements, oidcTrustStatement, samlTrustStatement } from "./federated-trust";
import { GITHUB_ISSUER, githubJob, githubTrustStatement } from "./github-trust";
import { humanTrustStatements } from "./human-trust";
import { networksOf } from "./networks-of";
import { sendsSourceAccount, serviceTrustStatement } from "./service-trust";

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
    sessionName: role.trust.sessionName,
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
      devicesThatAssume(all, { environment: environment.name, role: name }).map(
        ({ environment: owner }) => owner,
      ),
    ),
  ];
  if (owners.length === 0) return [];
  const { maxMfaAgeSeconds, sourceIdentity, sessionName, networks } = role.trust;
  return narrowedAccountStatements({
    sid: "AllowDevicesOfGroupWithRecentMfa",
    accountRoots: [...new Set(owners.map(accountRoot))].sort(),
    principals: owners.map((owner) => new IamArns(owner).user(iamPaths(owner.namespace).device, "*")).sort(),
    maxMfaAgeSeconds,
    sourceIdentity,
    sessionName,
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
  // account access manager acts for its application, which is the management account's
  const [application = ""] = service.principal === ACCOUNT_ACCESS ? (service.sourceArns ?? []) : [];
  const owner = accountOfApplication(application) ?? environment.accountId;
  const hasSourceAccount = service.sourceAccount ?? sendsSourceAccount(service.principal);
  return serviceTrustStatement({
    principal: service.principal,
    sourceArns: service.sourceArns,
    ...(hasSourceAccount && { sourceAccount: owner }),
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
