import { type OidcProvider, type Role, UNKNOWN_PART, type User } from "../graph";
import type { AccessRequest } from "../request";

/** Who makes the request, as IAM tells callers apart. */
export type Caller =
  | UserCaller
  | RoleCaller
  | { readonly kind: "root"; readonly arn: string; readonly accountId: string }
  /** An AWS service that acts for itself: `scheduler.amazonaws.com`. */
  | { readonly kind: "service"; readonly name: string }
  /** The bearer of a token of an identity provider, who has no AWS credentials yet. */
  | {
      readonly kind: "web-identity";
      readonly provider: string;
      readonly url: string;
      readonly declared?: OidcProvider;
    }
  /** A caller whose kind cannot be told. */
  | { readonly kind: "unidentified"; readonly reason: string };

export interface UserCaller {
  readonly kind: "user";
  readonly arn: string;
  readonly accountId: string;
  readonly name: string;
  /** Nothing when the graph does not hold the user: his policies and tags are not known. */
  readonly user?: User;
}

export interface RoleCaller {
  readonly kind: "role";
  /** ARN of the role, which is also `aws:PrincipalArn` of its sessions. */
  readonly arn: string;
  readonly accountId: string;
  readonly name: string;
  readonly sessionName?: string;
  readonly role?: Role;
}

/** The graph's principals, as far as finding a caller needs them. */
export interface PrincipalIndex {
  /** The principal of an ARN or a Terraform address, or how many there are when it is not one. */
  find(arnOrAddress: string): User | Role | number;
  findProvider(arn: string): OidcProvider | undefined;
}

const ARN = /^arn:[^:]+:(iam|sts)::([^:]*):(.+)$/s;
const SERVICE = /^[a-z0-9.-]+\.(?:amazonaws\.com|amazonaws\.com\.cn|amazon\.com|aws\.internal)$/;
/** Identity providers that IAM knows by name and not by ARN. */
const NAMED_PROVIDERS: ReadonlySet<string> = new Set([
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "graph.facebook.com",
  "www.amazon.com",
]);

/** Finds out who makes a request. A principal that the graph does not hold is known by its ARN only. */
export function callerOf(request: AccessRequest, principals: PrincipalIndex): Caller {
  const { principal, credentials } = request;
  const found = principals.find(principal);
  if (typeof found === "object") {
    return found.kind === "user" ? userCaller(found.arn, found) : roleCaller(found.arn, request, found);
  }
  if (found > 1) {
    return {
      kind: "unidentified",
      reason: `${found} principals have the ARN ${shownArn(principal)} until apply`,
    };
  }
  if (credentials.kind === "web-identity") return webIdentity(principal, principals.findProvider(principal));
  if (SERVICE.test(principal)) return { kind: "service", name: principal };
  return callerOfArn(request, principals) ?? unidentified(principal);
}

function callerOfArn(request: AccessRequest, principals: PrincipalIndex): Caller | undefined {
  const { principal } = request;
  const [, service, accountId = "", resource = ""] = ARN.exec(principal) ?? [];
  if (service === "sts") return sessionCaller(request, accountId, resource, principals);
  if (resource === "root") return { kind: "root", arn: principal, accountId };
  if (resource.startsWith("user/")) return userCaller(principal);
  if (resource.startsWith("role/")) return roleCaller(principal, request);
  return undefined;
}

/** `arn:aws:sts::111122223333:assumed-role/NAME/SESSION`, which leaves the role's path out. */
function sessionCaller(
  request: AccessRequest,
  accountId: string,
  resource: string,
  principals: PrincipalIndex,
): Caller | undefined {
  const [type, name, sessionName] = resource.split("/");
  if (type !== "assumed-role" || name === undefined || sessionName === undefined) return undefined;
  const found = principals.find(`assumed-role:${accountId}:${name}`);
  if (typeof found !== "object" || found.kind !== "role") return undefined;
  return { ...roleCaller(found.arn, request, found), sessionName };
}

function unidentified(principal: string): Caller {
  return {
    kind: "unidentified",
    reason: `${shownArn(principal)} is not in the graph and names no kind of principal`,
  };
}

function userCaller(arn: string, user?: User): UserCaller {
  const { accountId, name } = user ?? partsOf(arn);
  return { kind: "user", arn, accountId, name, ...(user === undefined ? {} : { user }) };
}

function roleCaller(arn: string, request: AccessRequest, role?: Role): RoleCaller {
  const { accountId, name } = role ?? partsOf(arn);
  const { credentials } = request;
  const sessionName = credentials.kind === "role-session" ? credentials.sessionName : undefined;
  return {
    kind: "role",
    arn,
    accountId,
    name,
    ...(sessionName === undefined ? {} : { sessionName }),
    ...(role === undefined ? {} : { role }),
  };
}

function webIdentity(provider: string, declared: OidcProvider | undefined): Caller {
  // assertions have keys of their own, the same for every provider: `saml:aud`
  const url =
    declared?.url ?? provider.split(":oidc-provider/")[1] ?? (isSaml(provider) ? "saml" : undefined);
  if (url === undefined && !NAMED_PROVIDERS.has(provider)) return unidentified(provider);
  return {
    kind: "web-identity",
    provider,
    url: url ?? provider,
    ...(declared === undefined ? {} : { declared }),
  };
}

function isSaml(provider: string): boolean {
  return provider.includes(":saml-provider/");
}

function partsOf(arn: string): { readonly accountId: string; readonly name: string } {
  const [, , accountId = "", resource = ""] = ARN.exec(arn) ?? [];
  return { accountId, name: resource.slice(resource.lastIndexOf("/") + 1) };
}

/** The account of a caller; nothing for services and bearers of tokens. */
export function accountOf(caller: Caller): string | undefined {
  return "accountId" in caller ? caller.accountId : undefined;
}

/** A caller in words. */
export function describeCaller(caller: Caller): string {
  switch (caller.kind) {
    case "user":
      return `user ${shownArn(caller.arn)}`;
    case "role":
      return `a session of role ${shownArn(caller.arn)}`;
    case "root":
      return `the root user of ${caller.accountId}`;
    case "service":
      return `the service ${caller.name}`;
    case "web-identity":
      return `a bearer of a token of ${caller.url}`;
    case "unidentified":
      return "the caller";
  }
}

export function shownArn(arn: string): string {
  return arn.replaceAll(UNKNOWN_PART, "(unknown)");
}
