import { GetBucketVersioningCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { isNamed } from "./sdk-error";

export interface S3State {
  readonly exists: boolean;
  readonly changed?: string;
  readonly locked: boolean;
  readonly versioned: boolean;
}

/**
 * How the state of a stack lies in its bucket. Nothing of it is read but its date.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 */
export async function s3State(client: S3Client, bucket: string, key: string): Promise<S3State> {
  const changed = await lastModified(client, bucket, key);
  const lock = await lastModified(client, bucket, `${key}.tflock`);
  const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }));
  return {
    exists: changed !== undefined,
    ...(changed !== undefined && { changed: changed.toISOString() }),
    locked: lock !== undefined,
    versioned: Status === "Enabled",
  };
}

async function lastModified(client: S3Client, Bucket: string, Key: string): Promise<Date | undefined> {
  try {
    const { LastModified } = await client.send(new HeadObjectCommand({ Bucket, Key }));
    return LastModified ?? new Date(0);
  } catch (error) {
    if (isNamed(error, "NotFound", "NoSuchKey")) return undefined;
    throw error;
  }
}
