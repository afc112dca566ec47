import type { AccountFacts } from "./account-facts";
import type { CapabilityId } from "./capabilities";
import type { Conditions } from "./conditions";
import type { EscalationAccess } from "./escalations/way-up";
import type { NotKnown } from "./not-known";

export type { NotKnown } from "./not-known";

/** Version of the shape below, as `--format json` writes it. Fields may be added; what changes or goes raises it. */
export const SCHEMA_VERSION = 1;

/** Who can do what, under which conditions. Parts of names that are known only after apply are written as `*`. */
export interface AccessReport {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly environments: readonly EnvironmentAccess[];
}

/** One environment: an account, or several that one source describes. */
export interface EnvironmentAccess {
  readonly name: string;
  readonly accountIds: readonly string[];
  /** The networks that most conditions of the environment name: `the allowed networks` in tables and pictures. */
  readonly allowedNetworks: readonly string[];
  readonly users: readonly UserAccess[];
  readonly groups: readonly GroupAccess[];
  readonly roles: readonly RoleAccess[];
  /** Who holds administrator rights, who comes to them by which steps, and what only the account can answer. */
  readonly waysUp: EscalationAccess;
  readonly acceptedExceptions: readonly AcceptedException[] | NotKnown;
  /** What the environment weakens by declaration. */
  readonly declaredWeaknesses: readonly Weakness[] | NotKnown;
  readonly unknowns: readonly NotKnown[];
  /** Of an account that was read as it is (`--live`, `--from-inventory`); absent for what Terraform says. */
  readonly account?: AccountFacts;
}

export type UserKind = "device" | "ci" | "break-glass" | "other";

/** Users of one kind, one owner and the same rights: a row for all of them. */
export interface UserAccess {
  readonly kind: UserKind;
  readonly names: readonly string[];
  readonly arns: readonly string[];
  readonly accountId: string;
  /** Tag `owner`; empty where there is none. */
  readonly owners: readonly string[];
  /** Tag `repository` of CI users. */
  readonly repositories: readonly string[];
  readonly groups: readonly string[];
  /** Policies that the users hold themselves: the baseline gives none. */
  readonly ownPolicies: readonly string[];
  readonly permissionsBoundary?: string;
  /** Under which conditions anything that an Allow grants would be possible: what Denies leave over. */
  readonly guardedTo: Cell;
  readonly capabilities: readonly Cell[];
  /** Whether the users may do everything that was asked of them, without any role. */
  readonly administrator: Answer;
  readonly mayBecome: readonly ReachedRole[];
  /** Terraform addresses of passwords and access keys that Terraform makes. */
  readonly terraformCredentials: readonly string[];
}

export interface GroupAccess {
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly members: readonly string[];
  readonly policies: readonly string[];
  /** What the group's Denies leave of everything, for a member without any other group. */
  readonly guardedTo: Cell;
  /** Which parts of a guard its Denies amount to. */
  readonly guardParts: { readonly mfa: boolean; readonly networks: boolean };
  /** Members are people's devices or break-glass users, for whom both parts are meant. */
  readonly guardsPeople: boolean;
  /** IAM and STS actions that a guarded member without MFA may still call, where MFA is asked for. */
  readonly withoutMfa: readonly string[];
  readonly deniesFederationTokens: boolean;
}

export interface RoleAccess {
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly address: string;
  /** Longest session in seconds; 0 where the source does not tell it. */
  readonly maxSessionSeconds: number;
  readonly policies: readonly string[];
  readonly permissionsBoundary?: string;
  readonly instanceProfiles: readonly string[];
  /** Everybody whom the trust policy lets in; whoever could not be tried is there with the answer `unknown`. */
  readonly assumedBy: readonly Assumer[];
  /** Users and roles that the trust policy names and that were deleted: `user ****MPLE`. Nobody can be them any more. */
  readonly trustsDeleted: readonly string[];
  readonly capabilities: readonly Cell[];
  /** Whether a session may do everything that was asked of it. */
  readonly administrator: Answer;
}

export type Answer = "yes" | "no" | "unknown";

/** What a principal may do of one kind. */
export interface Cell {
  readonly capability: CapabilityId | "guarded";
  readonly answer: Answer;
  /** `all`: everything of the kind that was asked; `some`: part of it, listed in `what`. */
  readonly extent: "all" | "some";
  /** Alternatives: one of them is enough. Empty unless the answer is `yes`. */
  readonly conditions: readonly Conditions[];
  /** What was allowed of the principal's own permissions: `s3:PutObject on arn:aws:s3:::bucket/*`. */
  readonly what: readonly string[];
  /** Why it is not known, or what else may be possible beyond `conditions`. */
  readonly unknowns: readonly string[];
}

/** A role that a principal may become. */
export interface ReachedRole {
  readonly environment: string;
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly answer: Exclude<Answer, "no">;
  readonly administrator: Answer;
  readonly conditions: readonly Conditions[];
  readonly unknowns: readonly string[];
  /** Roles to go through first; empty where the principal may assume the role itself. */
  readonly through: readonly string[];
}

/** Who may assume a role. */
export interface Assumer {
  readonly kind: "user" | "role" | "service" | "web-identity" | "saml" | "account" | "other";
  /**
   * `environment/name` for principals of another environment, `name (account)` where the environment holds several
   * accounts, the service, the subject of a token.
   */
  readonly name: string;
  readonly answer: Exclude<Answer, "no">;
  readonly conditions: readonly Conditions[];
  readonly unknowns: readonly string[];
}

export interface AcceptedException {
  readonly finding: string;
  readonly subject: string;
  readonly reason: string;
  /** Last day it holds, UTC, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** What an environment weakens by declaration. */
export interface Weakness {
  /** `role/daily`. */
  readonly subject: string;
  readonly message: string;
  /** Key in the environment's file: `roles.daily.trust.networks`. */
  readonly declaredAt?: string;
}
