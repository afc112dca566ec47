import { rulesOf } from "../coverage";
import type { AuditInput } from "./audit-input";
import { type AuditedUser, activeKeys } from "./audited-user";

/** Keys of a user that the last nightly run should have ended and the report shows as active. */
export interface NightlyKeys {
  /** When the run started. */
  readonly run: Date;
  /** The report was made before the run and cannot tell what it did: IAM hands out the same report for 4 hours. */
  readonly isReportOlder: boolean;
  readonly wasUsedSince: boolean;
  /** Active keys as IAM lists them now. Absent: not asked for. */
  readonly activeNow?: number;
}

/** Nothing where no nightly rule reaches the user, or no key of the time before the run is active. */
export function nightlyKeys(
  { row, path }: AuditedUser,
  { keyRules, lastNightlyRun: run, generatedTime, activeKeysNow }: AuditInput,
): NightlyKeys | "run-unknown" | undefined {
  const isCovered =
    keyRules !== undefined &&
    rulesOf({ userName: row.user, path }, keyRules).some(({ nightly }) => nightly === true);
  const active = activeKeys(row);
  if (!isCovered || active.length === 0) return undefined;
  if (run === undefined) return "run-unknown";
  const older = active.filter(
    ({ lastRotated }) => !(lastRotated instanceof Date) || lastRotated.getTime() < run.getTime(),
  );
  if (older.length === 0) return undefined;
  const now =
    activeKeysNow !== undefined && Object.hasOwn(activeKeysNow, row.user)
      ? activeKeysNow[row.user]
      : undefined;
  return {
    run,
    isReportOlder: generatedTime.getTime() <= run.getTime(),
    wasUsedSince: older.some(
      ({ lastUsedDate }) => lastUsedDate instanceof Date && lastUsedDate.getTime() >= run.getTime(),
    ),
    ...(now !== undefined && { activeNow: now }),
  };
}
