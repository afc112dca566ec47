/** What was done, or would have been, to one key. */
export interface KeyEvent {
  readonly userName: string;
  /** Masked: `****ABCD`. */
  readonly key: string;
  readonly because: string;
}

/** Something that did not happen and should have. */
export interface Failure {
  /** User name; for a list of users its IAM path. */
  readonly where: string;
  /** Masked, where one key is meant. */
  readonly key?: string;
  readonly because: string;
}

/** Whether the keys that a run deactivated stayed inactive. */
export type SecondLook =
  /** Nothing was deactivated (or only a dry run). */
  | { readonly kind: "not-needed" }
  /** Too little time was left to wait for it. */
  | { readonly kind: "no-time" }
  /** `skipped` users were not reached before time ran out. Keys found active are failures. */
  | { readonly kind: "done"; readonly users: number; readonly skipped: number };

/** One run. Counts are of keys where nothing else is said. */
export interface RunSummary {
  readonly runId: string;
  readonly environment: string;
  readonly dryRun: boolean;
  readonly startedAt: Date;
  /** Users that some rule reaches. */
  readonly users: number;
  /** Users whose path exempts them. */
  readonly exemptUsers: number;
  /** Users under a managed path that no rule reaches. */
  readonly uncoveredUsers: number;
  readonly deactivated: readonly KeyEvent[];
  readonly wouldDeactivate: readonly KeyEvent[];
  /** Kept active because a person asked for it, until a stated moment. */
  readonly keptForNow: readonly KeyEvent[];
  /** Kept active as the last key with which an owner can reactivate another. */
  readonly keptLast: readonly KeyEvent[];
  /** Active, and a rule ends them within days, if nothing is done. Only on the days on which that is told. */
  readonly endingSoon: readonly KeyEvent[];
  readonly kept: number;
  readonly alreadyInactive: number;
  /** Users and keys that were deleted meanwhile: as good as deactivated. */
  readonly gone: number;
  readonly failed: readonly Failure[];
  /** Users that were not finished before time ran out. */
  readonly notReached: readonly string[];
  readonly secondLook: SecondLook;
  /** The sessions of users whose keys were deactivated are denied. */
  readonly sessionsEnded?: boolean;
}

/** Failures and users not reached: above zero, the run must end with an error. */
export function failureCount(summary: RunSummary): number {
  return summary.failed.length + summary.notReached.length;
}
