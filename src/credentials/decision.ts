import type { AccessKey } from "./access-key";

/** What should become of one access key, and why. `because` never holds a key id. */
export type Decision =
  /** Active, and stays so. */
  | { readonly action: "keep"; readonly key: AccessKey; readonly because: string }
  /** Active, and a rule ends that. `rule` is its name in the environment; `because` holds its reason. */
  | {
      readonly action: "deactivate";
      readonly key: AccessKey;
      readonly rule: string;
      readonly because: string;
    }
  /**
   * A rule would deactivate the key, but a person asked to keep this one for now. Reported in every run.
   * `until` is when that ends.
   */
  | {
      readonly action: "keep-for-now";
      readonly key: AccessKey;
      readonly rule: string;
      readonly until: Date;
      readonly because: string;
    }
  /**
   * A rule by age or disuse would deactivate the key, but it is the last one with which its owner can set another
   * device's key to Active (`lastKeyStays`). Reported in every run, until another such key works.
   */
  | {
      readonly action: "keep-last";
      readonly key: AccessKey;
      readonly rule: string;
      readonly because: string;
    }
  /**
   * Not active already. IAM keeps no date of deactivation: `inactiveDaysAtMost` counts from the last moment the key is
   * known to have worked (its last use, else its creation), so the truth lies between 0 and this number.
   */
  | {
      readonly action: "already-inactive";
      readonly key: AccessKey;
      readonly inactiveDaysAtMost: number;
      readonly because: string;
    }
  /** A rule cannot be judged without a fact that was not given. Never to be treated as "keep": report it. */
  | {
      readonly action: "undecided";
      readonly key: AccessKey;
      readonly rule: string;
      readonly missing: "lastUsed";
      readonly because: string;
    };

/** What to ask IAM before `decide` can answer, and nothing more. */
export interface MissingFacts {
  /** Keys whose last use decides: one `GetAccessKeyLastUsed` each. */
  readonly lastUsed: readonly AccessKey[];
  /** Whether the user's tags can still change an answer: one `ListUserTags`. */
  readonly tags: boolean;
}
