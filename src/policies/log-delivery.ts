import type { ConditionBlock, Statement } from "../iam/policy-document";

export interface LogDeliverySettings {
  /** `cloudtrail.amazonaws.com`, `config.amazonaws.com`. */
  readonly service: string;
  readonly bucketArn: string;
  /** Keys that the service writes: `AWSLogs/111122223333/*`. */
  readonly prefix: string;
  /** For whom the service must act (confused deputy). */
  readonly condition: ConditionBlock;
}

/**
 * A service of AWS's writes its records into a bucket, for this account alone.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 */
export function logDelivery({
  service,
  bucketArn,
  prefix,
  condition,
}: LogDeliverySettings): readonly Statement[] {
  const Principal = { Service: service };
  return [
    {
      Sid: "LookAtBucket",
      Effect: "Allow",
      Principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition: condition,
    },
    {
      Sid: "WriteRecords",
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: `${bucketArn}/${prefix}`,
      Condition: {
        ...condition,
        StringEquals: { ...condition["StringEquals"], "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
  ];
}
