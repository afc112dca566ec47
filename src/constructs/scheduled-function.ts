import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { DEFAULT_RUNTIME } from "../environment/lambda-runtimes";
import type { Schedule } from "../environment/schedule";
import { policyDocument, type Statement } from "../iam/policy-document";
import { serviceTrustStatement } from "../policies/service-trust";
import { AssumableRole } from "./assumable-role";
import { FailureQueue } from "./failure-queue";
import { escapedForTerraform } from "./iam-policy-text";
import type { NotificationTopic } from "./notification-topic";
import { addRunAlarms } from "./run-alarms";

/** The account and region in which the function runs: every ARN is computed from them. */
export interface FunctionPlace {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** IAM path of the roles. */
  readonly rolePath: string;
}

export interface ScheduledFunctionProps {
  readonly place: FunctionPlace;
  /** 1-50 of `A-Za-z0-9_-`; also the beginning of the names of role, queues, schedule and alarms. */
  readonly functionName: string;
  readonly description: string;
  /** Deployment package: a zip with fixed bytes, and the base64 of its SHA-256. */
  readonly code: { readonly zipPath: string; readonly sha256Base64: string };
  /** `file.function` in the zip. */
  readonly handler: string;
  /** Lambda runtime. @default the baseline's */
  readonly runtime?: string;
  /** @default "arm64" */
  readonly architecture?: "arm64" | "x86_64";
  /** MB, 128-10240. @default 128 */
  readonly memorySize?: number;
  /** Seconds, 1-900. @default 900 */
  readonly timeoutSeconds?: number;
  /** How often Lambda runs a failed invocation again, 0-2. @default 2 */
  readonly retries?: 0 | 1 | 2;
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** What the function may do, besides its own log, queue and topic. */
  readonly statements: readonly Statement[];
  readonly schedule: Schedule;
  /** JSON that each invocation gets. @default none */
  readonly input?: string | undefined;
  /** Whether the schedule is on. @default true */
  readonly enabled?: boolean;
  /** Days. @default 365 */
  readonly logRetentionDays?: number;
  /** Who is told of failures. */
  readonly topic: NotificationTopic;
}

/** A run that comes an hour late would meet people at work: later than this, it is dropped and an alarm tells. */
const MAXIMUM_AGE_SECONDS = 3600;
const SCHEDULER_RETRIES = 10;
const FUNCTION_RETRIES = 2;

