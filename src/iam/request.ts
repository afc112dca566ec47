/**
 * How the caller signs: what decides which condition keys the request carries (iam-reference 1.1).
 *
 * @example
 * ```ts
 * import type { Credentials } from "iam-baseline/iam";
 *
 * const signedInWithMfa: Credentials = { kind: "session-token", mfaAgeSeconds: 60 };
 * signedInWithMfa.kind; // "session-token"
 * ```
 */
export type Credentials =
  | {
      readonly kind: "long-term-key" /** SerialNumber and TokenCode given with an AssumeRole or GetSessionToken call. */;
      readonly mfaCode?: boolean;
    }
  | {
      readonly kind: "session-token";
      /** Seconds since MFA; absent: a session without MFA. */
      readonly mfaAgeSeconds?: number;
    }
  | { readonly kind: "console-password"; readonly mfaAgeSeconds?: number }
  | { readonly kind: "role-session"; readonly sessionName?: string; readonly sourceIdentity?: string }
  | {
      readonly kind: "web-identity" /** Token claims, e.g. `{ aud, sub, repository_id }`. */;
      readonly claims: Readonly<Record<string, string>>;
    }
  | { readonly kind: "service" };

/**
 * Where the call comes from. `"none"`: neither an address nor a VPC is in the request.
 *
 * @example
 * ```ts
 * import type { Network } from "iam-baseline/iam";
 *
 * const office: Network = { sourceIp: "203.0.113.7" };
 * office.sourceIp; // "203.0.113.7"
 * ```
 */
export type Network =
  | { readonly sourceIp: string }
  | { readonly vpc: string; readonly vpcEndpoint?: string; readonly vpcSourceIp?: string }
  | "none";

/**
 * One question. What it leaves open is not guessed: the time, a region that the resource does not name, keys of
 * services. It is taken to go over TLS (`aws:SecureTransport`) unless `context` says otherwise.
 *
 * @example
 * ```ts
 * import type { AccessRequest } from "iam-baseline/iam";
 *
 * const request: AccessRequest = {
 *   principal: "arn:aws:iam::111122223333:user/anna",
 *   credentials: { kind: "long-term-key" },
 *   network: { vpc: "vpc-0a1b2c3d4e5f60718" },
 *   action: "s3:ListBucket",
 *   resource: "arn:aws:s3:::site",
 *   context: { "s3:prefix": "home/" },
 * };
 * request.action; // "s3:ListBucket"
 * ```
 */
export interface AccessRequest {
  /**
   * ARN of the caller: a user or role of the graph, `arn:aws:iam::ACCOUNT:root`, a service
   * (`scheduler.amazonaws.com`), or for web identities the provider's ARN. A session may be named by its own ARN
   * (`arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION`), a user or role by its Terraform address, which tells
   * apart what has the same ARN until apply.
   */
  readonly principal: string;
  readonly credentials: Credentials;
  readonly network: Network;
  /** `service:Action`, any case. */
  readonly action: string;
  /** Resource ARN, or `*` for actions that have no resource. For a user or role its Terraform address will do. */
  readonly resource: string;
  /** Called by an AWS service on the caller's behalf (forward access session). @default false */
  readonly viaAwsService?: boolean;
  /** Further condition keys of the request, e.g. `{ "s3:prefix": ["home/"] }`; override the derived ones. A key set to `[]` has no values, which IAM treats as absent. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** Keys that the request certainly does not carry (so they are not "unknown"). */
  readonly absentContext?: readonly string[];
}
