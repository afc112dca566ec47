import * as z from "zod";
import { statementSchema } from "./policy-statement";

/** What CI jobs may do: the few actions that the repositories of the group need. */
export const ciGroupSchema = z.strictObject({
  statements: z
    .array(statementSchema)
    .readonly()
    .default([])
    .describe(
      "Statements of the group's inline policy, 5,120 characters at most. No IAM, no role of a person.",
    ),
  managedPolicies: z
    .array(z.string())
    .readonly()
    .default([])
    .describe("AWS managed policies by name with path, or policy ARNs; at most 10."),
  allowedNetworks: z
    .array(z.string())
    .readonly()
    .optional()
    .describe(
      "Networks the jobs run in: everything from elsewhere is denied. For self-hosted runners; GitHub's own runners have thousands of networks.",
    ),
});

/** One IAM user for one repository whose CI has no OIDC. Prefer a role with `github`. */
export const repositorySchema = z.strictObject({
  groups: z.array(z.string()).readonly().describe("CI groups the user joins: 1 to 10."),
  owner: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe(
      "Person or team who answers for the repository; becomes the tag `owner`. Default: the repository's owner.",
    ),
});

export type CiGroup = z.output<typeof ciGroupSchema>;
export type Repository = z.output<typeof repositorySchema>;
