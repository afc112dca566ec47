import * as z from "zod";
import type { OidcProviderSettings } from "./identity-providers";

/** People who come through a SAML provider. MFA is the provider's: no session of theirs says whether there was one. */
export const samlTrustSchema = z.strictObject({
  provider: z.string().describe("Name of a provider in `identityProviders.saml`."),
  signInRegions: z
    .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d+$/))
    .readonly()
    .default([])
    .describe(
      "Regions whose sign-in endpoint is accepted as audience besides the global one, for a day on which us-east-1 is down.",
    ),
  subjects: z
    .array(z.string().min(1))
    .min(1)
    .readonly()
    .optional()
    .describe("Only these people: `saml:sub`, exactly. Default: whoever the provider gives the role to."),
});

const jobName = z.string().regex(/^[^*?\s][^*?]*$/, "a name without wildcards");

const gitlabSchema = z.strictObject({
  project: z
    .string()
    .regex(/^[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)+$/, "group/project, with every subgroup, without wildcards")
    .describe("`group/project`, with every subgroup."),
  branch: jobName
    .optional()
    .describe("Jobs of this branch. Exactly one of branch and tag; protect it in GitLab."),
  tag: jobName.optional().describe("Jobs of this tag."),
});

const uuid = z
  .string()
  .regex(/^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/, "a UUID in braces, as Bitbucket writes it");

const bitbucketSchema = z.strictObject({
  repositoryUuid: uuid.describe("UUID of the repository, in braces."),
  deploymentUuid: uuid
    .optional()
    .describe("UUID of the deployment environment: only its steps. Restrict it to a branch in Bitbucket."),
});

/** Jobs that come with a token of an OIDC provider other than GitHub's. */
export const oidcTrustSchema = z.strictObject({
  provider: z.string().describe("Name of a provider in `identityProviders.oidc`."),
  audience: z
    .string()
    .optional()
    .describe("`aud` of the token. Default: the provider's audience, where it has exactly one."),
  gitlab: gitlabSchema.optional().describe("Jobs of a GitLab project."),
  bitbucket: bitbucketSchema.optional().describe("Steps of a Bitbucket repository."),
  subjects: z
    .array(z.string().min(1))
    .min(1)
    .readonly()
    .optional()
    .describe(
      "Any other provider: `sub` of the token, each exactly. Exactly one of gitlab, bitbucket and subjects.",
    ),
});

/** People of IAM Identity Center who hold one permission set of this account. */
export const permissionSetTrustSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[\w+=,.@-]{1,32}$/, "1-32 of A-Za-z0-9+=,.@_-")
    .describe("Name of the permission set. It has to allow `sts:AssumeRole` on this role."),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/)
    .optional()
    .describe(
      "Home region of Identity Center, which is part of the path of its roles. Default: us-east-1 and any other.",
    ),
});

export type SamlTrust = z.output<typeof samlTrustSchema>;
export type OidcTrust = z.output<typeof oidcTrustSchema>;
export type PermissionSetTrust = z.output<typeof permissionSetTrustSchema>;

/** What `sub` of a token has to be: exactly one of the values, or beginning with one and a colon. */
export interface TokenSubjects {
  readonly exact: readonly string[];
  /** Each ends in `:*`: Bitbucket's subjects end in a step that is another in every run. */
  readonly patterns: readonly string[];
}

/**
 * @see https://docs.gitlab.com/ci/cloud_services/aws/
 * @see https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/
 */
export function tokenSubjects({ gitlab, bitbucket, subjects = [] }: OidcTrust): TokenSubjects {
  if (gitlab !== undefined) {
    const type = gitlab.tag === undefined ? "branch" : "tag";
    return {
      exact: [`project_path:${gitlab.project}:ref_type:${type}:ref:${gitlab.tag ?? gitlab.branch ?? ""}`],
      patterns: [],
    };
  }
  if (bitbucket !== undefined) {
    const { repositoryUuid, deploymentUuid } = bitbucket;
    return {
      exact: [],
      patterns: [`${repositoryUuid}:${deploymentUuid === undefined ? "" : `${deploymentUuid}:`}*`],
    };
  }
  return { exact: subjects, patterns: [] };
}

/** What AWS's sign-in pages expect as audience of an assertion. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_saml_3rd-party.html */
export function samlAudiences(partition: string, { signInRegions }: SamlTrust): readonly string[] {
  const host =
    partition === "aws-cn"
      ? "signin.amazonaws.cn"
      : partition === "aws-us-gov"
        ? "signin.amazonaws-us-gov.com"
        : "signin.aws.amazon.com";
  return [`https://${host}/saml`, ...signInRegions.map((region) => `https://${region}.${host}/saml`)];
}

/** Hash that Identity Center puts behind a permission set's name. */
const HASH = "?".repeat(16);

/**
 * ARNs of the role that Identity Center makes for a permission set. The hash is matched by its length: `Dev_*` would be
 * `Dev_Admin` too. Outside of us-east-1 the home region is in the path.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function permissionSetRoles(
  partition: string,
  accountId: string,
  { name, region }: PermissionSetTrust,
): readonly string[] {
  const root = `arn:${partition}:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/`;
  const role = `AWSReservedSSO_${name}_${HASH}`;
  if (region === "us-east-1") return [`${root}${role}`];
  if (region !== undefined) return [`${root}${region}/${role}`];
  return [`${root}${role}`, `${root}*/${role}`];
}

/** What of an environment tells which providers its account has. */
interface ProviderOwner {
  readonly accountId: string;
  readonly identityProviders: { readonly oidc: Readonly<Record<string, OidcProviderSettings>> };
}

/**
 * The provider that a role names: of its environment, or of another one of the same account.
 *
 * @throws RangeError where none has it, which validation refuses
 */
export function oidcProviderOf(
  environment: ProviderOwner,
  all: readonly ProviderOwner[],
  { provider }: OidcTrust,
): OidcProviderSettings {
  const found = [environment, ...all.filter(({ accountId }) => accountId === environment.accountId)]
    .map(({ identityProviders }) => identityProviders.oidc[provider])
    .find((one) => one !== undefined);
  if (found === undefined)
    throw new RangeError(`no OIDC provider "${provider}" in account ${environment.accountId}`);
  return found;
}
