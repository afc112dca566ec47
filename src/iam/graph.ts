import type { PolicyDocument } from "./policy-document";

/**
 * What one or more AWS accounts' IAM holds, as far as Terraform tells: the input of every question
 * that `evaluate` answers. Built by `src/sources` from a synthesized stack, a plan or a state.
 *
 * @example
 * ```ts
 * import { type AccessGraph, accessGraph } from "iam-baseline/iam";
 *
 * const graph: AccessGraph = accessGraph({ groups: [{ name: "readers" }] });
 * graph.groups[0]?.arn; // "arn:aws:iam::111122223333:group/readers"
 * ```
 */
export interface AccessGraph {
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly roles: readonly Role[];
  /** Every customer managed policy, attached or not. Attached ones are the same objects as in the principals' `policies`. */
  readonly managedPolicies: readonly Policy[];
  readonly oidcProviders: readonly OidcProvider[];
  /** Schedules, functions, queues and alarms that keep credentials short-lived. */
  readonly safeguards: readonly Safeguard[];
  /** What the source held that could not be read into the graph, with its reason. Never silently dropped. */
  readonly unknowns: readonly Unknown[];
  /** Passwords, keys and certificates that Terraform makes (their secret is in the state), and MFA devices. */
  readonly credentials?: readonly DeclaredCredential[];
  readonly samlProviders?: readonly SamlProvider[];
  /** Attachments to and memberships of principals that this source does not hold; `mergeGraphs` finds their place. */
  readonly unplaced?: readonly Unplaced[];
}

/**
 * Something that is not known until apply (or at all): its own answer everywhere, never treated as absent.
 *
 * @example
 * ```ts
 * import { managedPolicy, type Unknown } from "iam-baseline/iam";
 *
 * const { document } = managedPolicy("SomethingNewerThanThisVersion");
 * const reason = "unknown" in document ? (document satisfies Unknown).reason : "";
 * reason.startsWith("no AWS managed policy"); // true
 * ```
 */
export interface Unknown {
  readonly unknown: true;
  /** Terraform address, with the attribute: `aws_iam_role.admin.name`. */
  readonly address: string;
  /** Why, in words: `known after apply: random_string.role-suffix.result`. */
  readonly reason: string;
}

/**
 * A string whose parts may be unknown: known strings are plain; an unknown part is written as `UNKNOWN_PART`
 * (U+FFFD, which IAM accepts in no name, ARN or document), e.g. `arn:aws:iam::111122223333:role/baseline/admin-\uFFFD`.
 * A comparison that hinges on such a part has no answer and says so. It stands for a part of a name (no `/` or
 * `:`), but at the beginning of a string for anything: `\uFFFD/*` may begin with a whole ARN.
 */
export type MaybeUnknownString = string;
/**
 * @example
 * ```ts
 * import { UNKNOWN_PART } from "iam-baseline/iam";
 *
 * `arn:aws:iam::111122223333:role/daily-${UNKNOWN_PART}`.endsWith("\uFFFD"); // true
 * ```
 */
export const UNKNOWN_PART = "\uFFFD";

export interface Principal {
  readonly arn: MaybeUnknownString;
  readonly name: MaybeUnknownString;
  readonly path: MaybeUnknownString;
  readonly accountId: string;
  /** Terraform address; empty where the source has none (an account's own description). */
  readonly address: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: readonly AttachedPolicy[];
  readonly permissionsBoundary?: AttachedPolicy;
}

/**
 * @example
 * ```ts
 * import { accessGraph, type User } from "iam-baseline/iam";
 *
 * const users: readonly User[] = accessGraph({ users: [{ name: "anna", tags: { team: "web" } }] }).users;
 * users[0]?.tags; // { team: "web" }
 * ```
 */
export interface User extends Principal {
  readonly kind: "user";
  /** The groups the user is a member of: the same objects as in `AccessGraph.groups`. */
  readonly groups: readonly Group[];
  /** Addresses of `aws_iam_user_login_profile`: a password. */
  readonly loginProfiles: readonly string[];
  /** Access keys that Terraform makes (their secret is in the state). */
  readonly accessKeys: readonly { readonly address: string; readonly status: string }[];
  readonly forceDestroy?: boolean;
}

/**
 * @example
 * ```ts
 * import { accessGraph, type Group } from "iam-baseline/iam";
 *
 * const groups: readonly Group[] = accessGraph({ groups: [{ name: "readers" }] }).groups;
 * groups[0]?.kind; // "group"
 * ```
 */
