import type { ResolvedKeyRules } from "../../credentials/resolved-key-rules";
import type { Acceptance } from "../../findings/acceptance";
import type { Machine } from "./machinery";
import type { DeclaredWeakness } from "./proof";

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
  /** What is weaker by declaration. @default nothing */
  readonly weaknesses?: readonly DeclaredWeakness[];
  /** What keeps the rules in force besides IAM, which nobody below administrator may change. @default none */
  readonly machinery?: readonly Machine[];
  /** ARN of the policy that ends sessions, where the environment responds to leaked keys. */
  readonly cutoffArn?: string;
}

/** The way back of owners every one of whose device keys a run could end; by a second device, of all owners. */
export interface ExpectedRecovery {
  readonly by: "second-device" | "oidc" | "break-glass-user" | "root";
  /** What ends keys, and on which days. */
  readonly rules: ResolvedKeyRules;
  /** IAM path of the device users. */
  readonly path: string;
  /** Whether a reactivation tells by tags how long runs keep the key. */
  readonly tags: boolean;
  readonly owners: readonly {
    readonly owner: string;
    /** ARNs of the device users. */
    readonly devices: readonly string[];
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
  /** The guard that it is held to besides those of its groups: of users that the account had before. */
  readonly guard?: ExpectedGuard;
  /** No person's device: it need not look after its own key. */
  readonly isNobodysDevice?: boolean;
}

/** What the guard of a group denies. A part that is off is a declared decision, not a broken proof. */
export interface ExpectedGuard {
  readonly mfa: boolean;
  readonly networks: boolean;
}

export interface ExpectedGroup {
  readonly arn: string;
  /** It only lets its members ask for one role: the guard comes with their other groups. */
  readonly forRole?: boolean;
  readonly kind: UserKind;
  readonly guard: ExpectedGuard;
  /** Members may set their own access key to Active again. */
  readonly selfReactivation: boolean;
  /** The account had it before: nobody decided that it has no guard. */
  readonly wasThereBefore?: boolean;
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
  /** Sessions carry the user's name. @default false */
  readonly sessionName?: boolean;
  readonly externalId?: string;
  /** The service that may assume it: `ec2.amazonaws.com`. */
  readonly service?: string;
  /** Applications of account access manager for which its service may assume the role. */
  readonly accountAccess?: readonly string[];
  /** Further services, of a role that the account had before. */
  readonly services?: readonly string[];
  /** The account had it before: its trust is its declaration, and nobody promised that people reach it. */
  readonly wasThereBefore?: boolean;
  readonly github?: ExpectedGithubTrust;
  /** Devices are trusted by their path, and only the members of a group may ask: any number of them. */
  readonly byPath?: ExpectedPathTrust;
  readonly saml?: ExpectedSamlTrust;
  readonly oidc?: ExpectedOidcTrust;
  readonly permissionSet?: ExpectedPermissionSetTrust;
  /** ARN, up to the name, of the users whose keys the role sets to Active again: `arn:...:user/baseline/device/`. */
  readonly reactivatesKeysOf?: string;
  readonly boundary: boolean;
  readonly declaredAt: string;
}

/** Users whom a trust policy names by account and path. */
export interface ExpectedPathTrust {
  /** ARNs of account roots. */
  readonly accountRoots: readonly string[];
}

/** People of a SAML provider. Whether they gave a second factor is the provider's to ask. */
export interface ExpectedSamlTrust {
  readonly providerArn: string;
  readonly audiences: readonly string[];
  readonly subjects?: readonly string[];
}

/** Jobs with a token of an OIDC provider other than GitHub's. */
export interface ExpectedOidcTrust {
  readonly providerArn: string;
  /** Issuer without `https://`. */
  readonly issuer: string;
  readonly audience: string;
  /** One accepted subject of each declared form. */
  readonly accepted: readonly string[];
}

/** People of Identity Center who hold one permission set. Their second factor is Identity Center's to ask. */
export interface ExpectedPermissionSetTrust {
  readonly accountRoot: string;
  readonly name: string;
  /** Root of the ARNs of Identity Center's roles. */
  readonly roleRoot: string;
  /** Region in the path; absent: any, and none. */
  readonly region?: string;
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
export type AcceptedException = Acceptance;
