/**
 * One rule with everything looked up: plain names and paths, no groups, no references. At least one of `paths` and
 * `users` is there, and at least one of the conditions.
 */
export interface ResolvedKeyRule {
  readonly name: string;
  /** Why the rule exists, in the words of the environment. */
  readonly reason: string;
  /** IAM path prefixes, e.g. `/baseline/device/`. */
  readonly paths?: readonly string[];
  /** IAM user names. */
  readonly users?: readonly string[];
  /** Every active key, in every run. */
  readonly nightly?: true;
  /** Keys from this age on; whole days, UTC. */
  readonly maxAgeDays?: number;
  /** Keys not used for this many days; never used counts from creation. */
  readonly unusedDays?: number;
  /** Grace for never-used keys: younger ones are not judged by `unusedDays`. @default 7 */
  readonly freshDays?: number;
  /** Older keys, once a newer active key of the same user is this many days old. */
  readonly supersededDays?: number;
}

/**
 * The key rules of one environment as the Lambdas and the command line read them: JSON-serialisable, resolved at
 * synthesis (`resolveKeyRules`), validated when read (`parseKeyRules`).
 */
export interface ResolvedKeyRules {
  /** Format of this object. */
  readonly version: 1;
  /** IAM path prefixes to list users of; never `/`, never empty. */
  readonly managedPaths: readonly string[];
  /** Managed paths under which the environment declares nobody: a run that finds nobody there ends well. */
  readonly emptyPaths?: readonly string[];
  /** IAM path prefixes whose users no rule reaches; break-glass is always one. */
  readonly exemptPaths: readonly string[];
  /** In the order of their names. */
  readonly rules: readonly ResolvedKeyRule[];
  /**
   * Owners to whom rules by age and disuse leave one key: for each the device users from which the owner sets any other
   * device's key to Active. Absent: nobody is left one.
   */
  readonly lastKeys?: readonly (readonly string[])[];
  /** Days before its end from which on a key is warned of. @default 0 - never */
  readonly warnDays?: number;
  /** Honour temporary reactivations up to this many hours ahead. Absent: none is honoured. */
  readonly reactivationMaxHours?: number;
}
