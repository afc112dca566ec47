import { Construct } from "constructs";
import { Alarm } from "./alarm";
import { addFunction, type FunctionParts, type FunctionProps } from "./function-parts";

/**
 * Lambda function that rules of EventBridge's invoke, with a queue for events that it could not deal with, and alarms for
 * both.
 */
export class EventFunction extends Construct {
  readonly functionName: string;
  readonly functionArn: string;
  readonly parts: FunctionParts;

  constructor(scope: Construct, id: string, props: FunctionProps) {
    super(scope, id);
    this.functionName = props.functionName;
    this.parts = addFunction(this, props);
    this.functionArn = this.parts.functionArn;
    const { queueName } = this.parts.failures;
    new Alarm(this, "alarm-errors", {
      alarmName: `${props.functionName}-errors`,
      description: "A run failed; its log says why",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: props.functionName },
      topicArn: props.topic.arn,
    });
    new Alarm(this, "alarm-failures", {
      alarmName: `${props.functionName}-failures`,
      description: `A run and its repetitions failed; the event is in the queue ${queueName}`,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queueName },
      topicArn: props.topic.arn,
    });
  }
}
