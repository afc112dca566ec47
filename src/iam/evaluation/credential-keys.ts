import type { AccessRequest } from "../request";
import type { Caller } from "./caller";
import { ABSENT, type ContextEntry, one, unknownEntry, unvalued } from "./context-entry";

/**
 * What the credentials put into the request: MFA, its age, when the token was issued.
 *
 * Long-term keys carry none of the keys. A session has `aws:MultiFactorAuthPresent`, true only after
 * GetSessionToken or a console sign-in with MFA. Sessions of roles never have it true: AssumeRole keeps no MFA.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
 */
export function mfaPresent(request: AccessRequest, caller: Caller): ContextEntry {
  if (caller.kind === "service" || caller.kind === "web-identity") return ABSENT;
  if (caller.kind === "role") return one("false");
  const { credentials, viaAwsService } = request;
  switch (credentials.kind) {
    case "long-term-key":
      // A service that passes on a long-term key's request does so with a session that has no MFA.
      if (viaAwsService === true) return one("false");
      return usesMfaCode(request) ? one("true") : ABSENT;
    case "session-token":
    case "console-password":
      if (credentials.mfaAgeSeconds === undefined) return one("false");
      return viaAwsService === true
        ? unvalued("whether a service passes MFA on is not documented")
        : one("true");
    default:
      return unknownEntry("the credentials do not fit the principal");
  }
}

/** Seconds since MFA; only where MFA is present. */
export function mfaAge(request: AccessRequest, caller: Caller): ContextEntry {
  if (caller.kind === "service" || caller.kind === "web-identity" || caller.kind === "role") return ABSENT;
  const { credentials, viaAwsService } = request;
  switch (credentials.kind) {
    case "long-term-key":
      return viaAwsService !== true && usesMfaCode(request) ? one("0") : ABSENT;
    case "session-token":
    case "console-password":
      if (credentials.mfaAgeSeconds === undefined) return ABSENT;
      if (viaAwsService === true) return unknownEntry("whether a service passes MFA on is not documented");
      return one(String(credentials.mfaAgeSeconds));
    default:
      return unknownEntry("the credentials do not fit the principal");
  }
}

/** No session of IAM's is older than the service: policies that deny none begin before it. */
const FIRST_SESSIONS = "2011-01-01T00:00:00Z";

/** When the session began; long-term keys have no token. */
export function tokenIssueTime(request: AccessRequest, caller: Caller): ContextEntry {
  if (caller.kind === "service" || caller.kind === "web-identity") return ABSENT;
  if (request.credentials.kind === "long-term-key" && request.viaAwsService !== true) return ABSENT;
  return unvalued("when the session began (aws:TokenIssueTime) is not part of the question", FIRST_SESSIONS);
}

/** SerialNumber and TokenCode go with two calls only. */
function usesMfaCode(request: AccessRequest): boolean {
  const { action, credentials } = request;
  if (credentials.kind !== "long-term-key" || credentials.mfaCode !== true) return false;
  return /^sts:(?:assumerole|getsessiontoken|tagsession|setsourceidentity)$/i.test(action);
}
