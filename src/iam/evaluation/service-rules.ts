import { UNKNOWN_PART } from "../graph";
import type { AccessRequest } from "../request";
import type { Caller } from "./caller";

/** Actions on a role that its trust policy decides. */
const TRUST_ACTIONS: ReadonlySet<string> = new Set([
  "sts:assumerole",
  "sts:assumerolewithsaml",
  "sts:assumerolewithwebidentity",
  "sts:setcontext",
  "sts:setsourceidentity",
  "sts:tagsession",
]);

/** Whether an action (in lower case) is decided by the trust policy of the role it acts on. */
export function isTrustAction(action: string): boolean {
  return TRUST_ACTIONS.has(action);
}

/** What a session of GetSessionToken may call of STS; tags and source identities go with AssumeRole. */
const STS_FOR_SESSIONS: ReadonlySet<string> = new Set([
  "sts:assumerole",
  "sts:getcalleridentity",
  "sts:setcontext",
  "sts:setsourceidentity",
  "sts:tagsession",
]);

/**
 * Calls that need no permission: anyone with credentials may ask who he is, and nothing can deny it; a user
 * may always ask for a session, which an explicit Deny is here taken to prevent (AWS's own MFA policy exempts
 * the action from its Deny).
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
 */
export function needsNoPermission(action: string): "cannot be denied" | "needs no Allow" | undefined {
  if (action === "sts:getcalleridentity") return "cannot be denied";
  return action === "sts:getsessiontoken" ? "needs no Allow" : undefined;
}

/**
 * Why AWS refuses a call whatever the policies say; nothing when it does not.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
 */
export function serviceRefusal(request: AccessRequest, action: string, caller: Caller): string | undefined {
  const { credentials, resource } = request;
  if (caller.kind === "web-identity") return tokenRefusal(request, action, caller);
  if (action === "sts:assumerolewithwebidentity" || action === "sts:assumerolewithsaml") {
    return "the call is made with a token of an identity provider and not with AWS credentials";
  }
  if (caller.kind === "root" && isTrustAction(action)) return "a root user cannot assume roles";
  if (caller.kind === "role" && (action === "sts:getsessiontoken" || action === "sts:getfederationtoken")) {
    return "a session of a role cannot get a session or federation token";
  }
  if (credentials.kind === "session-token" && caller.kind !== "role") {
    if (action.startsWith("iam:") && credentials.mfaAgeSeconds === undefined) {
      return "AWS refuses IAM calls from a session token without MFA (InvalidClientTokenId)";
    }
    if (action.startsWith("sts:") && !STS_FOR_SESSIONS.has(action)) {
      return "AWS lets a session token call only AssumeRole and GetCallerIdentity of STS";
    }
  }
  const guarded = protectedResource(action, resource);
  if (guarded !== undefined) return guarded;
  const account = resource.split(":")[4] ?? "";
  if (action.startsWith("iam:") && "accountId" in caller && isOtherAccount(account, caller.accountId)) {
    return `IAM acts only on the caller's own account ${caller.accountId}`;
  }
  return undefined;
}

/** What changes the description of a service-linked role, or asks its service to make or delete it. */
const OF_LINKED_ROLES: ReadonlySet<string> = new Set([
  "iam:createservicelinkedrole",
  "iam:deleteservicelinkedrole",
  "iam:updateroledescription",
  "iam:tagrole",
  "iam:untagrole",
  "iam:passrole",
]);

/**
 * Resources of AWS in every account, which IAM refuses to change (UnmodifiableEntity, AccessDenied) whatever a policy
 * allows: its managed policies, the roles of Identity Center and those that are linked to a service.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html#aws-managed-policies
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
 */
function protectedResource(action: string, resource: string): string | undefined {
  if (!action.startsWith("iam:") || !CHANGES_IAM.test(action)) return undefined;
  const [, , service, , account = "", ...rest] = resource.split(":");
  if (service !== "iam") return undefined;
  const name = rest.join(":");
  if (account === "aws" && name.startsWith("policy/")) return "AWS's own managed policies cannot be changed";
  if (name.startsWith("role/aws-reserved/") && action !== "iam:passrole")
    return "roles below /aws-reserved/ are changed by IAM Identity Center alone";
  if (name.startsWith("role/aws-service-role/") && !OF_LINKED_ROLES.has(action))
    return "a service-linked role is changed by its service alone";
  return undefined;
}

/** Every action of IAM that is no reading. */
const CHANGES_IAM = /^iam:(?!get|list|generate|simulate)/;

/** Whether two account ids are known and differ. `aws` is the account of AWS managed policies. */
export function isOtherAccount(account: string, own: string): boolean {
  return /^\d{12}$/.test(account) && !own.includes(UNKNOWN_PART) && account !== own;
}

/** STS takes tokens for one action, and only of an audience that the provider lists. */
function tokenRefusal(
  request: AccessRequest,
  action: string,
  caller: Extract<Caller, { kind: "web-identity" }>,
): string | undefined {
  const isAssertion = caller.url === "saml";
  const [taken, written] = isAssertion
    ? ["sts:assumerolewithsaml", "AssumeRoleWithSAML"]
    : ["sts:assumerolewithwebidentity", "AssumeRoleWithWebIdentity"];
  if (action !== taken) {
    return `${isAssertion ? "an assertion" : "a token"} of an identity provider is good for ${written} only`;
  }
  const { credentials } = request;
  const audiences = caller.declared?.clientIds ?? [];
  const audience = credentials.kind === "web-identity" ? credentials.claims["aud"] : undefined;
  if (audience === undefined || audiences.length === 0) return undefined;
  if (audiences.includes(audience) || audiences.some((id) => id.includes(UNKNOWN_PART))) return undefined;
  return `the audience "${audience}" of the token is not a client id of ${caller.url} (${audiences.join(", ")})`;
}
