import {
  type Failure,
  failureCount,
  type KeyEvent,
  type RunSummary,
} from "../../src/credentials/run/run-summary";
import type { Notification } from "../runtime/publish";

/** Lines of one kind in a message; the log has all of them. */
const MAX_LINES = 40;

/**
 * What to tell people about a run: nothing when it changed nothing and nothing failed, unless it is the day of the
 * heartbeat. A repeated event finds no active key and therefore says nothing.
 */
export function notificationOf(summary: RunSummary, heartbeat: boolean): Notification | undefined {
  const failures = failureCount(summary);
  const { deactivated, wouldDeactivate, keptForNow, environment, dryRun, failed, notReached } = summary;
  const { keptLast, endingSoon } = summary;
  if (deactivated.length + failures + endingSoon.length === 0 && !heartbeat) return undefined;
  return {
    subject: `[${environment}] access keys: ${dryRun ? `${wouldDeactivate.length} to deactivate (dry run)` : `${deactivated.length} deactivated`}, ${failures} failed${endingSoon.length > 0 ? `, ${endingSoon.length} end soon` : ""}`,
    message: [
      `Run ${summary.runId} of environment ${environment}, started ${summary.startedAt.toISOString()}${dryRun ? " (dry run: nothing was changed)" : ""}`,
      `${summary.users} users, ${summary.exemptUsers} exempt, ${summary.uncoveredUsers} without a rule; ` +
        `keys: ${deactivated.length} deactivated, ${summary.alreadyInactive} inactive already, ${summary.kept} kept, ` +
        `${keptForNow.length} kept for now, ${keptLast.length} kept as the last one of an owner, ${summary.gone} gone; ${failures} failures`,
      ...section("Failed", failed.map(failureLine)),
      ...section("Not reached before time ran out", notReached),
      ...section("Deactivated", deactivated.map(eventLine)),
      ...section("Would be deactivated", wouldDeactivate.map(eventLine)),
      ...section("Kept active for now", keptForNow.map(eventLine)),
      ...section("Kept active as an owner's last key", keptLast.map(eventLine)),
      ...section("Ends soon", endingSoon.map(eventLine)),
      ...(deactivated.length > 0
        ? [
            "",
            `${summary.sessionsEnded === true ? "Their sessions are denied, too." : "Sessions that began before stay valid until they expire."} How to get a key back: docs/recovery.md`,
          ]
        : []),
    ].join("\n"),
  };
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - MAX_LINES;
  return [
    "",
    `${title}:`,
    ...lines.slice(0, MAX_LINES),
    ...(rest > 0 ? [`and ${rest} more, see the log`] : []),
  ];
}

function eventLine({ userName, key, because }: KeyEvent): string {
  return `- ${userName} ${key}: ${because}`;
}

function failureLine({ where, key, because }: Failure): string {
  // An error of IAM's names the account and the caller in full; the log keeps that, a message need not.
  const short = because.replace(/arn:[^\s,]+/g, (arn) => arn.slice(arn.lastIndexOf(":") + 1));
  return `- ${where}${key === undefined ? "" : ` ${key}`}: ${short}`;
}
