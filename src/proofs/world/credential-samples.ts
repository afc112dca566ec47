import type { Credentials } from "../../iam/request";

/** Seconds since MFA that every trust accepts: MFA was just given. */
export const FRESH_MFA_SECONDS = 0;

export const WITH_MFA: Credentials = { kind: "session-token", mfaAgeSeconds: FRESH_MFA_SECONDS };

/** Every way in which a user signs without MFA. */
export const WITHOUT_MFA: readonly Credentials[] = [
  { kind: "long-term-key" },
  { kind: "session-token" },
  { kind: "console-password" },
];

export const ROLE_SESSION: Credentials = { kind: "role-session", sessionName: "proof" };

/** Credentials in words. */
export function describeCredentials(credentials: Credentials): string {
  switch (credentials.kind) {
    case "long-term-key":
      return credentials.mfaCode === true ? "an access key with an MFA code" : "an access key without MFA";
    case "session-token":
      return credentials.mfaAgeSeconds === undefined
        ? "a session token without MFA"
        : `a session token with MFA ${credentials.mfaAgeSeconds} s ago`;
    case "console-password":
      return credentials.mfaAgeSeconds === undefined
        ? "a password without MFA"
        : `a password with MFA ${credentials.mfaAgeSeconds} s ago`;
    case "role-session":
      return "a session of the role";
    case "web-identity":
      return `a token of subject ${credentials.claims["sub"] ?? "(none)"}`;
    case "service":
      return "the service itself";
  }
}
