import { ConfigConfigRule } from "@cdktf/provider-aws/lib/config-config-rule";
import { ConfigConfigurationRecorder } from "@cdktf/provider-aws/lib/config-configuration-recorder";
import { ConfigConfigurationRecorderStatus } from "@cdktf/provider-aws/lib/config-configuration-recorder-status";
import { ConfigDeliveryChannel } from "@cdktf/provider-aws/lib/config-delivery-channel";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { Construct } from "constructs";
import { logDelivery } from "../policies/log-delivery";
import { LogBucket } from "./log-bucket";

export interface ConfigRecorderProps {
  readonly partition: string;
  readonly accountId: string;
  readonly bucketName: string;
  readonly retentionDays: number;
  readonly frequency: "CONTINUOUS" | "DAILY";
  /** Managed rules by name: AWS's identifier and parameters. */
  readonly rules: Readonly<
    Record<string, { readonly identifier: string; readonly parameters?: Readonly<Record<string, string>> }>
  >;
  /** The region has a recorder and channel `default`, and the account Config's role: take them over. */
  readonly import: boolean;
}

const NAME = "default";
const RECORDED = ["AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::Policy"];

/**
 * AWS Config in one region, recording IAM alone, with managed rules.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
 */
export class ConfigRecorder extends Construct {
  constructor(scope: Construct, id: string, props: ConfigRecorderProps) {
    super(scope, id);
    const { partition, accountId, bucketName } = props;
    const roleArn = `arn:${partition}:iam::${accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
    const role = new IamServiceLinkedRole(this, "role", {
      awsServiceName: "config.amazonaws.com",
      lifecycle: { preventDestroy: true },
    });
    const bucket = new LogBucket(this, "bucket", {
      bucketName,
      partition,
      retentionDays: props.retentionDays,
      import: props.import,
      statements: logDelivery({
        service: "config.amazonaws.com",
        bucketArn: `arn:${partition}:s3:::${bucketName}`,
        prefix: `AWSLogs/${accountId}/Config/*`,
        condition: { StringEquals: { "aws:SourceAccount": accountId } },
      }),
    });
    const recorder = new ConfigConfigurationRecorder(this, "recorder", {
      name: NAME,
      roleArn,
      recordingGroup: {
        allSupported: false,
        includeGlobalResourceTypes: false,
        resourceTypes: RECORDED,
        recordingStrategy: [{ useOnly: "INCLUSION_BY_RESOURCE_TYPES" }],
      },
      recordingMode: { recordingFrequency: props.frequency },
      dependsOn: [role],
    });
    const channel = new ConfigDeliveryChannel(this, "channel", {
      name: NAME,
      s3BucketName: bucketName,
      dependsOn: [recorder, bucket.policy],
    });
    const status = new ConfigConfigurationRecorderStatus(this, "status", {
      name: recorder.name,
      isEnabled: true,
      dependsOn: [channel],
    });
    if (props.import) {
      role.importFrom(roleArn);
      for (const each of [recorder, channel, status]) each.importFrom(NAME);
    }
    for (const [name, { identifier, parameters }] of Object.entries(props.rules)) {
      new ConfigConfigRule(this, `rule-${name}`, {
        name,
        source: { owner: "AWS", sourceIdentifier: identifier },
        ...(parameters !== undefined && { inputParameters: JSON.stringify(parameters) }),
        dependsOn: [recorder],
      });
    }
  }
}
