import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { policyDocument } from "../iam/policy-document";
import { policyText } from "./iam-policy-text";

export interface NotificationTopicProps {
  /** 1-256 of `A-Za-z0-9_-`. */
  readonly topicName: string;
  /** ARN, computed. */
  readonly arn: string;
  readonly accountId: string;
  /** E-mail addresses that are told; each confirms once by a link. @default nobody */
  readonly emails?: readonly string[];
}

/**
 * Topic that alarms and functions of this account publish to. It is not encrypted with AWS's own key, because
 * CloudWatch alarms cannot publish to a topic that is; nothing secret is ever sent to it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export class NotificationTopic extends Construct {
  readonly arn: string;
  readonly topic: SnsTopic;

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);
    this.arn = props.arn;
    this.topic = new SnsTopic(this, "topic", { name: props.topicName });
    const ofThisAccount = { StringEquals: { "aws:SourceAccount": props.accountId } };
    new SnsTopicPolicy(this, "policy", {
      arn: this.topic.arn,
      policy: policyText(
        policyDocument(
          {
            Sid: "AlarmsOfThisAccount",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: "sns:Publish",
            Resource: props.arn,
            Condition: ofThisAccount,
          },
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: props.arn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ),
      ),
    });
    for (const [index, endpoint] of (props.emails ?? []).entries()) {
      new SnsTopicSubscription(this, `email-${index}`, {
        topicArn: this.topic.arn,
        protocol: "email",
        endpoint,
      });
    }
  }
}
