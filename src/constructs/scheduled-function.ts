import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { Construct } from "constructs";
import type { Schedule } from "../environment/schedule";
import { policyDocument } from "../iam/policy-document";
import { serviceTrustStatement } from "../policies/service-trust";
import { AssumableRole } from "./assumable-role";
import type { FailureQueue } from "./failure-queue";
import {
  addFunction,
  type FunctionParts,
  type FunctionProps,
  functionQueue,
  MAXIMUM_AGE_SECONDS,
  placedArn,
  placedRole,
} from "./function-parts";
import { escapedForTerraform } from "./iam-policy-text";
import { addRunAlarms } from "./run-alarms";

export interface ScheduledFunctionProps extends FunctionProps {
  readonly schedule: Schedule;
  /** JSON that each invocation gets. @default none */
  readonly input?: string | undefined;
  /** Whether the schedule is on. @default true */
  readonly enabled?: boolean;
}

const SCHEDULER_RETRIES = 10;

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
  readonly functionArn: string;
  readonly parts: FunctionParts;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ScheduledFunctionProps,
  ) {
    super(scope, id);
    this.functionName = props.functionName;
    const undelivered = functionQueue(this, "undelivered", props);
    this.parts = addFunction(this, props);
    this.functionArn = this.parts.functionArn;
    this.scheduleRuns(this.parts, undelivered);
    addRunAlarms(this, {
      functionName: this.functionName,
      failures: this.parts.failures,
      undelivered,
      topicArn: props.topic.arn,
    });
  }

  private scheduleRuns({ lambda, functionArn }: FunctionParts, undelivered: FailureQueue): void {
    const { props } = this;
    const group = new SchedulerScheduleGroup(this, "schedule-group", { name: props.functionName });
    const role = new AssumableRole(this, "schedule-role", {
      roleName: `${props.functionName}-schedule`,
      path: props.place.rolePath,
      trust: policyDocument(
        serviceTrustStatement({
          principal: "scheduler.amazonaws.com",
          sourceAccount: props.place.accountId,
          sourceArns: [placedArn(props.place, "scheduler", `schedule-group/${props.functionName}`)],
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
        roleArn: placedRole(props.place, `${this.functionName}-schedule`),
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
