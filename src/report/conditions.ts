/** Circumstances under which something is allowed: all of them together. */
export interface Conditions {
  /** MFA that the credentials must carry; nothing: none. */
  readonly mfa?: {
    /** Oldest MFA that is accepted, in seconds; nothing: any age. */
    readonly maxAgeSeconds?: number;
  };
  /** CIDRs and VPC ids to call from; nothing: from anywhere. */
  readonly networks?: readonly string[];
  /** CIDRs and VPC ids within `networks`, or anywhere, from which it is not allowed. */
  readonly exceptNetworks?: readonly string[];
  /** What the call must hold besides, in words: `sts:SourceIdentity is the user's name`. */
  readonly besides?: readonly string[];
}

/** Written for networks that are not listed by any policy. */
export const ELSEWHERE = {
  ipv4: "other IPv4 addresses",
  ipv6: "other IPv6 addresses",
  vpc: "other VPCs",
} as const;

export function sameConditions(left: readonly Conditions[], right: readonly Conditions[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
