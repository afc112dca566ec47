import * as z from "zod";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName = z.string().regex(/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);

const localSchema = z.strictObject({
  type: z.literal("local"),
  directory: z
    .string()
    .regex(/^(?!\.\.(?:[\\/]|$))(?![\\/~]|[A-Za-z]:)(?!.*[\\/]\.\.(?:[\\/]|$)).+$/)
    .default("state")
    .describe(
      "Folder of the state files, a path within the project. They hold names and networks: never commit them.",
    ),
});

const s3Schema = z.strictObject({
  type: z.literal("s3"),
  bucket: bucketName.describe("Bucket name, 3-63 of a-z0-9.-"),
  region: z.string().describe("Region of the bucket."),
  keyPrefix: z
    .string()
    .regex(/^[A-Za-z0-9!_.*'()/-]*$/)
    .default("")
    .describe("Put before the key of each stack, `<environment>/<stack>.tfstate`."),
  kmsKeyArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/.+$/)
    .optional()
    .describe("KMS key that encrypts the state. Without it S3's own key (SSE-S3) does."),
  createBucket: z
    .boolean()
    .default(false)
    .describe(
      "Synthesize a `<environment>-state-backend` stack that creates the bucket (docs/bootstrap.md).",
    ),
});

/** Where Terraform keeps the state of an environment's stacks. */
export const backendSchema = z.discriminatedUnion("type", [localSchema, s3Schema]);

export type Backend = z.output<typeof backendSchema>;
export type S3BackendSettings = z.output<typeof s3Schema>;
type BackendInput = z.input<typeof backendSchema>;

/** State in files below a folder of the project: for one person on one machine. */
export function local(directory = "state"): BackendInput {
  return { type: "local", directory };
}

/**
 * State in an S3 bucket, encrypted, one key per stack, locked by a lock file beside it (Terraform 1.10 or later).
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export function s3(settings: Omit<z.input<typeof s3Schema>, "type">): BackendInput {
  return { type: "s3", ...settings };
}
