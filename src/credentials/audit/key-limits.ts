import { rulesOf } from "../coverage";
import { wholeDays } from "../days";
import { DEFAULT_FRESH_DAYS } from "../decide";
import type { AuditInput } from "./audit-input";
import { AUDIT_LIMITS } from "./audit-limits";
import { type AuditedUser, activeKeys, ageOf, type HeldKey } from "./audited-user";

/** An active key beside the days that it may have; whole days, as of the report. */
export interface KeyLimits {
  readonly key: HeldKey;
  /** Absent where the report has no date. */
  readonly age: number | undefined;
  readonly maxAge: number;
  /** Since its last use; absent where it was never used. */
  readonly idle: number | undefined;
  readonly maxIdle: number;
  /** What a key has that was never used. */
  readonly grace: number;
  readonly isTooOld: boolean;
  readonly isUnused: boolean;
}

/** The active keys of a user with their limits: the benchmark's, or the environment's own where they are shorter. */
export function keyLimits(user: AuditedUser, input: AuditInput): readonly KeyLimits[] {
  const at = input.generatedTime;
  const maxAge = Math.min(AUDIT_LIMITS.keyAgeDays, ...ownLimits(user, input, "maxAgeDays"));
  const maxIdle = Math.min(AUDIT_LIMITS.unusedDays, ...ownLimits(user, input, "unusedDays"));
  const grace = Math.max(maxIdle, DEFAULT_FRESH_DAYS, ...ownLimits(user, input, "freshDays"));
  return activeKeys(user.row).map((key) => {
    const age = ageOf(key, at);
    const idle = key.lastUsedDate instanceof Date ? wholeDays(key.lastUsedDate, at) : undefined;
    return {
      key,
      age,
      maxAge,
      idle,
      maxIdle,
      grace,
      isTooOld: age !== undefined && age >= maxAge,
      isUnused: idle === undefined ? age !== undefined && age >= grace : idle >= maxIdle,
    };
  });
}

/** The limits that the environment's own rules set for this user. */
function ownLimits(
  { row, path }: AuditedUser,
  { keyRules }: AuditInput,
  limit: "maxAgeDays" | "unusedDays" | "freshDays",
): readonly number[] {
  if (keyRules === undefined) return [];
  return rulesOf({ userName: row.user, path }, keyRules).flatMap((rule) => rule[limit] ?? []);
}
