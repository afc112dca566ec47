/**
 * What an access graph is held to, as plain values: `expectationOf` derives it from an environment, and anybody else
 * can write it by hand. ARNs may have an unknown part (`UNKNOWN_PART`) where a role's name ends at random.
 */
export interface Expectation {
  /** Names the environment in reports: `prod`. */
  readonly environment: string;
  readonly accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** IAM path below which everything of this environment is, such as `/baseline/`. */
  readonly root: string;
  /** Networks people work from, with prefix length. */
  readonly networks: readonly string[];
  readonly vpcs: readonly string[];
  /** Every user that may exist below `root`. */
  readonly users: readonly ExpectedUser[];
  readonly groups: readonly ExpectedGroup[];
  readonly roles: readonly ExpectedRole[];
  /** Absent: no run can leave anybody without an active key. */
  readonly recovery?: ExpectedRecovery;
  readonly accepted: readonly AcceptedException[];
}

/** The way back of owners every one of whose device keys a run could end. */
export interface ExpectedRecovery {
  readonly by: "second-device" | "oidc" | "break-glass-user" | "root";
  /** Whether a reactivation tells by tags how long runs keep the key. */
  readonly tags: boolean;
  readonly owners: readonly {
    readonly owner: string;
    readonly devices: readonly {
      readonly arn: string;
      /** A rule ends its keys every night; otherwise by age or disuse, which falls due once in weeks. */
      readonly nightly: boolean;
    }[];
  }[];
}

export type UserKind = "device" | "ci" | "break-glass";

export interface ExpectedUser {
  readonly arn: string;
  readonly kind: UserKind;
  /** ARNs of exactly the groups it is in. */
  readonly groups: readonly string[];
  /** Where a person declares it: `devices.work`. */
  readonly declaredAt: string;
}

/** What the guard of a group denies. A part that is off is a declared decision, not a broken proof. */
export interface ExpectedGuard {
  readonly mfa: boolean;
  readonly networks: boolean;
}

export interface ExpectedGroup {
  readonly arn: string;
  readonly kind: UserKind;
  readonly guard: ExpectedGuard;
  /** Members may set their own access key to Active again. */
  readonly selfReactivation: boolean;
  readonly declaredAt: string;
}

export interface ExpectedRole {
  readonly arn: string;
  /** Meant to hold administrator rights. */
  readonly administrator: boolean;
  /** ARNs of exactly the users that the trust policy names, of this and of other accounts. */
  readonly users: readonly string[];
  /** Users in accounts that no environment describes. */
  readonly externalUsers: readonly string[];
  readonly maxMfaAgeSeconds: number;
  /** Assumed only from the environment's networks and VPCs. */
  readonly networks: boolean;
  readonly sourceIdentity: boolean;
  readonly externalId?: string;
  /** The service that may assume it: `ec2.amazonaws.com`. */
  readonly service?: string;
  readonly github?: ExpectedGithubTrust;
  /** ARN, up to the name, of the users whose keys the role sets to Active again: `arn:...:user/baseline/device/`. */
  readonly reactivatesKeysOf?: string;
  readonly boundary: boolean;
  readonly declaredAt: string;
}

/** Jobs of GitHub Actions that may assume a role. */
export interface ExpectedGithubTrust {
  readonly providerArn: string;
  /** Issuer without `https://`. */
  readonly issuer: string;
  readonly audience: string;
  /** Every subject that is accepted, each exactly. */
  readonly subjects: readonly string[];
  readonly repositoryId?: string;
  /** The GitHub environment that protects the job; absent for branches and pull requests. */
  readonly protectedEnvironment?: string;
}

/** A named exception: one proof (or `proof/method`), one subject, a reason and an end. */
export interface AcceptedException {
  readonly finding: string;
  readonly subject: string;
  readonly reason: string;
  /** Last day on which it holds, UTC, `YYYY-MM-DD`. */
  readonly expires: string;
}
