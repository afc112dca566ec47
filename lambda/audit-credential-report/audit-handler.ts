import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { Context } from "aws-lambda";
import { type AuditFacts, gatherAuditFacts } from "../../src/aws/audit-facts";
import { describeError } from "../../src/aws/sdk-error";
import type { AuditScope } from "../../src/credentials/audit/audit-scope";
import { judgedAudit } from "../../src/credentials/audit/judged-audit";
import { sortFindings } from "../../src/findings/finding";
import { SEVERITIES } from "../../src/findings/severity";
import { type Notification, publish } from "../runtime/publish";
import { redactErrors } from "../runtime/redacted-errors";
import { newLogger, newMetrics } from "../runtime/telemetry";
import { readSettings } from "./config";
import { type AuditOutcome, failureOf, notificationOf } from "./notification";

const SERVICE = "audit-credential-report";

export interface AuditHandlerDeps {
  readonly iam: IAMClient;
  readonly sns: SNSClient;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** With less than this left, what IAM has not answered is given up, so that people can still be told. */
const CUT_OFF_MS = 10_000;

export type AuditContext = Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">;

/** An audit that was reported but is not whole, or that nobody was told of. */
export class IncompleteAuditError extends Error {
  override readonly name = "IncompleteAuditError";
}

export interface AuditCounts {
  readonly findings: number;
  readonly muted: number;
  readonly notChecked: number;
}

/**
 * The function: settings, report, judgement, log, metrics, notification. Findings are no error; an audit that could not
 * be made is one, so that the absence of a report never looks like a clean account.
 */
export function auditHandler(deps: AuditHandlerDeps) {
  const logger = newLogger(SERVICE);
  return redactErrors(async (event: unknown, context: AuditContext): Promise<AuditCounts> => {
    const { environment, topicArn, scope } = readSettings(deps.variables, event);
    logger.resetKeys();
    logger.appendKeys({ runId: context.awsRequestId, environment });

    const { input, unanswered } = await gathered(scope, context, async (because) => {
      logger.error("audit not made", { because });
      await tell(failureOf(environment, because), environment, topicArn);
    });
    const judged = judgedAudit(input, scope, input.now);
    const { findings, muted } = judged;
    const outcome: AuditOutcome = {
      environment,
      findings: sortFindings(findings),
      muted,
      notChecked: judged.notChecked,
      notes: judged.notes,
      unanswered,
      generatedTime: input.generatedTime,
      now: input.now,
    };

    for (const finding of outcome.findings) logger.warn("finding", { ...finding });
    for (const { finding, reason, expires } of muted) {
      logger.info("accepted", { rule: finding.rule, address: finding.address, reason, expires });
    }
    for (const each of judged.notChecked) logger.warn("not checked", { ...each });
    for (const note of judged.notes) logger.info("note", { note });
    for (const because of unanswered) logger.error("IAM did not answer", { because });
    const counts = { findings: findings.length, muted: muted.length, notChecked: judged.notChecked.length };
    logger.info("summary", {
      ...counts,
      users: input.rows.length,
      generatedTime: input.generatedTime.toISOString(),
    });
    emit(outcome);

    const told = await tell(notificationOf(outcome), environment, topicArn);
    if (!told || unanswered.length > 0) {
      throw new IncompleteAuditError(
        `environment ${environment}: ${unanswered.length} questions that IAM did not answer` +
          `${told ? "" : ", the notification was not sent"}; the log of this run names them`,
      );
    }
    return counts;
  });

  /** What IAM tells, before time runs out. Where it does not, people are told before the error is thrown. */
  async function gathered(
    scope: AuditScope,
    context: AuditContext,
    onFailure: (because: string) => Promise<void>,
  ): Promise<AuditFacts> {
    const over = new AbortController();
    const cutOff = deps.sleep(context.getRemainingTimeInMillis() - CUT_OFF_MS, over.signal).then(() => {
      throw new IncompleteAuditError("time ran out with requests under way: IAM did not answer");
    });
    const asked = gatherAuditFacts(deps.iam, scope, {
      now: deps.now,
      sleep: (milliseconds) => deps.sleep(milliseconds, over.signal),
    });
    // whichever of the two comes second, nobody listens to it
    for (const promise of [cutOff, asked]) promise.catch(() => {});
    try {
      return await Promise.race([asked, cutOff]);
    } catch (error) {
      await onFailure(describeError(error));
      throw error;
    } finally {
      over.abort();
    }
  }

  async function tell(notification: Notification, environment: string, topicArn: string): Promise<boolean> {
    try {
      await publish(deps.sns, topicArn, notification);
      return true;
    } catch (error) {
      logger.error("notification not sent", { because: describeError(error) });
      newMetrics(SERVICE, environment)
        .addMetric("NotificationFailed", MetricUnit.Count, 1)
        .publishStoredMetrics();
      return false;
    }
  }
}

/** `FindingsCritical` … `FindingsInfo`, and `AuditCompleted` 1 for an audit of a whole report. */
function emit({ environment, findings, notChecked }: AuditOutcome): void {
  const metrics = newMetrics(SERVICE, environment);
  for (const severity of SEVERITIES) {
    const name = `Findings${severity.charAt(0).toUpperCase()}${severity.slice(1)}`;
    const count = findings.filter((finding) => finding.severity === severity).length;
    metrics.addMetric(name, MetricUnit.Count, count);
  }
  metrics.addMetric("NotChecked", MetricUnit.Count, notChecked.length);
  metrics.addMetric("AuditCompleted", MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}
