import { defineRefusal } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";
import type { Environment } from "../environment";
import { isRepositoryName } from "../iam-names";
import type { Role } from "../roles";
import { REPOSITORY_NAME_INVALID } from "./names";
import { type EnvironmentRule, environmentFile, violationAt } from "./rule";

export const TRUSTED_USER_INVALID = defineRefusal({
  code: "trusted-user-invalid",
  title: "A trusted user is not one exact user of an account without an environment",
  why: "A trust policy lists users by ARN: an account or a wildcard lets in whoever that account allows. Users of an environment are listed there, where the guard covers them.",
  example:
    'environments/prod.ts: roles.daily.trust.externalUsers[0]: the ARN of one IAM user: no `*`, no account, no role, got "arn:aws:iam::444455556666:user/*"; write arn:aws:iam::<account id>:user/<path><name> [trusted-user-invalid]',
  remedy: "Write the ARN of one IAM user, or list the role in a device's `roles`.",
  since: "0.1.0",
});

export const GITHUB_JOB_INVALID = defineRefusal({
  code: "github-job-invalid",
  title: "A role for GitHub jobs does not say exactly which job",
  why: "The subject of GitHub's token names one of environment, branch and pull request. With none, with several or with wildcards, it matches nothing or too much.",
  example:
    'environments/prod.ts: roles.daily.github.branch: a name without wildcards, which would not match or match too much, got "release/*"; name one [github-job-invalid]',
  remedy:
    "Name exactly one; make a role for each. Immutable subjects need the numeric ids of owner and repository.",
  since: "0.1.0",
});

export const PULL_REQUEST_ADMINISTRATOR = defineRefusal({
  code: "pull-request-administrator",
  title: "A job of pull requests may assume an administrator",
  why: "Pull requests run the code of whoever opens them, before anybody has looked.",
  example:
    "environments/prod.ts: roles.daily.github: jobs of pull requests, which run anybody's code, assume read-only roles, got a role with administrator: true; use a GitHub environment with reviewers [pull-request-administrator]",
  remedy: "Use a GitHub environment with reviewers, or a role that only reads.",
  since: "0.1.0",
});

/** Who a role trusts is named exactly. */
export const trustIsExact: EnvironmentRule = (environment, all) =>
  Object.entries(environment.roles).flatMap(([name, role]) => [
    ...externalUserViolations(environment, all, name, role),
    ...githubViolations(environment, name, role),
  ]);

/** One IAM user, exactly. */
export const USER_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):user\/[\w+=,.@/-]+$/;

function externalUserViolations(
  environment: Environment,
  all: readonly Environment[],
  name: string,
  role: Role,
): readonly Violation[] {
  return role.trust.externalUsers.flatMap((arn, index) => {
    const at = ["roles", name, "trust", "externalUsers", index];
    const account = USER_ARN.exec(arn)?.[1];
    if (account === undefined) {
      return [
        violationAt(environment, at, TRUSTED_USER_INVALID, {
          expected: "the ARN of one IAM user: no `*`, no account, no role",
          got: JSON.stringify(arn),
          remedy: "write arn:aws:iam::<account id>:user/<path><name>",
        }),
      ];
    }
    const owner = all.find(({ accountId }) => accountId === account);
    if (owner === undefined) return [];
    return [
      violationAt(environment, at, TRUSTED_USER_INVALID, {
        expected: `users of account ${account} are declared in ${environmentFile(owner.name)}, which puts them in a guarded group`,
        got: JSON.stringify(arn),
        remedy: `list "${owner === environment ? name : `${environment.name}/${name}`}" in the roles of a device there`,
      }),
    ];
  });
}

function githubViolations(environment: Environment, name: string, role: Role): readonly Violation[] {
  const github = role.github;
  if (github === undefined) return [];
  const at = ["roles", name, "github"];
  const found: Violation[] = [];
  if (!isRepositoryName(github.repository)) {
    found.push(
      violationAt(environment, [...at, "repository"], REPOSITORY_NAME_INVALID, {
        expected: "a repository is owner/name, without wildcards",
        got: JSON.stringify(github.repository),
        remedy: "write it as in the repository's address",
      }),
    );
  }
  const jobs = [github.environment, github.branch, github.pullRequest].filter((job) => job !== undefined);
  if (jobs.length !== 1) {
    found.push(
      violationAt(environment, at, GITHUB_JOB_INVALID, {
        expected: "exactly one of environment, branch and pullRequest",
        got: `${jobs.length} of them`,
        remedy: "make a role for each",
      }),
    );
  }
  for (const key of ["environment", "branch"] as const) {
    const value = github[key];
    if (value !== undefined && /[*?]/.test(value)) {
      found.push(
        violationAt(environment, [...at, key], GITHUB_JOB_INVALID, {
          expected: "a name without wildcards, which would not match or match too much",
          got: JSON.stringify(value),
          remedy: "name one",
        }),
      );
    }
  }
  if (
    (github.subjects ?? "name") !== "name" &&
    (github.ownerId === undefined || github.repositoryId === undefined)
  ) {
    found.push(
      violationAt(environment, at, GITHUB_JOB_INVALID, {
        expected: "ownerId and repositoryId for an immutable subject",
        got: `subjects: "${github.subjects}"`,
        remedy: "add the numeric ids: gh api repos/<owner>/<name> --jq '.owner.id, .id'",
      }),
    );
  }
  if (github.pullRequest && role.administrator) {
    found.push(
      violationAt(environment, at, PULL_REQUEST_ADMINISTRATOR, {
        expected: "jobs of pull requests, which run anybody's code, assume read-only roles",
        got: "a role with administrator: true",
        remedy: "use a GitHub environment with reviewers",
      }),
    );
  }
  return found;
}
