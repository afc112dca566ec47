import * as z from "zod";
import { partitions } from "../iam/names/regions";
import { bucketName } from "./backend";
import { allow } from "./policy-statement";
import { presetSettings } from "./preset-faults";
import { type RoleInput, roleSchema } from "./roles";

/** Where the daily role may upload: one prefix of one bucket. */
export interface UploadTarget {
  readonly bucket: string;
  /** Key prefix without a leading slash; ends with `/`. @default "" - the whole bucket */
  readonly prefix?: string;
}

export interface DailyRoleSettings {
  readonly uploadTo?: readonly UploadTarget[];
  /** Partition of the buckets. @default that of the environment's region */
  readonly partition?: string;
}

const dailyRoleSchema = z.object({
  uploadTo: z
    .array(
      z.strictObject({
        bucket: bucketName.describe("Name of a bucket, 3-63 of a-z0-9.-"),
        prefix: z
          .string()
          .regex(/^(?:(?!\/)[^*?]*\/)?$/)
          .default("")
          .describe("Key prefix without a leading slash, wildcards or `${`, which ends with /"),
      }),
    )
    .readonly()
    .default([])
    .describe("A list of { bucket, prefix }"),
  partition: z
    .enum(partitions() as [string, ...string[]])
    .optional()
    .describe("Partition of the buckets"),
});

/**
 * The role for everyday work: view everything (AWS's ViewOnlyAccess: metadata, no contents) and upload to some
 * S3 prefixes. It can read nothing back and delete nothing.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ViewOnlyAccess.html
 */
export function dailyRole(settings: Partial<RoleInput> & DailyRoleSettings = {}): RoleInput {
  const { own, mark } = presetSettings("dailyRole", dailyRoleSchema, roleSchema, settings);
  const { uploadTo, partition = "${partition}" } = own;
  const { uploadTo: _uploadTo, partition: _partition, statements = [], ...rest } = settings;
  const objects = uploadTo.map(({ bucket, prefix }) => `arn:${partition}:s3:::${bucket}/${prefix}*`);
  const uploads = objects.length === 0 ? [] : [allow(["s3:PutObject", "s3:AbortMultipartUpload"], objects)];
  return mark({
    description: "Everyday work: view everything, upload to S3",
    managedPolicies: ["job-function/ViewOnlyAccess"],
    ...rest,
    // the author's first, so that messages count them as they are written
    statements: [...statements, ...uploads],
  });
}

/** The role with administrator rights: the only one that may attach AdministratorAccess. Sessions of one hour. */
export function adminRole(settings: Partial<RoleInput> = {}): RoleInput {
  return {
    description: "Administrator rights, behind MFA and the allowed networks",
    managedPolicies: ["AdministratorAccess"],
    administrator: true,
    maxSessionDuration: 3600,
    ...settings,
  };
}

/**
 * The role by which the devices of one owner set each other's keys to Active again: list it in every device of the
 * owner. It makes no key and touches nobody else's. One for each owner.
 */
export function keyRecoveryRole(settings: Partial<RoleInput> = {}): RoleInput {
  return {
    description: "Recovery: sets access keys of the owner's other devices to Active",
    reactivatesKeys: true,
    maxSessionDuration: 3600,
    ...settings,
  };
}

/**
 * The role for plans and for `baseline drift` in CI: reads IAM, what the stacks of its environment made, and their
 * state; writes nothing and reads no secret. One job each: pull requests and the nightly run want a role of their own.
 */
export function planRole(settings: Partial<RoleInput> & Pick<RoleInput, "github">): RoleInput {
  return {
    description: "Plans and drift: reads, and writes nothing",
    plansStacks: true,
    maxSessionDuration: 3600,
    ...settings,
  };
}
