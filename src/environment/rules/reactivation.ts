import { type EnvironmentRule, violationAt } from "./rule";

/** The role that reactivates keys is a workflow's, behind the reviewers of a GitHub environment, and can do nothing else. */
export const reactivationIsReviewed: EnvironmentRule = (environment) =>
  Object.entries(environment.roles)
    .filter(([, role]) => role.reactivatesKeys)
    .flatMap(([name, role]) => {
      const at = ["roles", name];
      return [
        ...(role.github?.environment === undefined
          ? [
              violationAt(environment, [...at, "reactivatesKeys"], {
                expected: "a role that reactivates keys is assumed by jobs of one GitHub environment",
                got: role.github === undefined ? "no github" : "github without an environment",
                remedy: "add github with an environment that has reviewers",
              }),
            ]
          : []),
        ...(role.managedPolicies.length > 0 || role.statements.length > 0 || role.administrator
          ? [
              violationAt(environment, at, {
                expected: "a role that reactivates keys can do nothing else",
                got: "further permissions",
                remedy: "move managedPolicies, statements and administrator to another role",
              }),
            ]
          : []),
      ];
    });
