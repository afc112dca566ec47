import type { Violation } from "../../findings/violation";
import type { Environment } from "../environment";
import { isRepositoryName } from "../iam-names";
import type { Role } from "../roles";
import { type EnvironmentRule, environmentFile, violationAt } from "./rule";

/** Who a role trusts is named exactly. */
export const trustIsExact: EnvironmentRule = (environment, all) =>
  Object.entries(environment.roles).flatMap(([name, role]) => [
    ...externalUserViolations(environment, all, name, role),
    ...githubViolations(environment, name, role),
  ]);

const USER_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):user\/[\w+=,.@/-]+$/;

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
        violationAt(environment, at, {
          expected: "the ARN of one IAM user: no `*`, no account, no role",
          got: JSON.stringify(arn),
          remedy: "write arn:aws:iam::<account id>:user/<path><name>",
        }),
      ];
    }
    const owner = all.find(({ accountId }) => accountId === account);
    if (owner === undefined) return [];
    return [
      violationAt(environment, at, {
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
      violationAt(environment, [...at, "repository"], {
        expected: "a repository is owner/name, without wildcards",
        got: JSON.stringify(github.repository),
        remedy: "write it as in the repository's address",
      }),
    );
  }
  const jobs = [github.environment, github.branch, github.pullRequest].filter((job) => job !== undefined);
  if (jobs.length !== 1) {
    found.push(
      violationAt(environment, at, {
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
        violationAt(environment, [...at, key], {
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
      violationAt(environment, at, {
        expected: "ownerId and repositoryId for an immutable subject",
        got: `subjects: "${github.subjects}"`,
        remedy: "add the numeric ids: gh api repos/<owner>/<name> --jq '.owner.id, .id'",
      }),
    );
  }
  if (github.pullRequest && role.administrator) {
    found.push(
      violationAt(environment, at, {
        expected: "jobs of pull requests, which run anybody's code, assume read-only roles",
        got: "a role with administrator: true",
        remedy: "use a GitHub environment with reviewers",
      }),
    );
  }
  return found;
}
