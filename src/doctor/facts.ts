import type { KeyFact, MfaFact } from "../credentials/device-facts";
import type { Environment } from "../environment/environment";

/** Something that was asked, or why there is no answer. What was not looked at is never told as fine. */
export type Answer<T> = { readonly known: T } | { readonly notChecked: string };

/** What a program says of its version; undefined: it is not installed. */
export type ProgramVersions = Readonly<Record<ProgramName, string | undefined>>;

export type ProgramName = "node" | "terraform" | "tofu" | "cdktf" | "cdktn" | "aws-vault" | "aws";

/** A user of a person with its credentials. */
export interface UserFact {
  readonly userName: string;
  readonly owner: string;
  readonly keys: readonly KeyFact[];
  readonly mfa: MfaFact;
}

export interface TrailFact {
  readonly name: string;
  readonly organization: boolean;
  readonly multiRegion: boolean;
}

/** How the state of one stack was found. */
export interface StateFact {
  /** `state/personal-identity.tfstate`, `s3://bucket/key`. */
  readonly place: string;
  readonly exists: boolean;
  /** Who holds the lock, in Terraform's words; absent: nobody. */
  readonly lockedBy?: string;
  /** ISO date of the last change. */
  readonly changed?: string;
  /** Versions of it are kept. */
  readonly versioned?: boolean;
}

/** Everything that the checks judge by. */
export interface DoctorFacts {
  readonly environment: Environment;
  readonly now: Date;
  readonly programs: ProgramVersions;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly caller: Answer<{ readonly accountId: string; readonly arn: string }>;
  /** As AWS saw the last call of these credentials. */
  readonly seenAddress: Answer<string>;
  readonly ipv4: Answer<string>;
  readonly ipv6: Answer<string>;
  readonly users: Answer<readonly UserFact[]>;
  /** IAM's account summary: `Users`, `UsersQuota`, ... */
  readonly summary: Answer<Readonly<Record<string, number>>>;
  /** Concurrency that no function of the account has reserved, and the account's limit. */
  readonly concurrency: Answer<{
    readonly unreserved: number;
    readonly limit: number;
    readonly deployed: boolean;
  }>;
  /** Functions of the environment that are deployed, with their runtimes. */
  readonly functions: Answer<readonly { readonly name: string; readonly runtime: string }[]>;
  readonly trails: Answer<readonly TrailFact[]>;
  readonly securityHub: Answer<boolean>;
  readonly identityCenter: Answer<boolean>;
  readonly state: Answer<StateFact>;
  /** Days on which the lists of this version were made, `YYYY-MM-DD`. */
  readonly lists: { readonly actions: string; readonly managedPolicies: string };
}
