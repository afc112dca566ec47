import { type SNSClient, SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** A queue that gets what a topic tells, for as long as somebody listens. */
export interface TopicEar {
  /** Messages that came since the last look. */
  hear(): Promise<readonly string[]>;
  /** Takes subscription and queue away. */
  close(): Promise<void>;
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html */
export async function listenTo(
  sns: SNSClient,
  sqs: SQSClient,
  topicArn: string,
  queueName: string,
): Promise<TopicEar> {
  const [, , , region = "", account = ""] = topicArn.split(":");
  const partition = topicArn.split(":")[1] ?? "aws";
  const queueArn = `arn:${partition}:sqs:${region}:${account}:${queueName}`;
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
      },
    ],
  });
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: queueName, Attributes: { Policy, MessageRetentionPeriod: "3600" } }),
  );
  const close = async (subscription: string | undefined) => {
    if (subscription !== undefined) await sns.send(new UnsubscribeCommand({ SubscriptionArn: subscription }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  };
  let subscription: string | undefined;
  try {
    // its messages have to exist before anything is sent
    await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: "sqs",
        Endpoint: queueArn,
        ReturnSubscriptionArn: true,
      }),
    );
    subscription = SubscriptionArn;
  } catch (error) {
    await close(undefined);
    throw error;
  }
  return {
    async hear() {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
      );
      return Messages.flatMap(({ Body }) => Body ?? []);
    },
    close: () => close(subscription),
  };
}
