import * as z from "zod";
import { oidcTrustSchema, permissionSetTrustSchema, samlTrustSchema } from "./federated-trust";
import { statementSchema } from "./policy-statement";
import { quotas } from "./quotas";

const seconds = (minimum: number, maximum: number) => z.number().int().min(minimum).max(maximum);

const humanTrustSchema = z.strictObject({
  maxMfaAgeSeconds: seconds(900, 43200)
    .default(3600)
    .describe("How old the MFA of the session may be when the role is assumed, in seconds, 900-43200."),
  networks: z
    .boolean()
    .default(true)
    .describe("Whether the role can be assumed only from allowedNetworks and allowedVpcs."),
  devices: z
    .enum(["by-arn", "by-group"])
    .default("by-arn")
    .describe(
      "How devices are trusted: each by its ARN, which about 27 of them fit, or as members of a group made for the role, for any number. Default `by-arn`.",
    ),
  sourceIdentity: z
    .boolean()
    .default(false)
    .describe("Require `sts:SourceIdentity` to be the caller's user name. Callers must set it."),
  sessionName: z
    .boolean()
    .default(false)
    .describe(
      "Require `sts:RoleSessionName` to be the caller's user name, as the profiles of this baseline and the console set it: then a response ends one device's sessions, not everybody's. Default false.",
    ),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/)
    .optional()
    .describe("External id that externalUsers must give: for third parties; it is not a secret."),
  externalUsers: z
    .array(z.string())
    .readonly()
    .default([])
    .describe(
      "ARNs of IAM users in accounts that no environment describes. They are under somebody else's guard.",
    ),
});

const serviceTrustSchema = z.strictObject({
  principal: z
    .string()
    .regex(/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/)
    .describe("Service principal, such as `ec2.amazonaws.com`."),
  sourceAccount: z
    .boolean()
    .optional()
    .describe(
      "Require `aws:SourceAccount` to be this account (confused deputy). Default: yes, except for EC2 and Lambda, which do not reliably send it.",
    ),
  sourceArns: z
    .array(z.string())
    .readonly()
    .optional()
    .describe("Require `aws:SourceArn` to match one of these."),
  instanceProfile: z
    .boolean()
    .optional()
    .describe("Create an instance profile of the same name. Default: yes for EC2."),
});

const githubTrustSchema = z.strictObject({
  repository: z.string().describe("`owner/name` on github.com."),
  ownerId: z.string().regex(/^\d+$/).optional().describe("Numeric id of the owner, for immutable subjects."),
  repositoryId: z
    .string()
    .regex(/^\d+$/)
    .optional()
    .describe(
      "Numeric id of the repository: a recycled name with another id is refused. Give it whenever it is known.",
    ),
  environment: z
    .string()
    .min(1)
    .optional()
    .describe("GitHub environment of the job. Exactly one of environment, branch and pullRequest."),
  branch: z.string().min(1).optional().describe("Branch of a job without a GitHub environment."),
  pullRequest: z
    .literal(true)
    .optional()
    .describe("Jobs of pull requests, of every branch: for read-only roles."),
  subjects: z
    .enum(["name", "immutable", "both"])
    .optional()
    .describe(
      "Form of the token's subject: by name, by immutable ids (repositories made or renamed since 2026-07-15), or both. Default: both where the ids are known, else name.",
    ),
});

/** A role: who may assume it is told by devices that list it, or by `service`, `github` or `trust.externalUsers`. */
export const roleSchema = z.strictObject({
  description: z.string().optional().describe("At most 1,000 characters of Latin-1; IAM refuses others."),
  managedPolicies: z
    .array(z.string())
    .readonly()
    .default([])
    .describe(
      "AWS managed policies by name with path (`job-function/ViewOnlyAccess`), or policy ARNs; at most 10.",
    ),
  statements: z
    .array(statementSchema)
    .readonly()
    .default([])
    .describe("Statements of the role's inline policy, 10,240 characters at most."),
  permissionsBoundary: z
    .union([z.string(), z.array(statementSchema).min(1).readonly()])
    .optional()
    .describe(
      "The most the role may ever do: an AWS managed policy or policy ARN, or statements of a policy of its own.",
    ),
  sessionNetworks: z
    .boolean()
    .default(false)
    .describe(
      "Whether sessions of the role work from allowedNetworks and allowedVpcs alone, by its boundary: credentials that are stolen from a session are of no use elsewhere. What AWS's services do on the session's behalf works. Not beside a boundary that is named. Default false.",
    ),
  administrator: z
    .boolean()
    .default(false)
    .describe(
      "Whether the role is meant to hold administrator rights. Only such roles may attach AdministratorAccess.",
    ),
  reactivatesKeys: z
    .boolean()
    .default(false)
    .describe(
      "The role that sets keys to Active again: it may list, update and tag for reactivation the access keys of device users, nothing else. For a workflow, with `github` and an environment that has reviewers: the keys of all devices. For the devices of one owner that list it: the keys of that owner's devices.",
    ),
  plansStacks: z
    .boolean()
    .default(false)
    .describe(
      "The role that plans and looks for drift: it may read IAM, what the stacks made and their state, write nothing and read no secret.",
    ),
  maxSessionDuration: seconds(quotas.sessionSecondsMin, quotas.sessionSecondsMax)
    .default(3600)
    .describe("Longest session in seconds, 3600-43200."),
  trust: humanTrustSchema
    .default({
      maxMfaAgeSeconds: 3600,
      networks: true,
      devices: "by-arn",
      sourceIdentity: false,
      sessionName: false,
      externalUsers: [],
    })
    .describe("Conditions under which devices may assume the role. MFA is always one."),
  service: serviceTrustSchema
    .optional()
    .describe("An AWS service that may assume the role, so that servers need no keys."),
  github: githubTrustSchema
    .optional()
    .describe("GitHub Actions jobs that may assume the role by OIDC, without a key."),
  saml: samlTrustSchema
    .optional()
    .describe("People of a SAML provider who may assume the role. Their MFA is the provider's."),
  oidc: oidcTrustSchema
    .optional()
    .describe("Jobs of an OIDC provider that may assume the role, without a key."),
  permissionSet: permissionSetTrustSchema
    .optional()
    .describe(
      "People of IAM Identity Center with this permission set who may assume the role, beside devices. Their MFA is Identity Center's.",
    ),
  tags: z.record(z.string(), z.string()).default({}).describe("Further tags of the role."),
});

export type Role = z.output<typeof roleSchema>;
export type RoleInput = z.input<typeof roleSchema>;
export type HumanTrust = z.output<typeof humanTrustSchema>;
export type ServiceTrust = z.output<typeof serviceTrustSchema>;
export type GithubTrust = z.output<typeof githubTrustSchema>;
