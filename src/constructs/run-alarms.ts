import type { Construct } from "constructs";
import { Alarm } from "./alarm";
import type { FailureQueue } from "./failure-queue";

export interface WatchedRuns {
  /** Name of the function and of its schedule group. */
  readonly functionName: string;
  /** Runs that failed. */
  readonly failures: FailureQueue;
  /** Invocations that Scheduler could not hand over. */
  readonly undelivered: FailureQueue;
  readonly topicArn: string;
}

/** Alarms for everything that keeps a scheduled function from running or from ending well. */
export function addRunAlarms(
  scope: Construct,
  { functionName, failures, undelivered, topicArn }: WatchedRuns,
): void {
  const byGroup = { ScheduleGroup: functionName };
  const waiting = "ApproximateNumberOfMessagesVisible";
  const alarms: Readonly<
    Record<
      string,
      readonly [namespace: string, metricName: string, Readonly<Record<string, string>>, description: string]
    >
  > = {
    errors: ["AWS/Lambda", "Errors", { FunctionName: functionName }, "A run failed; its log says why"],
    failures: [
      "AWS/SQS",
      waiting,
      { QueueName: failures.queueName },
      `A run and its repetitions failed; the event is in the queue ${failures.queueName}`,
    ],
    undelivered: [
      "AWS/SQS",
      waiting,
      { QueueName: undelivered.queueName },
      `Scheduler could not start a run; the event is in the queue ${undelivered.queueName}`,
    ],
    "target-errors": [
      "AWS/Scheduler",
      "TargetErrorCount",
      byGroup,
      "Scheduler could not invoke the function",
    ],
    dropped: ["AWS/Scheduler", "InvocationDroppedCount", byGroup, "Scheduler gave up on a run"],
  };
  for (const [what, [namespace, metricName, dimensions, description]] of Object.entries(alarms)) {
    new Alarm(scope, `alarm-${what}`, {
      alarmName: `${functionName}-${what}`,
      description,
      namespace,
      metricName,
      dimensions,
      topicArn,
    });
  }
}
