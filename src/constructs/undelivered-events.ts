import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import { policyDocument } from "../iam/policy-document";
import { FailureQueue } from "./failure-queue";
import { policyText } from "./iam-policy-text";

export interface UndeliveredEventsProps {
  /** 1-80 of `A-Za-z0-9_-`. */
  readonly queueName: string;
  /** ARN, computed. */
  readonly arn: string;
  /** Region of the queue: that of the rules. @default the provider's */
  readonly region?: string | undefined;
  /** ARN pattern of the rules whose events it keeps. */
  readonly ruleArns: string;
}

/** Queue of events that EventBridge could not hand over within a day. */
export class UndeliveredEvents extends Construct {
  readonly queue: FailureQueue;

  constructor(scope: Construct, id: string, { queueName, arn, region, ruleArns }: UndeliveredEventsProps) {
    super(scope, id);
    this.queue = new FailureQueue(this, "queue", { queueName, arn, region });
    new SqsQueuePolicy(this, "policy", {
      ...(region !== undefined && { region }),
      queueUrl: this.queue.queue.url,
      policy: policyText(
        policyDocument({
          Sid: "EventsOfTheseRules",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: arn,
          Condition: { ArnLike: { "aws:SourceArn": ruleArns } },
        }),
      ),
    });
  }
}
