import type { Statement } from "../iam/policy-document";

/** Issuer of the tokens of GitHub Actions, without `https://`, as IAM writes it in ARNs and condition keys. */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";
export const GITHUB_AUDIENCE = "sts.amazonaws.com";

export interface GithubTrustSettings {
  readonly providerArn: string;
  /** `owner/name` */
  readonly repository: string;
  readonly ownerId?: string | undefined;
  readonly repositoryId?: string | undefined;
  /** What follows the repository in the subject; see {@link githubJob}. */
  readonly job: string;
  /** Form of the subject: by name, by immutable ids, or both. */
  readonly subjects: "name" | "immutable" | "both";
}

/**
 * Jobs of one repository assume the role. Only exact values: `ForAllValues` passes where a claim is missing, and a
 * wildcard lets other owners in. `sub` is always among the conditions, as IAM refuses a trust without it; the
 * repository's id, where known, keeps a recycled name out. The name form stands first.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function githubTrustStatement(settings: GithubTrustSettings): Statement {
  const { repositoryId } = settings;
  return {
    Sid: "AllowGithubJobs",
    Effect: "Allow",
    Principal: { Federated: settings.providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${GITHUB_ISSUER}:aud`]: GITHUB_AUDIENCE,
        [`${GITHUB_ISSUER}:sub`]: subjects(settings),
        ...(repositoryId !== undefined && { [`${GITHUB_ISSUER}:repository_id`]: repositoryId }),
      },
    },
  };
}

function subjects({
  repository,
  ownerId,
  repositoryId,
  job,
  subjects: form,
}: GithubTrustSettings): string | readonly string[] {
  const [owner = "", name = ""] = repository.split("/");
  const byName = `repo:${owner}/${name}:${job}`;
  const byId = `repo:${owner}@${ownerId}/${name}@${repositoryId}:${job}`;
  if (form === "both") return [byName, byId];
  return form === "name" ? byName : byId;
}

/** The jobs that are meant: exactly one of the three. */
export interface GithubJobs {
  readonly environment?: string | undefined;
  readonly branch?: string | undefined;
  readonly pullRequest?: boolean | undefined;
}

/**
 * How a token's subject names the job: `environment:prod`, `ref:refs/heads/main`, `pull_request`. GitHub writes `%3A`
 * for every colon in a name, and leaves all else as it is, `/` too.
 *
 * @throws RangeError where none of the three is there
 * @see https://docs.github.com/en/actions/reference/security/oidc#filtering-for-metadata-containing-
 */
export function githubJob({ environment, branch, pullRequest }: GithubJobs): string {
  const escaped = (name: string) => name.replaceAll(":", "%3A");
  if (environment !== undefined) return `environment:${escaped(environment)}`;
  if (branch !== undefined) return `ref:refs/heads/${escaped(branch)}`;
  if (pullRequest) return "pull_request";
  throw new RangeError("a GitHub trust names exactly one of environment, branch and pullRequest");
}
