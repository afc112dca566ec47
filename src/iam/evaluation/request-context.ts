import { type Role, UNKNOWN_PART, type User } from "../graph";
import { isNamed } from "../names/condition-key";
import { actionCarriesKey, conditionKeysOfService } from "../names/condition-keys";
import type { AccessRequest } from "../request";
import { accountOf, type Caller } from "./caller";
import { ABSENT, type ContextEntry, one, unknownEntry, unvalued } from "./context-entry";
import { mfaAge, mfaPresent, tokenIssueTime } from "./credential-keys";
import { networkKey } from "./network-keys";

export type { ContextEntry } from "./context-entry";

/** Every condition key of one request. */
export interface RequestContext {
  /** What is known of a key, given in lower case. */
  lookup(key: string): ContextEntry;
}

/** What the derived keys are derived from. */
export interface ContextSources {
  readonly request: AccessRequest;
  readonly caller: Caller;
  /** The user or role that the request acts on, for its tags. */
  readonly target?: User | Role | undefined;
  /** Sessions of the caller's role may carry tags beyond the role's own. */
  readonly mayTagSessions: boolean;
}

/**
 * The keys of a request: those it states itself (`context`, `absentContext`), then those that follow from the
 * caller, the credentials, the network and the resource, and those that no request of the action carries, which are
 * absent. Every other key is unknown.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestContext(sources: ContextSources): RequestContext {
  const stated = statedKeys(sources.request);
  return {
    lookup(key) {
      let entry = stated.get(key);
      if (entry === undefined) {
        entry = derivedKey(key, sources);
        stated.set(key, entry);
      }
      return entry;
    },
  };
}

function statedKeys(request: AccessRequest): Map<string, ContextEntry> {
  const entries = new Map<string, ContextEntry>();
  for (const key of request.absentContext ?? []) entries.set(key.toLowerCase(), ABSENT);
  for (const [key, value] of Object.entries(request.context ?? {})) {
    const values = typeof value === "string" ? [value] : value;
    entries.set(key.toLowerCase(), { state: "present", values });
  }
  return entries;
}

function derivedKey(key: string, sources: ContextSources): ContextEntry {
  const { request } = sources;
  return (
    networkKey(key, request) ??
    callerKey(key, sources) ??
    claimKey(key, sources) ??
    resourceKey(key, sources) ??
    keyOfNoRequest(key, request) ??
    unknownEntry(`whether and with which value a request ${request.action} carries ${key} is not known`)
  );
}

/**
 * A key of a service that requests of the action never carry (`s3:prefix` asked of an EC2 action) is absent. Of an action
 * or a key that the lists do not have nothing is known.
 */
function keyOfNoRequest(key: string, { action }: AccessRequest): ContextEntry | undefined {
  if (actionCarriesKey(action, key) !== false) return undefined;
  const isKnown = conditionKeysOfService(key.slice(0, key.indexOf(":"))).some((known) => isNamed(known, key));
  return isKnown ? ABSENT : undefined;
}

/** Keys that follow from the caller and its credentials. */
function callerKey(key: string, sources: ContextSources): ContextEntry | undefined {
  const { caller, request } = sources;
  if (caller.kind === "unidentified") return undefined;
  const signed = caller.kind === "user" || caller.kind === "role" || caller.kind === "root";
  switch (key) {
    case "aws:username":
      return caller.kind === "user" ? one(caller.name) : ABSENT;
    case "aws:principalarn":
      return signed ? one(caller.arn) : ABSENT;
    case "aws:principalaccount":
      return signed ? one(caller.accountId) : ABSENT;
    case "aws:principaltype":
      return principalType(caller);
    case "aws:userid":
      return userId(caller);
    case "aws:principalisawsservice":
      return one(String(caller.kind === "service"));
    case "aws:principalservicename":
      return caller.kind === "service" ? one(caller.name) : ABSENT;
    case "aws:principalservicenameslist":
      return caller.kind === "service" ? unvalued(`the names of ${caller.name} are not known`) : ABSENT;
    case "aws:multifactorauthpresent":
      return mfaPresent(request, caller);
    case "aws:multifactorauthage":
      return mfaAge(request, caller);
    case "aws:tokenissuetime":
      return tokenIssueTime(request, caller);
    case "aws:sourceidentity":
      return sourceIdentity(sources);
    case "aws:sourcearn":
    case "aws:sourceaccount":
    case "aws:sourceorgid":
    case "aws:sourceorgpaths":
      // Only a service that calls another for its customer's resource says which one.
      return caller.kind === "service" ? undefined : ABSENT;
    case "aws:federatedprovider":
      return caller.kind === "user" || caller.kind === "root" ? ABSENT : undefined;
    default:
      return key.startsWith("aws:principaltag/") ? principalTag(key, sources) : undefined;
  }
}