/**
 * Lambda function that EventBridge Scheduler runs in a time zone, with everything that tells when it does not: retry
 * and age limits, a dead-letter queue for invocations that could not be handed over, a failure queue for runs that
 * failed (Scheduler invokes asynchronously, so its own queue never sees those), a log group with an end, and alarms.
 * One run at a time.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-eventbridge-scheduler.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export class ScheduledFunction extends Construct {
  readonly functionName: string;
  private readonly props: ScheduledFunctionProps;

  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id);
    this.props = props;
    this.functionName = props.functionName;
    const failures = this.queue("failures");
    const undelivered = this.queue("undelivered");
    const role = this.functionRole(failures);
    const lambda = this.lambda(role, failures);
    this.scheduleRuns(lambda, undelivered);
    addRunAlarms(this, {
      functionName: this.functionName,
      failures,
      undelivered,
      topicArn: props.topic.arn,
    });
  }

  private arn(service: string, resource: string): string {
    const { partition, region, accountId } = this.props.place;
    return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  }

  /** Computed, so that a plan shows who acts; the functions wait for the roles' permissions anyway. */
  private roleArn(name: string): string {
    const { partition, accountId, rolePath } = this.props.place;
    return `arn:${partition}:iam::${accountId}:role${rolePath}${name}`;
  }

  private queue(what: "failures" | "undelivered"): FailureQueue {
    const queueName = `${this.functionName}-${what}`;
    return new FailureQueue(this, what, { queueName, arn: this.arn("sqs", queueName) });
  }

  private get logGroupName(): string {
    return `/aws/lambda/${this.functionName}`;
  }

  private functionRole(failures: FailureQueue): AssumableRole {
    const { statements, topic, place } = this.props;
    return new AssumableRole(this, "function-role", {
      roleName: this.functionName,
      path: place.rolePath,
      // Lambda does not reliably send aws:SourceAccount here; only who may pass the role can use it
      trust: policyDocument(serviceTrustStatement({ principal: "lambda.amazonaws.com" })),
      inlinePolicy: {
        name: "function",
        document: policyDocument(
          ...statements,
          {
            Sid: "WriteOwnLog",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: this.arn("logs", `log-group:${this.logGroupName}:*`),
          },
          { Sid: "KeepFailures", Effect: "Allow", Action: "sqs:SendMessage", Resource: failures.arn },
          { Sid: "Tell", Effect: "Allow", Action: "sns:Publish", Resource: topic.arn },
        ),
      },
    });
  }

  private lambda(role: AssumableRole, failures: FailureQueue): LambdaFunction {
    const { props } = this;
    const logGroup = new CloudwatchLogGroup(this, "log", {
      name: this.logGroupName,
      retentionInDays: props.logRetentionDays ?? 365,
    });
    const code = new TerraformAsset(this, "code", {
      path: props.code.zipPath,
      type: AssetType.FILE,
      assetHash: Buffer.from(props.code.sha256Base64, "base64").toString("hex").slice(0, 32).toUpperCase(),
    });
    const variables = Object.entries(props.environmentVariables).map(([name, value]) => [
      name,
      escapedForTerraform(value),
    ]);
    const lambda = new LambdaFunction(this, "function", {
      functionName: props.functionName,
      description: props.description,
      role: this.roleArn(this.functionName),
      filename: code.path,
      sourceCodeHash: props.code.sha256Base64,
      handler: props.handler,
      runtime: props.runtime ?? DEFAULT_RUNTIME,
      architectures: [props.architecture ?? "arm64"],
      memorySize: props.memorySize ?? 128,
      timeout: props.timeoutSeconds ?? 900,
      reservedConcurrentExecutions: 1,
      environment: { variables: Object.fromEntries(variables) },
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      // the first run needs its permissions, which are a resource of their own
      dependsOn: [role.permissions],
    });
    new LambdaFunctionEventInvokeConfig(this, "failures-config", {
      functionName: lambda.functionName,
      maximumRetryAttempts: props.retries ?? FUNCTION_RETRIES,
      maximumEventAgeInSeconds: MAXIMUM_AGE_SECONDS,
      destinationConfig: { onFailure: { destination: failures.arn } },
      dependsOn: [failures.queue],
    });
    return lambda;
  }

  private scheduleRuns(lambda: LambdaFunction, undelivered: FailureQueue): void {
    const { props } = this;
    const group = new SchedulerScheduleGroup(this, "schedule-group", { name: props.functionName });
    const functionArn = this.arn("lambda", `function:${props.functionName}`);
    const role = new AssumableRole(this, "schedule-role", {
      roleName: `${props.functionName}-schedule`,
      path: props.place.rolePath,
      trust: policyDocument(
        serviceTrustStatement({
          principal: "scheduler.amazonaws.com",
          sourceAccount: props.place.accountId,
          sourceArns: [this.arn("scheduler", `schedule-group/${props.functionName}`)],
        }),
      ),
      inlinePolicy: {
        name: "schedule",
        document: policyDocument(
          { Sid: "Invoke", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: functionArn },
          { Sid: "KeepUndelivered", Effect: "Allow", Action: "sqs:SendMessage", Resource: undelivered.arn },
        ),
      },
    });
    new SchedulerSchedule(this, "schedule", {
      name: props.functionName,
      description: props.description,
      groupName: group.name,
      scheduleExpression: props.schedule.cron,
      scheduleExpressionTimezone: props.schedule.timeZone,
      state: (props.enabled ?? true) ? "ENABLED" : "DISABLED",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: functionArn,
        roleArn: this.roleArn(`${this.functionName}-schedule`),
        ...(props.input !== undefined && { input: escapedForTerraform(props.input) }),
        deadLetterConfig: { arn: undelivered.arn },
        retryPolicy: {
          maximumEventAgeInSeconds: MAXIMUM_AGE_SECONDS,
          maximumRetryAttempts: SCHEDULER_RETRIES,
        },
      },
      dependsOn: [lambda, undelivered.queue, role.permissions],
    });
  }
}
