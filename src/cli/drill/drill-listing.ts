import { DRILL_GOAL_SECONDS, DRILL_PATIENCE_MS, type DrillReport } from "../../response/drill";
import type { Listing } from "../listing";

const STEPS = [
  ["inactiveAfter", "every key Inactive"],
  ["deniedAfter", "sessions denied"],
  ["toldAfter", "people told"],
] as const satisfies readonly (readonly [keyof DrillReport, string])[];

/** Steps that did not happen in time, or at all. */
export function lateSteps(report: DrillReport): readonly string[] {
  return STEPS.filter(([key]) => (report[key] ?? Number.POSITIVE_INFINITY) > DRILL_GOAL_SECONDS).map(
    ([, words]) => words,
  );
}

/** A drill's measures, for the person who writes the quarterly report. */
export function drillListing(report: DrillReport, environment: string, accountId: string): Listing {
  const late = lateSteps(report);
  return {
    title: `Drill leaked-key, environment ${environment}, account ${accountId}, user ${report.userName}: ${
      late.length === 0 ? `passed, each step within ${DRILL_GOAL_SECONDS} s` : `FAILED: ${late.join(", ")}`
    }`,
    facts: [
      ["Sent", report.sentAt.toISOString()],
      ["Put back", `${report.restoredKeys} keys set to Active, sessions no longer denied`],
    ],
    head: ["step", "seconds after the event"],
    rows: STEPS.map(([key, words]) => [
      words,
      report[key]?.toFixed(1) ?? `not within ${DRILL_PATIENCE_MS / 1000} s`,
    ]),
    notes: [
      ...report.notRestored.map((what) => `NOT PUT BACK: ${what}`),
      ...(late.length === 0
        ? []
        : [
            "Where to look: the rule leaked-key in us-east-1, the queues ...-events-undelivered and ...-respond-failures, the log of ...-respond (docs/response.md)",
          ]),
    ],
  };
}
