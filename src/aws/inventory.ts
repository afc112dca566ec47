/** What was asked of AWS: its answer, or why there is none. Never mistaken for an empty answer. */
export type Answer<T> = { readonly value: T } | NoAnswer;

export interface NoAnswer {
  /** Why there is no answer. */
  readonly notChecked: string;
  /** Nobody asked: the source is a file that tells of no such thing. Absent: AWS was asked and did not answer. */
  readonly isNotAsked?: true;
}

export interface InventoryKey {
  /** `****ABCD`: the whole id would name the account. */
  readonly maskedId: string;
  readonly status: string;
  /** ISO 8601, UTC; absent where the source does not tell it. */
  readonly createDate?: string;
}

/** Another credential of a user: an SSH key, a service-specific credential, a signing certificate. */
export interface InventoryCredential {
  readonly status: string;
  /** The service that it is for, or nothing. */
  readonly service?: string;
  readonly createDate?: string;
}

/** Credentials of one user, each an answer of its own. */
export interface UserCredentials {
  /** The password; null: the user has none. */
  readonly loginProfile: Answer<{ readonly createDate?: string } | null>;
  readonly accessKeys: Answer<readonly InventoryKey[]>;
  /** Serial numbers: ARNs of virtual devices and of passkeys, or numbers of hardware. */
  readonly mfaDevices: Answer<readonly string[]>;
  readonly sshPublicKeys: Answer<readonly InventoryCredential[]>;
  readonly serviceSpecificCredentials: Answer<readonly InventoryCredential[]>;
  readonly signingCertificates: Answer<readonly InventoryCredential[]>;
}

export interface InventoryOidcProvider {
  readonly arn: string;
}

/** A Lambda function of the region. */
export interface InventoryFunction {
  readonly name: string;
  /** ARN of the role that it runs as. */
  readonly role: string;
}

/** A schedule of EventBridge Scheduler. */
export interface InventorySchedule {
  readonly name: string;
  readonly group: string;
  readonly state: string;
  /** ARN of what it invokes. */
  readonly target: string;
}

export interface InventorySubscription {
  /** ARN, or `PendingConfirmation`. */
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
}

/** What runs in a region and who is told, as far as no plan shows it. */
export interface RegionalInventory {
  readonly region: string;
  readonly functions: Answer<readonly InventoryFunction[]>;
  /** Who else may invoke or change a function: its policy as JSON text, null where it has none. By name. */
  readonly functionPolicies: Readonly<Record<string, Answer<string | null>>>;
  readonly schedules: Answer<readonly InventorySchedule[]>;
  /** Of the topics that were asked about, by ARN. */
  readonly subscriptions: Readonly<Record<string, Answer<readonly InventorySubscription[]>>>;
}

/** When and for what a key was used last. */
export interface InventoryLastUse {
  /** ISO 8601, UTC. */
  readonly date: string;
  /** Service of the call, `s3`; empty where IAM does not say. */
  readonly service: string;
  readonly region: string;
}

type Tags = Readonly<Record<string, string>>;

/** What only an import needs of an account. */
export interface InventoryDetails {
  /** By role name; empty where a role has none. */
  readonly roleDescriptions: Answer<Readonly<Record<string, string>>>;
  /** Of customer managed policies, by ARN. */
  readonly policies: Answer<Readonly<Record<string, { readonly tags: Tags }>>>;
  /** By ARN. */
  readonly oidcProviders: Answer<
    Readonly<Record<string, { readonly clientIds: readonly string[]; readonly tags: Tags }>>
  >;
  /** By ARN; metadata is XML and holds certificates, no secret. */
  readonly samlProviders: Answer<
    Readonly<Record<string, { readonly metadata: string; readonly tags: Tags }>>
  >;
  readonly alias: Answer<string | null>;
  /** ISO 8601, UTC, by user name; users that never signed in are left out. */
  readonly passwordLastUsed: Answer<Readonly<Record<string, string>>>;
  /** By user name; keys that were never used are left out. */
  readonly keysLastUsed: Answer<Readonly<Record<string, readonly InventoryLastUse[]>>>;
}

export const INVENTORY_FORMAT = "iam-baseline-inventory/1";

/** The IAM of an account as it is: everything that drift is judged by besides Terraform's plans. Holds no secret. */
export interface AccountInventory {
  readonly format: typeof INVENTORY_FORMAT;
  readonly accountId: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  /** All pages of GetAccountAuthorizationDetails, joined. */
  readonly authorizationDetails: Readonly<Record<string, unknown>>;
  /** Why the source is less than an inventory; absent where everything was asked. */
  readonly notAsked?: string;
  /** By user name. */
  readonly users: Readonly<Record<string, UserCredentials>>;
  /** Longest session of each role, in seconds, by role name: the authorization details do not hold it. */
  readonly roleSessions: Answer<Readonly<Record<string, number>>>;
  readonly oidcProviders: Answer<readonly InventoryOidcProvider[]>;
  readonly samlProviders: Answer<readonly InventoryOidcProvider[]>;
  /** In Terraform's words (`minimum_password_length`); null: the account has none. */
  readonly passwordPolicy: Answer<Readonly<Record<string, unknown>> | null>;
  /** Functions, schedules and subscriptions of the environment's region; absent: not asked. */
  readonly regional?: RegionalInventory;
  /** Absent: nobody asked, as for drift. */
  readonly details?: InventoryDetails;
  /** GetAccountSummary: `AccountAccessKeysPresent`, `AccountMFAEnabled`, ... */
  readonly summary: Answer<Readonly<Record<string, number>>>;
}