function principalType(caller: Caller): ContextEntry | undefined {
  switch (caller.kind) {
    case "user":
      return one("User");
    case "role":
      return one("AssumedRole");
    case "root":
      return one("Account");
    default:
      return undefined;
  }
}

/** Unique ids are given by IAM: `AIDA...` for a user, `AROA...:session` for a role's session. */
function userId(caller: Caller): ContextEntry | undefined {
  switch (caller.kind) {
    case "user":
      return unvalued("the unique id of a user is not in Terraform's files");
    case "role":
      return unvalued("the unique id of a role is not in Terraform's files");
    case "root":
      return one(caller.accountId);
    default:
      return undefined;
  }
}

function sourceIdentity({ caller, request }: ContextSources): ContextEntry {
  const { credentials } = request;
  const identity = credentials.kind === "role-session" ? credentials.sourceIdentity : undefined;
  return caller.kind === "role" && identity !== undefined ? one(identity) : ABSENT;
}

/** A session of a role carries the role's tags, and those given with it where the trust lets tags be given. */
function principalTag(key: string, { caller, mayTagSessions }: ContextSources): ContextEntry | undefined {
  if (caller.kind === "root" || caller.kind === "service" || caller.kind === "web-identity") return ABSENT;
  const holder = caller.kind === "user" ? caller.user : caller.kind === "role" ? caller.role : undefined;
  if (holder === undefined) return undefined;
  if (caller.kind === "role" && mayTagSessions) {
    return unknownEntry(`sessions of ${caller.name} may be given tags, so ${key} is not known`);
  }
  return tagOf(holder, key.slice("aws:principaltag/".length));
}

function tagOf(holder: User | Role, lowerCaseKey: string): ContextEntry {
  for (const [name, value] of Object.entries(holder.tags)) {
    if (name.toLowerCase() === lowerCaseKey) return one(value);
    if (name.includes(UNKNOWN_PART))
      return unknownEntry(`a tag key of ${holder.name} is known only after apply`);
  }
  return ABSENT;
}

/** `token.actions.githubusercontent.com:sub` and other claims; a claim that is not in the token is absent. */
function claimKey(key: string, { caller, request }: ContextSources): ContextEntry | undefined {
  if (caller.kind !== "web-identity" || request.credentials.kind !== "web-identity") return undefined;
  const prefix = `${caller.url.toLowerCase()}:`;
  if (!key.startsWith(prefix)) return undefined;
  const claim = key.slice(prefix.length);
  for (const [name, value] of Object.entries(request.credentials.claims)) {
    if (name.toLowerCase() === claim) return one(value);
  }
  return ABSENT;
}

/** Keys that follow from what the request acts on. */
function resourceKey(key: string, { request, target, caller }: ContextSources): ContextEntry | undefined {
  const [, , , region = "", account = ""] = request.resource.split(":");
  if (key === "aws:resourceaccount") {
    if (/^\d{12}$/.test(account)) return one(account);
    // IAM acts on the caller's own account only.
    return /^iam:/i.test(request.action) ? one(accountOf(caller) ?? UNKNOWN_PART) : undefined;
  }
  if (key === "aws:requestedregion") {
    // IAM has one endpoint for all regions of the partition `aws`.
    if (/^iam:/i.test(request.action) && request.principal.startsWith("arn:aws:")) return one("us-east-1");
    return region === "" ? undefined : one(region);
  }
  if (key === "iam:permissionsboundary") return boundaryOfTarget(request.action, target);
  const tag = /^(?:aws|iam):resourcetag\/(.*)$/s.exec(key)?.[1];
  return tag === undefined || target === undefined ? undefined : tagOf(target, tag);
}

/** The boundary that the principal has; who makes one, or sets its boundary, says which. */
function boundaryOfTarget(action: string, target: User | Role | undefined): ContextEntry | undefined {
  if (target === undefined || !/^iam:/i.test(action) || /^iam:(?:create|put\w+boundary$)/i.test(action))
    return undefined;
  if (actionCarriesKey(action, "iam:PermissionsBoundary") !== true) return undefined;
  const arn = target.permissionsBoundary?.arn;
  return target.permissionsBoundary === undefined ? ABSENT : arn === undefined ? undefined : one(arn);
}
