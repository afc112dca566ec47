import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { iamCredentials } from "../../src/aws/iam-credentials";
import { sessionCutoffStore } from "../../src/aws/session-cutoff-store";
import { runDeactivation } from "../../src/credentials/run/deactivation";
import type { RunDeps } from "../../src/credentials/run/run-deps";
import { failureCount, type RunSummary } from "../../src/credentials/run/run-summary";
import { endSessions } from "../../src/response/end-sessions";
import { publish } from "../runtime/publish";
import { redactErrors } from "../runtime/redacted-errors";
import { reportQueue } from "../runtime/report-queue";
import { newLogger, newMetrics } from "../runtime/telemetry";
import { isHeartbeat, readSettings } from "./config";
import { notificationOf } from "./notification";
import { Teller } from "./teller";

const SERVICE = "deactivate-access-keys";
/** With less than this left, the report is written even if requests are under way. */
const CUT_OFF_MS = 13_000;

export interface HandlerDeps {
  readonly iam: IAMClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** A run that was reported and did not do everything. Lambda runs it again, which is safe: what is done stays done. */
export class IncompleteRunError extends Error {
  override readonly name = "IncompleteRunError";
}

export type RunContext = Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">;

/**
 * The function: settings, run, log, metrics, notification, and an error at the end if anything failed. The error comes
 * after the report and holds counts only, because Lambda writes it, with its cause, into the log as it is.
 */
export function deactivationHandler(deps: HandlerDeps) {
  const logger = newLogger(SERVICE);
  return redactErrors(async (event: unknown, context: RunContext): Promise<Counts> => {
    const runId = context.awsRequestId;
    const settings = readSettings(deps.variables, event);
    logger.resetKeys();
    logger.appendKeys({ runId, environment: settings.environment, dryRun: settings.dryRun });

    const { topicArn, reportsQueueUrl } = settings;
    const teller = await Teller.begin({
      publish: (notification) => publish(deps.sns, topicArn, notification),
      queue: reportsQueueUrl === undefined ? undefined : reportQueue(deps.sqs, reportsQueueUrl),
      environment: settings.environment,
      run: { runId, startedAt: deps.now().toISOString() },
      log: (message, fields) => logger.error(message, fields),
    });

    const over = new AbortController();
    const cutOff = deps.sleep(context.getRemainingTimeInMillis() - CUT_OFF_MS, over.signal);
    const summary = await runDeactivation(
      {
        runId,
        cutOff,
        ...sessionsOf(settings.cutoffPolicyArn),
        iam: iamCredentials(deps.iam, over.signal),
        now: deps.now,
        sleep: (milliseconds) => deps.sleep(milliseconds, over.signal),
        remainingMs: () => context.getRemainingTimeInMillis(),
        log: (message, fields) => logger.info(message, fields),
      },
      settings,
    );
    over.abort();

    const failures = failureCount(summary);
    for (const failure of summary.failed) logger.error("failed", { ...failure });
    if (summary.notReached.length > 0)
      logger.error("not reached", { users: summary.notReached.slice(0, 1_000) });
    logger[failures > 0 ? "error" : "info"]("summary", {
      ...countsOf(summary),
      secondLook: summary.secondLook,
    });

    emit(summary);
    const told = await teller.tell(
      notificationOf(summary, isHeartbeat(settings.heartbeat, summary.startedAt)),
    );
    if (!told) {
      newMetrics(SERVICE, settings.environment)
        .addMetric("NotificationFailed", MetricUnit.Count, 1)
        .publishStoredMetrics();
    }
    if (failures > 0 || !told) {
      throw new IncompleteRunError(
        `environment ${settings.environment}, run ${runId}: ${summary.deactivated.length} keys deactivated, ` +
          `${summary.failed.length} failures, ${summary.notReached.length} users not reached` +
          `${told ? "" : ", the notification was not sent"}; the log of this run names them`,
      );
    }
    return countsOf(summary);
  });

  function sessionsOf(policyArn: string | undefined): Pick<RunDeps, "endSessions"> {
    if (policyArn === undefined) return {};
    const store = sessionCutoffStore(deps.iam, policyArn, deps.now);
    return { endSessions: (users) => endSessions(store, users, deps.now()) };
  }
}

export interface Counts {
  readonly users: number;
  readonly exemptUsers: number;
  readonly uncoveredUsers: number;
  readonly deactivated: number;
  readonly wouldDeactivate: number;
  readonly alreadyInactive: number;
  readonly kept: number;
  readonly keptForNow: number;
  readonly keptLast: number;
  readonly endingSoon: number;
  readonly gone: number;
  readonly failed: number;
  readonly notReached: number;
}

function countsOf(summary: RunSummary): Counts {
  const { users, exemptUsers, uncoveredUsers, alreadyInactive, kept, gone } = summary;
  return {
    users,
    exemptUsers,
    uncoveredUsers,
    deactivated: summary.deactivated.length,
    wouldDeactivate: summary.wouldDeactivate.length,
    alreadyInactive,
    kept,
    keptForNow: summary.keptForNow.length,
    keptLast: summary.keptLast.length,
    endingSoon: summary.endingSoon.length,
    gone,
    failed: summary.failed.length,
    notReached: summary.notReached.length,
  };
}

/** `RunCompleted` is 1 for a run that reached every user, whatever failed on the way: its absence is the heartbeat's alarm. */
function emit(summary: RunSummary): void {
  const metrics = newMetrics(SERVICE, summary.environment);
  const add = (name: string, value: number) => metrics.addMetric(name, MetricUnit.Count, value);
  add("Users", summary.users);
  add("Deactivated", summary.deactivated.length);
  add("WouldDeactivate", summary.wouldDeactivate.length);
  add("AlreadyInactive", summary.alreadyInactive);
  add("KeptForNow", summary.keptForNow.length);
  add("KeptLast", summary.keptLast.length);
  add("Failed", failureCount(summary));
  add("RunCompleted", summary.notReached.length === 0 ? 1 : 0);
  metrics.publishStoredMetrics();
}
