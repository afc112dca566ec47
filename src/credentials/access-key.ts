/**
 * What the rules need to know of an IAM user. `path` begins and ends with a slash.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_User.html
 */
export interface KeyOwner {
  readonly userName: string;
  readonly path: string;
  /** `AIDA...`: stays when the user is renamed or moved. Absent: the source does not tell it. */
  readonly userId?: string;
  /**
   * The user's tags, where they were asked for (`ListUsers` does not return them). Absent: not asked.
   * Needed only for temporary reactivation; `missingFacts` says when.
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * An access key as IAM lists it. A user may have more than two: IAM's own limit is not enforced atomically.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyMetadata.html
 */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly status: "Active" | "Inactive" | "Expired";
  readonly createDate: Date;
  /** When the key last signed a request, or `"never"`. Absent: not asked; `missingFacts` says when it is needed. */
  readonly lastUsed?: Date | "never";
}
