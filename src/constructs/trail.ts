import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { Construct } from "constructs";
import { logDelivery } from "../policies/log-delivery";
import { LogBucket } from "./log-bucket";

export interface TrailProps {
  /** 3-128 of `A-Za-z0-9._-`. */
  readonly trailName: string;
  readonly bucketName: string;
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** Days that records are kept. */
  readonly retentionDays: number;
  /** Trail and bucket exist: the first deploy takes them over. */
  readonly import: boolean;
}

/**
 * Trail of the management events of every region, with log file validation, and its bucket. Neither is destroyed by a plan.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export class Trail extends Construct {
  constructor(scope: Construct, id: string, props: TrailProps) {
    super(scope, id);
    const { partition, accountId, region, trailName, bucketName } = props;
    const arn = `arn:${partition}:cloudtrail:${region}:${accountId}:trail/${trailName}`;
    const bucket = new LogBucket(this, "bucket", {
      bucketName,
      partition,
      retentionDays: props.retentionDays,
      import: props.import,
      statements: logDelivery({
        service: "cloudtrail.amazonaws.com",
        bucketArn: `arn:${partition}:s3:::${bucketName}`,
        prefix: `AWSLogs/${accountId}/*`,
        condition: { ArnEquals: { "aws:SourceArn": arn } },
      }),
    });
    const trail = new Cloudtrail(this, "trail", {
      name: trailName,
      s3BucketName: bucketName,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      lifecycle: { preventDestroy: true },
      dependsOn: [bucket.policy],
    });
    if (props.import) trail.importFrom(arn);
  }
}
