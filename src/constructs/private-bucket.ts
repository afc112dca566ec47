import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import {
  S3BucketServerSideEncryptionConfigurationA,
  type S3BucketServerSideEncryptionConfigurationRuleA,
} from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";
import { policyText } from "./iam-policy-text";

export interface PrivateBucketProps {
  /** Bucket name: 3-63 of `a-z0-9.-`. */
  readonly bucketName: string;
  readonly partition: string;
  readonly encryption: S3BucketServerSideEncryptionConfigurationRuleA;
  /** What its policy says beside the Deny of requests without TLS. */
  readonly statements?: readonly Statement[];
  /** What goes, and when; parts of uploads that nobody ended go after a week. */
  readonly expiry: Pick<
    S3BucketLifecycleConfigurationRule,
    "id" | "expiration" | "noncurrentVersionExpiration"
  >;
  /** The bucket exists: the first deploy takes it over. @default false */
  readonly import?: boolean;
}

/** A bucket that is versioned, encrypted, private and reached by TLS only; no plan destroys it. */
export class PrivateBucket extends Construct {
  /** What a service that writes into it has to wait for. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { bucketName, partition, encryption, statements = [], expiry } = props;
    const made = new S3Bucket(this, "bucket", { bucket: bucketName, lifecycle: { preventDestroy: true } });
    if (props.import === true) made.importFrom(bucketName);
    const { bucket } = made;
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", { bucket, rule: [encryption] });
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
    this.policy = new S3BucketPolicy(this, "policy", {
      bucket,
      dependsOn: [privacy],
      policy: policyText(
        policyDocument(...statements, {
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
          status: "Enabled",
          filter: [{ prefix: "" }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          ...expiry,
        },
      ],
    });
  }
}
