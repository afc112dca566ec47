import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** A text in the queue, and what takes it out again. */
export interface KeptText {
  readonly text: string;
  readonly receipt: string;
}

/** What outlives a run: texts in a queue of its own, for fourteen days at most. */
export interface ReportQueue {
  keep(text: string): Promise<void>;
  /** What is kept, as far as SQS shows it; what it leaves out today is there tomorrow. */
  kept(): Promise<readonly KeptText[]>;
  drop(receipt: string): Promise<void>;
}

/** Answers of ten messages each; a run leaves three. */
const MOST_ANSWERS = 10;

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export function reportQueue(client: SQSClient, queueUrl: string): ReportQueue {
  return {
    async keep(text) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: text }));
    },
    async kept() {
      const found: KeptText[] = [];
      for (let answer = 0; answer < MOST_ANSWERS; answer += 1) {
        const { Messages = [] } = await client.send(
          // waiting asks every server of the queue: without it, a message may be there and not be shown
          new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
        );
        for (const { Body, ReceiptHandle } of Messages) {
          if (Body !== undefined && ReceiptHandle !== undefined)
            found.push({ text: Body, receipt: ReceiptHandle });
        }
        if (Messages.length === 0) break;
      }
      return found;
    },
    async drop(receipt) {
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
    },
  };
}
