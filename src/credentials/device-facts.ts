/** An access key as IAM lists it. */
export interface KeyFact {
  readonly accessKeyId: string;
  readonly active: boolean;
  readonly createDate: Date;
  /** Absent: never, or IAM does not know yet (its answer lags behind by minutes). */
  readonly lastUsed: Date | undefined;
}

/** The MFA device of a user. */
export type MfaFact =
  | { readonly state: "enrolled"; readonly since: Date }
  /** A device of another name is enrolled: a passkey, or one that a person named. */
  | { readonly state: "another"; readonly serial: string }
  /** Made and never enrolled: its seed is lost, and its name is taken. */
  | { readonly state: "abandoned" }
  | { readonly state: "none" };

/** The state of a device, from which everything that is left to do follows. */
export interface DeviceFacts {
  /** Oldest first; undefined: there is no such user. */
  readonly keys: readonly KeyFact[] | undefined;
  readonly mfa: MfaFact;
  /** Id of the key that the key store of this machine holds; undefined: none, or it could not be asked. */
  readonly stored: string | undefined;
}

/** Keys that a user can have. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const KEY_SLOTS = 2;
