import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";

export interface FailureQueueProps {
  /** 1-80 of `A-Za-z0-9_-`. */
  readonly queueName: string;
  /** ARN, computed. */
  readonly arn: string;
  /** Region. @default the provider's */
  readonly region?: string | undefined;
}

const FOURTEEN_DAYS = 1_209_600;

/** Standard queue that keeps what could not be delivered or done, for fourteen days, encrypted by SQS. */
export class FailureQueue extends Construct {
  readonly arn: string;
  readonly queueName: string;
  readonly queue: SqsQueue;

  constructor(scope: Construct, id: string, props: FailureQueueProps) {
    super(scope, id);
    this.arn = props.arn;
    this.queueName = props.queueName;
    this.queue = new SqsQueue(this, "queue", {
      ...(props.region !== undefined && { region: props.region }),
      name: props.queueName,
      messageRetentionSeconds: FOURTEEN_DAYS,
      sqsManagedSseEnabled: true,
    });
  }
}
