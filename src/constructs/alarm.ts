import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface AlarmProps {
  readonly alarmName: string;
  /** What happened and what to do, for whoever reads the notification. */
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Alarm when the metric is at least this. */
  readonly atLeast?: number;
  /** Alarm when the metric is below this all the time, or does not come at all. */
  readonly missingBelow?: { readonly threshold: number; readonly hours: number };
  /** ARN of the topic that is told. */
  readonly topicArn: string;
}

/**
 * CloudWatch alarm in one of two forms: something happened, or something that should happen did not.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export class Alarm extends Construct {
  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    const { missingBelow } = props;
    new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: props.alarmName,
      alarmDescription: props.description,
      namespace: props.namespace,
      metricName: props.metricName,
      dimensions: { ...props.dimensions },
      statistic: props.namespace === "AWS/SQS" ? "Maximum" : "Sum",
      alarmActions: [props.topicArn],
      ...(missingBelow === undefined
        ? {
            comparisonOperator: "GreaterThanOrEqualToThreshold",
            threshold: props.atLeast ?? 1,
            period: 300,
            evaluationPeriods: 1,
            treatMissingData: "notBreaching",
          }
        : {
            comparisonOperator: "LessThanThreshold",
            threshold: missingBelow.threshold,
            // periods of an hour may reach back seven days, shorter ones only one
            period: 3600,
            evaluationPeriods: missingBelow.hours,
            datapointsToAlarm: missingBelow.hours,
            treatMissingData: "breaching",
          }),
    });
  }
}
