import type { Role } from "../../iam/graph";
import type { AccessRequest } from "../../iam/request";
import type { ExpectedGithubTrust, ExpectedRole } from "./expectation";
import { subjectOf } from "./subject";
import type { TrustFault } from "./trust-faults";
import { isPossible, type World } from "./world";

type Claims = Readonly<Record<string, string>>;

/** The token that GitHub issues to a declared job. */
export function claimsOf(github: ExpectedGithubTrust, subject: string): Claims {
  return {
    aud: github.audience,
    sub: subject,
    ...(github.repositoryId !== undefined && { repository_id: github.repositoryId }),
  };
}

export function webIdentityRequest(role: Role, github: ExpectedGithubTrust, claims: Claims): AccessRequest {
  return {
    principal: github.providerArn,
    credentials: { kind: "web-identity", claims },
    network: { sourceIp: "192.0.2.77" },
    action: "sts:AssumeRoleWithWebIdentity",
    resource: role.arn,
  };
}

/** Tokens of other jobs, repositories, owners and audiences, made from the declared ones, that must be refused. */
export function githubFaults(world: World, role: Role, { github }: ExpectedRole): readonly TrustFault[] {
  if (github === undefined) return [];
  return github.subjects.flatMap((subject) => {
    for (const [what, claims] of foreignClaims(github, subject)) {
      const request = webIdentityRequest(role, github, claims);
      const decision = world.ask(request);
      if (!isPossible(decision)) continue;
      return [
        {
          message: `${subjectOf(role)} is assumed with ${what}: subject "${claims["sub"] ?? "(none)"}"`,
          remedy: "compare sub, aud and repository_id by StringEquals with exactly the declared values",
          request,
          decision,
        },
      ];
    }
    return [];
  });
}

/** @see https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims */
export function foreignClaims(
  github: ExpectedGithubTrust,
  subject: string,
): readonly (readonly [string, Claims])[] {
  const good = claimsOf(github, subject);
  const [, repository = "", ...job] = subject.split(":");
  const [owner = "", name = ""] = repository.split("/");
  const sub = (value: string): Claims => ({ ...good, sub: value });
  const others: readonly (readonly [string, Claims])[] = [
    ["a job of an owner whose name begins the same", sub(`repo:${owner}evil/${name}:${job.join(":")}`)],
    ["a job of another owner", sub(`repo:someone-else/${name}:${job.join(":")}`)],
    ["a job of another repository", sub(`repo:${owner}/${name}-fork:${job.join(":")}`)],
    ["a job of a pull request", sub(`repo:${repository}:pull_request`)],
    ["a job of a branch", sub(`repo:${repository}:ref:refs/heads/any-branch`)],
    ["a job of a tag", sub(`repo:${repository}:ref:refs/tags/v1`)],
    ["a job of another environment", sub(`repo:${repository}:environment:someone-elses`)],
    ["a subject in other letter case", sub(subject.toUpperCase())],
    ["a token for another audience", { ...good, aud: "https://github.com/someone-else" }],
    ["a token without audience", without(good, "aud")],
    ["a token without subject", without(good, "sub")],
  ];
  const recycled = { ...good, repository_id: "1" };
  return [
    ...others.filter(
      ([, claims]) => !github.subjects.includes(claims["sub"] ?? "") || claims["aud"] !== github.audience,
    ),
    ...(github.repositoryId === undefined
      ? []
      : [["a repository that took over the name", recycled] as const]),
  ];
}

function without(claims: Claims, left: string): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => name !== left));
}
