import { defineDetection } from "../detection";
import { lastOf } from "../event/account-event";
import { isDeployment, quoted } from "../event/words";
import { API_CALL } from "../pattern/known-events";
import type { EventPattern } from "../pattern/pattern";

export const BASELINE_TAMPERED = defineDetection({
  id: "baseline-tampered",
  title:
    "The baseline's own rules, functions, schedule, topic or queues were changed outside of a deployment",
  severity: "critical",
  otherSeverities: ["medium"],
  place: "both",
  why: "Whoever disables a rule, a schedule or a function, or takes the topic's subscriptions away, works unseen from then on; the next plan shows it, if anybody makes one.",
  example: {
    told: "Somebody disables the schedule of the nightly run, or points the notify function at other code.",
    notTold: "Somebody changes a function of another name; the deployment role changes ours.",
  },
  reference: {
    title: "Amazon EventBridge: events from AWS services",
    url: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html",
  },
  since: "0.2.0",
  pattern: ({ namespace }) => {
    const named = `${namespace}-`;
    const of = (
      service: string,
      eventName: readonly (string | { prefix: string })[],
      requestParameters: EventPattern,
    ) => ({
      eventSource: [`${service}.amazonaws.com`],
      eventName,
      requestParameters,
    });
    const inText = [{ wildcard: `*${named}*` }];
    return {
      "detail-type": [API_CALL],
      detail: {
        errorCode: [{ exists: false }],
        $or: [
          of("events", ["DisableRule", "DeleteRule", "PutRule", "DeleteEventBus"], {
            name: [{ prefix: named }],
          }),
          of("events", ["RemoveTargets", "PutTargets"], { rule: [{ prefix: named }] }),
          of("sns", ["DeleteTopic", "SetTopicAttributes"], { topicArn: inText }),
          of("sns", ["Unsubscribe"], { subscriptionArn: inText }),
          of("sqs", ["DeleteQueue", "SetQueueAttributes", "PurgeQueue"], { queueUrl: inText }),
          of("scheduler", ["UpdateSchedule", "DeleteSchedule"], { groupName: [{ prefix: named }] }),
          of(
            "lambda",
            [
              { prefix: "UpdateFunction" },
              { prefix: "DeleteFunction" },
              { prefix: "PutFunctionConcurrency" },
              { prefix: "AddPermission" },
            ],
            { functionName: inText },
          ),
          of("logs", ["DeleteLogGroup", "PutRetentionPolicy"], {
            logGroupName: [{ prefix: `/aws/lambda/${named}` }],
          }),
          of("monitoring", ["DisableAlarmActions", "DeleteAlarms"], { alarmNames: [{ prefix: named }] }),
        ],
      },
    };
  },
  judge: (event, scope) => {
    if (isDeployment(event.actor, scope)) return undefined;
    const service = event.text("detail.eventSource")?.replace(".amazonaws.com", "") ?? "";
    const of = ["name", "rule", "topicArn", "subscriptionArn", "queueUrl", "functionName", "logGroupName"]
      .map((name) => event.parameter(name))
      .find((name) => name !== undefined);
    const alarms = event.value("detail.requestParameters.alarmNames");
    const subject = of ?? (Array.isArray(alarms) ? alarms.join(", ") : "?");
    // what the documentation asks for after a failed run
    const isPurge = event.name === "PurgeQueue";
    return {
      what: `called ${service}:${event.name} on ${quoted(lastOf(subject) ?? subject)}`,
      severity: isPurge ? "medium" : "critical",
      subject: `${event.name} ${subject}`,
      declared: "this was no deployment role of the environment",
    };
  },
});