export interface Group extends Omit<Principal, "tags" | "permissionsBoundary"> {
  readonly kind: "group";
}

/**
 * @example
 * ```ts
 * import { accessGraph, policyDocument, type Role } from "iam-baseline/iam";
 *
 * const trust = policyDocument({
 *   Effect: "Allow",
 *   Action: "sts:AssumeRole",
 *   Principal: { Service: "lambda.amazonaws.com" },
 * });
 * const roles: readonly Role[] = accessGraph({ roles: [{ name: "job", trust }] }).roles;
 * roles[0]?.trust.kind; // "trust"
 * ```
 */
export interface Role extends Principal {
  readonly kind: "role";
  readonly trust: AttachedPolicy;
  /** Seconds, 3600-43200; 0 where the source does not tell it (an account's authorization details). */
  readonly maxSessionDuration: number;
  /** Names of the instance profiles that pass the role to EC2. */
  readonly instanceProfiles: readonly string[];
}

/**
 * One policy document in the account, or an AWS managed one.
 *
 * @example
 * ```ts
 * import { managedPolicy, type Policy } from "iam-baseline/iam";
 *
 * const policy: Policy = managedPolicy("AdministratorAccess");
 * policy.arn; // "arn:aws:iam::aws:policy/AdministratorAccess"
 * ```
 */
export interface Policy {
  readonly kind: "managed" | "aws-managed" | "inline" | "trust";
  readonly name: MaybeUnknownString;
  /** Only managed policies have one. */
  readonly arn?: MaybeUnknownString;
  /** Terraform address of the resource that holds the document; empty for AWS managed policies. */
  readonly address: string;
  readonly document: PolicyDocument | Unknown;
}

/**
 * A policy where it is in force.
 *
 * @example
 * ```ts
 * import { type AttachedPolicy, accessGraph } from "iam-baseline/iam";
 *
 * const [policy]: readonly AttachedPolicy[] =
 *   accessGraph({ users: [{ name: "anna", policies: ["ReadOnlyAccess"] }] }).users[0]?.policies ?? [];
 * policy?.attachedBy; // "arn:aws:iam::111122223333:user/anna"
 * ```
 */
export interface AttachedPolicy extends Policy {
  /** Terraform address of the resource that attaches it (equal to `address` for inline and trust policies). */
  readonly attachedBy: string;
}

export interface OidcProvider {
  readonly arn: MaybeUnknownString;
  /** Host and path without `https://`: `token.actions.githubusercontent.com`. */
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly accountId: string;
  readonly address: string;
}

export interface SamlProvider {
  readonly arn: MaybeUnknownString;
  readonly name: MaybeUnknownString;
  readonly accountId: string;
  readonly address: string;
}

/** A credential that Terraform makes for a user. */
export interface DeclaredCredential {
  /** `aws_iam_user_login_profile`, `aws_iam_access_key`, `aws_iam_user_ssh_key`, `aws_iam_service_specific_credential`, `aws_iam_signing_certificate`, `aws_iam_virtual_mfa_device`, `aws_iam_server_certificate`. */
  readonly type: string;
  readonly address: string;
  readonly accountId: string;
  /** Empty where the credential belongs to no user (a server certificate, an MFA device that nobody has enabled). */
  readonly userName: MaybeUnknownString;
  /** `Active` or `Inactive`; absent where the credential has no status. */
  readonly status?: string;
}

/** Something for a principal that the source names but does not hold. */
export type Unplaced =
  | {
      readonly kind: "policy";
      readonly principalKind: "user" | "group" | "role";
      readonly principalName: MaybeUnknownString;
      readonly accountId: string;
      readonly policy: AttachedPolicy;
      /** The entry of `AccessGraph.unknowns` that tells of it. */
      readonly unknown: Unknown;
    }
  | {
      readonly kind: "membership";
      readonly userName: MaybeUnknownString;
      readonly groupName: MaybeUnknownString;
      readonly accountId: string;
      readonly address: string;
      /** Also the document of a policy of the user, where it is the group that is missing: its policies are unknown. */
      readonly unknown: Unknown;
    };

/** A resource of the credential-hygiene stack or an account setting, with the attributes that mean something to a reviewer. */
export interface Safeguard {
  readonly type: string;
  readonly address: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}
