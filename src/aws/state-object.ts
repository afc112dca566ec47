import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { isNamed } from "./sdk-error";

/**
 * A Terraform state in a bucket, as text; null where there is none.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export async function readStateObject(
  client: S3Client,
  { bucket, key }: { readonly bucket: string; readonly key: string },
): Promise<string | null> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString("utf-8")) ?? null;
  } catch (error) {
    if (isNamed(error, "NoSuchKey")) return null;
    throw error;
  }
}
