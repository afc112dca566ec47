import type { Construct } from "constructs";
import type { Statement } from "../iam/policy-document";
import { PrivateBucket } from "./private-bucket";

export interface LogBucketProps {
  readonly bucketName: string;
  readonly partition: string;
  /** Days that objects are kept. */
  readonly retentionDays: number;
  /** Which services write into it. */
  readonly statements: readonly Statement[];
  /** The bucket exists: the first deploy takes it over. */
  readonly import: boolean;
}

/** Bucket of records: versioned, encrypted by S3, private, reached by TLS only; no plan destroys it. */
export class LogBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, { retentionDays, ...props }: LogBucketProps) {
    super(scope, id, {
      ...props,
      encryption: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
      expiry: {
        id: "expire",
        expiration: [{ days: retentionDays }],
        noncurrentVersionExpiration: [{ noncurrentDays: 30 }],
      },
    });
  }
}
