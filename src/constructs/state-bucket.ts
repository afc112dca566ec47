import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { policyDocument } from "../iam/policy-document";
import { policyText } from "./iam-policy-text";

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
export class StateBucket extends Construct {
  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const { bucketName, partition = "aws", kmsKeyArn, keepOldVersionsDays = 90 } = props;
    const bucket = new S3Bucket(this, "bucket", { bucket: bucketName, lifecycle: { preventDestroy: true } })
      .bucket;
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: kmsKeyArn === undefined ? "AES256" : "aws:kms",
            ...(kmsKeyArn !== undefined && { kmsMasterKeyId: kmsKeyArn }),
          },
          bucketKeyEnabled: kmsKeyArn !== undefined,
        },
      ],
    });
    new S3BucketOwnershipControls(this, "ownership", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const privacy = new S3BucketPublicAccessBlock(this, "privacy", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const arn = `arn:${partition}:s3:::${bucketName}`;
    new S3BucketPolicy(this, "policy", {
      bucket,
      dependsOn: [privacy],
      policy: policyText(
        policyDocument({
          Sid: "DenyWithoutTls",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      ),
    });
    new S3BucketLifecycleConfiguration(this, "expiry", {
      bucket,
      dependsOn: [versioning],
      rule: [
        {
          id: "expire-old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: keepOldVersionsDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
  }
}
