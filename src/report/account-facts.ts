import type { NotKnown } from "./not-known";

/** What an inventory tells of an account beside its policies. */
export interface AccountFacts {
  readonly accountId: string;
  /** ISO 8601, UTC; empty where the source does not say when it was taken. */
  readonly takenAt: string;
  readonly credentials: readonly CredentialFacts[];
  /** Users, groups, roles and policies that no stack declares, with who made them; or why that cannot be told. */
  readonly undeclared: readonly Origin[] | NotKnown;
}

/** Credentials of one user. Absent: not known. */
export interface CredentialFacts {
  readonly user: string;
  readonly hasPassword?: boolean;
  readonly activeKeys?: number;
  readonly inactiveKeys?: number;
  readonly mfaDevices?: number;
  /** SSH keys, service-specific credentials and certificates: `1 SSH key`. */
  readonly others: readonly string[];
}

/** Something that exists, and where it comes from. */
export interface Origin {
  readonly kind: "user" | "group" | "role" | "policy";
  readonly name: string;
  readonly arn: string;
  /** ISO 8601, UTC. */
  readonly createdAt?: string;
  /** In words: `IAM Identity Center`, `CloudFormation stack network`, an ARN; absent where it is not known. */
  readonly madeBy?: string;
}
