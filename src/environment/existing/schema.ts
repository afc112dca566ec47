import * as z from "zod";
import { sortedRecord } from "../sorted-record";

/**
 * Principals that the account had before the baseline came, in IAM's own words and under their own names and paths, so
 * that nothing changes when they are taken over. `baseline import` writes them. Nothing is asked of their documents:
 * the account has them already; what they break is for the proofs.
 */
const documentSchema = z
  .record(z.string(), z.unknown())
  .refine(({ Statement }) => typeof Statement === "object" && Statement !== null, {
    params: {
      expected: "a policy document with its Statement, as the account has it",
      remedy: "paste it from `aws iam get-policy-version` or `aws iam get-role`",
    },
  });

const document = (what: string) =>
  documentSchema.describe(`${what}, a policy document exactly as the account has it.`);

const path = z
  .string()
  .regex(/^\/(?:[!-.0-~]+\/)*$/)
  .max(512)
  .default("/")
  .describe("IAM path that it has, `/` or `/team/`. Another one moves users and groups and replaces roles.");
const managedPolicies = z
  .array(z.string())
  .readonly()
  .default([])
  .describe("Attached policies: AWS managed ones by name with path, others by ARN.");
const inlinePolicies = z
  .record(z.string(), document("Document"))
  .default({})
  .describe("Its inline policies, by their names.");
const tags = z
  .record(z.string(), z.string())
  .default({})
  .describe("Every tag that it has; none of the environment's is added.");
const permissionsBoundary = z
  .string()
  .optional()
  .describe("Permissions boundary: an AWS managed policy by name with path, or an ARN.");

const leftAlone = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z
    .array(z.enum(names))
    .readonly()
    .default([])
    .describe(
      "What the inventory did not tell, and Terraform therefore leaves as it is. Take it out once it is written here.",
    );

export const existingUserSchema = z.strictObject({
  as: z
    .enum(["device", "repository", "other"])
    .describe(
      "What the user is: the key of one device of a person, of one repository's CI, or something that the baseline has no place for.",
    ),
  owner: z.string().min(1).max(256).optional().describe("Person who answers for it, for reports."),
  repository: z.string().optional().describe("`owner/name`, where it is known."),
  path,
  groups: z
    .array(z.string())
    .readonly()
    .default([])
    .describe("Groups it is in, of this environment: existing ones, developer groups or CI groups."),
  managedPolicies,
  inlinePolicies,
  permissionsBoundary,
  tags,
});

export const existingGroupSchema = z.strictObject({
  as: z
    .enum(["developers", "ci", "other"])
    .default("other")
    .describe("Whom it is for: devices, repositories, or both and others."),
  path,
  managedPolicies,
  inlinePolicies,
});

export const existingRoleSchema = z.strictObject({
  path,
  description: z.string().optional().describe("Description that it has."),
  trust: document("Who may assume it"),
  managedPolicies,
  inlinePolicies,
  permissionsBoundary,
  maxSessionDuration: z
    .number()
    .int()
    .min(3600)
    .max(43200)
    .default(3600)
    .describe("Longest session in seconds, 3600-43200."),
  administrator: z
    .boolean()
    .default(false)
    .describe("Whether the role is meant to hold administrator rights."),
  instanceProfiles: z
    .record(z.string(), z.strictObject({ path }))
    .default({})
    .describe("Instance profiles that pass the role to EC2, by name."),
  tags,
  leftAlone: leftAlone(["description", "maxSessionDuration", "instanceProfileTags"]),
});

export const existingPolicySchema = z.strictObject({
  path,
  document: document("What it allows and denies"),
  tags,
  leftAlone: leftAlone(["tags"]),
});

export const existingSchema = z.strictObject({
  users: sortedRecord(existingUserSchema).default({}).describe("Users, by IAM user name."),
  groups: sortedRecord(existingGroupSchema).default({}).describe("Groups, by IAM group name."),
  roles: sortedRecord(existingRoleSchema).default({}).describe("Roles, by their exact names."),
  policies: sortedRecord(existingPolicySchema).default({}).describe("Customer managed policies, by name."),
});

export type Existing = z.output<typeof existingSchema>;
export type ExistingUser = z.output<typeof existingUserSchema>;
export type ExistingGroup = z.output<typeof existingGroupSchema>;
export type ExistingRole = z.output<typeof existingRoleSchema>;
export type ExistingPolicy = z.output<typeof existingPolicySchema>;
export type ExistingInput = z.input<typeof existingSchema>;
/** A document of the account, whose form nobody here judges. */
export type ExistingDocument = Readonly<Record<string, unknown>>;
