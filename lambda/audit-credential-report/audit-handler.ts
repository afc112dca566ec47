import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { SNSClient } from "@aws-sdk/client-sns";
import { gatherAuditFacts } from "../../src/aws/audit-facts";
import { describeError } from "../../src/aws/sdk-error";
import { auditReport } from "../../src/credentials/audit/audit-report";
import { AUDIT_RULE_IDS } from "../../src/credentials/audit/audit-rules";
import { applyAcceptances } from "../../src/findings/acceptance";
import { sortFindings } from "../../src/findings/finding";
import { SEVERITIES } from "../../src/findings/severity";
import { publish } from "../runtime/publish";
import { redactErrors } from "../runtime/redacted-errors";
import { newLogger, newMetrics } from "../runtime/telemetry";
import { readSettings } from "./config";
import { type AuditOutcome, notificationOf } from "./notification";

const SERVICE = "audit-credential-report";

export interface AuditHandlerDeps {
  readonly iam: IAMClient;
  readonly sns: SNSClient;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

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
  return redactErrors(
    async (event: unknown, context: { readonly awsRequestId: string }): Promise<AuditCounts> => {
      const { environment, topicArn, scope } = readSettings(deps.variables, event);
      logger.resetKeys();
      logger.appendKeys({ runId: context.awsRequestId, environment });

      const { input, unanswered } = await gatherAuditFacts(deps.iam, scope, deps);
      const judged = auditReport(input);
      const { findings, muted } = applyAcceptances(
        judged.findings,
        scope.acceptances,
        AUDIT_RULE_IDS,
        input.now,
      );
      const outcome: AuditOutcome = {
        environment,
        findings: sortFindings(findings),
        muted,
        notChecked: judged.notChecked,
        unanswered,
        generatedTime: input.generatedTime,
        now: input.now,
      };

      for (const finding of outcome.findings) logger.warn("finding", { ...finding });
      for (const { finding, reason, expires } of muted) {
        logger.info("accepted", { rule: finding.rule, address: finding.address, reason, expires });
      }
      for (const each of judged.notChecked) logger.warn("not checked", { ...each });
      for (const because of unanswered) logger.error("IAM did not answer", { because });
      const counts = { findings: findings.length, muted: muted.length, notChecked: judged.notChecked.length };
      logger.info("summary", {
        ...counts,
        users: input.rows.length,
        generatedTime: input.generatedTime.toISOString(),
      });
      emit(outcome);

      const told = await tell(outcome, topicArn);
      if (!told || unanswered.length > 0) {
        throw new IncompleteAuditError(
          `environment ${environment}: ${unanswered.length} questions that IAM did not answer` +
            `${told ? "" : ", the notification was not sent"}; the log of this run names them`,
        );
      }
      return counts;
    },
  );

  async function tell(outcome: AuditOutcome, topicArn: string): Promise<boolean> {
    try {
      await publish(deps.sns, topicArn, notificationOf(outcome));
      return true;
    } catch (error) {
      logger.error("notification not sent", { because: describeError(error) });
      newMetrics(SERVICE, outcome.environment)
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
