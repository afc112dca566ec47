import type { Construct } from "constructs";
import { Alarm } from "../constructs/alarm";
import { FailureQueue } from "../constructs/failure-queue";
import type { FunctionPlace } from "../constructs/function-parts";
import { NotificationTopic } from "../constructs/notification-topic";
import { ScheduledFunction } from "../constructs/scheduled-function";
import { packAuditScope } from "../credentials/audit/audit-scope";
import { auditScopeOf, keyRulesOf } from "../credentials/environment-credentials";
import { packKeyRules } from "../credentials/pack-key-rules";
import { needsLastUsed, needsUserTags } from "../credentials/resolve-key-rules";
import type { ResolvedKeyRules } from "../credentials/resolved-key-rules";
import { policyName } from "../environment/account-names";
import { IamArns } from "../environment/arns";
import { parseCron, runsEveryDay } from "../environment/cron";
import type { Environment } from "../environment/environment";
import type { KeyRules } from "../environment/key-rules";
import type { Statement } from "../iam/policy-document";
import { QUARANTINE_POLICY } from "../iam/quarantine";
import { LAMBDA_HANDLER, type LambdaFunctionName } from "../lambda-bundle/function-name";
import { type LambdaZip, lambdaZip } from "../lambda-bundle/lambda-zip";
import {
  auditStatements,
  deactivationStatements,
  keepReportsStatement,
} from "../policies/credential-functions";
import { denySessionsStatement } from "../policies/response-function";
import { SESSION_CUTOFF } from "../policies/session-cutoff-policy";
import { AccountStack } from "./account-stack";

/** Metrics that the functions write to their logs; the dimensions are these and no others. */
const METRICS_NAMESPACE = "IamBaseline";
/** A nightly run is missed when none completed within a day and two hours. */
const HEARTBEAT_HOURS = 26;

/**
 * What keeps access keys short-lived and found: `<environment>-credential-hygiene`. A function deactivates keys by the
 * environment's rules, another one audits the credential report every week; alarms tell when either does not.
 */
export class CredentialHygieneStack extends AccountStack {
  private readonly arns: IamArns;
  private readonly topic: NotificationTopic;

  constructor(
    scope: Construct,
    environment: Environment,
    private readonly keyRules: KeyRules,
    /** Every environment, this one included: some may share the account. */
    private readonly all: readonly Environment[],
    /** Where the functions' code comes from. @default built or shipped zips */
    private readonly codeOf: (name: LambdaFunctionName) => LambdaZip = (name) => lambdaZip(name),
  ) {
    super(scope, environment, "credential-hygiene");
    this.arns = new IamArns(environment);
    const { partition, region, accountId } = environment;
    const topicName = policyName(environment, "credential-hygiene");
    this.topic = new NotificationTopic(this, "topic", {
      topicName,
      arn: `arn:${partition}:sns:${region}:${accountId}:${topicName}`,
      accountId,
      emails: keyRules.notifications?.emails ?? [],
    });
    const resolved = keyRulesOf(environment);
    if (resolved !== undefined) this.addDeactivation(resolved);
    this.addAudit();
  }

  private addDeactivation(rules: ResolvedKeyRules): void {
    const { keyRules } = this;
    const packed = packKeyRules(rules);
    const users = (paths: readonly string[]) => paths.map((path) => this.arns.user(path, "*"));
    const reports = this.reports();
    const cutoffPolicyArn = this.arns.policy(policyName(this.environment, SESSION_CUTOFF));
    const run = this.scheduled("deactivate-access-keys", {
      description: "Deactivates access keys by the rules of the environment",
      environmentVariables: {
        KEY_RULES: packed.variable,
        DRY_RUN: String(keyRules.dryRun ?? true),
        REPORTS_QUEUE_URL: reports.url,
        ...(keyRules.endSessions && { CUTOFF_POLICY_ARN: cutoffPolicyArn }),
      },
      statements: [
        ...deactivationStatements({
          managedUserArns: users(rules.managedPaths),
          exemptUserArns: users(rules.exemptPaths),
          lastUsed: needsLastUsed(rules),
          tags: needsUserTags(rules),
        }),
        keepReportsStatement(reports.arn),
        ...(keyRules.endSessions ? [denySessionsStatement(cutoffPolicyArn)] : []),
      ],
      schedule: keyRules.schedule,
      input: packed.event,
    });
    const metric = (metricName: string) => ({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensions: { environment: this.environment.name, service: "deactivate-access-keys" },
      topicArn: this.topic.arn,
    });
    new Alarm(this, "deactivation-failed", {
      alarmName: `${run.functionName}-failed-keys`,
      description:
        "At least one access key that should be inactive could not be deactivated; the run's log names the user",
      ...metric("Failed"),
    });
    const cron = parseCron(keyRules.schedule.cron);
    if ("matchesDate" in cron && runsEveryDay(cron)) {
      new Alarm(this, "deactivation-heartbeat", {
        alarmName: `${run.functionName}-heartbeat`,
        description: `No run completed for ${HEARTBEAT_HOURS} hours: access keys may have stayed active`,
        missingBelow: { threshold: 1, hours: HEARTBEAT_HOURS },
        ...metric("RunCompleted"),
      });
    }
  }

  /** What runs of the function keep for the next one: reports that nobody was told yet. */
  private reports(): { readonly arn: string; readonly url: string } {
    const { partition, region, accountId } = this.environment;
    const queueName = policyName(this.environment, "deactivate-access-keys-reports");
    const arn = `arn:${partition}:sqs:${region}:${accountId}:${queueName}`;
    new FailureQueue(this, "deactivation-reports", { queueName, arn });
    const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    return { arn, url: `https://sqs.${region}.${suffix}/${accountId}/${queueName}` };
  }

  private addAudit(): void {
    const packed = packAuditScope(auditScopeOf(this.environment, this.all));
    this.scheduled("audit-credential-report", {
      description: "Audits the credential report every week",
      environmentVariables: { AUDIT_SCOPE: packed.variable },
      statements: auditStatements([this.arns.anyUser], [this.arns.managedPolicy(`${QUARANTINE_POLICY}*`)]),
      schedule: { cron: "cron(0 6 ? * MON *)", timeZone: this.keyRules.schedule.timeZone },
      input: packed.event,
      // an audit that is not whole has told so already; once more is enough
      retries: 1,
    });
  }

  private scheduled(
    name: LambdaFunctionName,
    settings: {
      readonly description: string;
      readonly environmentVariables: Readonly<Record<string, string>>;
      readonly statements: readonly Statement[];
      readonly schedule: KeyRules["schedule"];
      readonly input: string | undefined;
      readonly retries?: 0 | 1 | 2;
    },
  ): ScheduledFunction {
    const { environment, keyRules, topic } = this;
    return new ScheduledFunction(this, name, {
      ...settings,
      place: this.place,
      functionName: policyName(environment, name),
      code: this.codeOf(name),
      handler: LAMBDA_HANDLER,
      codeSigningConfigArn: environment.codeSigningConfigArn,
      environmentVariables: {
        ...settings.environmentVariables,
        ENVIRONMENT: environment.name,
        TOPIC_ARN: topic.arn,
      },
      logRetentionDays: keyRules.logRetentionDays ?? 365,
      ...(keyRules.runtime !== undefined && { runtime: keyRules.runtime }),
      topic,
    });
  }

  private get place(): FunctionPlace {
    const { partition, accountId, region } = this.environment;
    return { partition, accountId, region, rolePath: this.arns.paths.root };
  }
}
