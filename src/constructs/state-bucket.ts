import type { Construct } from "constructs";
import { PrivateBucket } from "./private-bucket";

export interface StateBucketProps {
  /** Bucket name: 3-63 of `a-z0-9.-`. */
  readonly bucketName: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. @default "aws" */
  readonly partition?: string;
  /** KMS key of the objects. @default S3's own key (SSE-S3) */
  readonly kmsKeyArn?: string | undefined;
  /** Days that a replaced state is kept. @default 90 */
  readonly keepOldVersionsDays?: number;
}

/**
 * S3 bucket for Terraform state: versioned, encrypted, private, reached by TLS only; old versions expire. It cannot be
 * destroyed by a plan.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class StateBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: StateBucketProps) {
    const { bucketName, partition = "aws", kmsKeyArn, keepOldVersionsDays = 90 } = props;
    super(scope, id, {
      bucketName,
      partition,
      encryption: {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: kmsKeyArn === undefined ? "AES256" : "aws:kms",
          ...(kmsKeyArn !== undefined && { kmsMasterKeyId: kmsKeyArn }),
        },
        bucketKeyEnabled: kmsKeyArn !== undefined,
      },
      expiry: {
        id: "expire-old-versions",
        noncurrentVersionExpiration: [{ noncurrentDays: keepOldVersionsDays }],
      },
    });
  }
}
