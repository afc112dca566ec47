import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { keyRulesOf } from "../../credentials/environment-credentials";
import { runDeactivation } from "../../credentials/run/deactivation";
import type { IamCredentials } from "../../credentials/run/iam-credentials";
import { failureCount, type RunSummary } from "../../credentials/run/run-summary";
import type { Environment } from "../../environment/environment";
import type { Listing } from "../listing";
import type { Log } from "./log-line";

export interface DeactivateSettings {
  /** Judge and report, change nothing. */
  readonly dryRun: boolean;
  /** Wait half a minute after changes and look whether they hold. */
  readonly secondLook: boolean;
}

/** Enough to begin new work and too little to wait for a second look. */
const NO_TIME_TO_WAIT_MS = 25_000;

/**
 * The nightly run, now and by hand: the same core as the function's. Nothing where the environment has no key rules.
 */
export async function deactivateKeys(
  iam: IamCredentials,
  environment: Environment,
  { dryRun, secondLook }: DeactivateSettings,
  now: Date,
  log: Log,
): Promise<RunSummary | undefined> {
  const rules = keyRulesOf(environment);
  if (rules === undefined) return undefined;
  return runDeactivation(
    {
      runId: `by-hand-${randomUUID()}`,
      iam,
      now: () => now,
      sleep: async (milliseconds) => {
        log("keys.waiting", { environment: environment.name, seconds: milliseconds / 1000 });
        await sleep(milliseconds);
      },
      remainingMs: () => (secondLook ? Number.POSITIVE_INFINITY : NO_TIME_TO_WAIT_MS),
      // nobody ends a person's run but the person
      cutOff: new Promise(() => {}),
      log: (message, fields) => log(`keys.${message}`, { environment: environment.name, ...fields }),
    },
    { environment: environment.name, rules, dryRun },
  );
}

/** One run in words. */
export function runListing(summary: RunSummary): Listing {
  const { environment, dryRun, deactivated, wouldDeactivate, keptForNow, failed, secondLook } = summary;
  const row = (outcome: string) => (event: { userName: string; key: string; because: string }) => [
    event.userName,
    event.key,
    outcome,
    event.because,
  ];
  return {
    title: dryRun
      ? `Dry run over environment ${environment}: nothing was changed`
      : `Access keys of environment ${environment}`,
    facts: [
      [
        "Users",
        `${summary.users} under a rule, ${summary.exemptUsers} exempt, ${summary.uncoveredUsers} without one`,
      ],
      [
        "Keys",
        `${dryRun ? `${wouldDeactivate.length} to deactivate` : `${deactivated.length} deactivated`}, ` +
          `${summary.alreadyInactive} inactive already, ${summary.kept} kept, ${keptForNow.length} kept for now, ${summary.keptLast.length} kept as the last one of an owner, ${failureCount(summary)} failures`,
      ],
    ],
    head: ["user", "key", "outcome", "why"],
    rows: [
      ...failed.map(({ where, key = "", because }) => [where, key, "failed", because]),
      ...deactivated.map(row("deactivated")),
      ...wouldDeactivate.map(row("would be deactivated")),
      ...keptForNow.map(row("kept for now")),
      ...summary.keptLast.map(row("kept as the last one")),
      ...summary.endingSoon.map(row("ends soon")),
    ],
    notes: [
      ...(deactivated.length > 0
        ? [
            `${summary.sessionsEnded === true ? "Their sessions are denied, too." : "Sessions that began before stay valid until they expire."} The way back: docs/recovery.md`,
          ]
        : []),
      ...(secondLook.kind === "no-time"
        ? ["Not looked at again: whether the keys stay inactive is not known"]
        : []),
    ],
  };
}
