import { defineRefusal } from "../../findings/refusal";
import { type EnvironmentRule, violationAt } from "./rule";

export const REACTIVATION_ROLE_UNREVIEWED = defineRefusal({
  code: "reactivation-role-unreviewed",
  title: "A role that reactivates keys is not behind the reviewers of a GitHub environment, or can do more",
  why: "Whoever assumes it can make every device's key work again. It is meant for one workflow that a second person approves.",
  example:
    "environments/prod.ts: roles.reactivate.reactivatesKeys: a role that reactivates keys is assumed by jobs of one GitHub environment, got github without an environment; add github with an environment that has reviewers [reactivation-role-unreviewed]",
  remedy:
    "Give it `github` with an environment that has reviewers, and move further permissions to another role.",
  since: "0.1.0",
});

/** The role that reactivates keys is a workflow's, behind the reviewers of a GitHub environment, and can do nothing else. */
export const reactivationIsReviewed: EnvironmentRule = (environment) =>
  Object.entries(environment.roles)
    .filter(([, role]) => role.reactivatesKeys)
    .flatMap(([name, role]) => {
      const at = ["roles", name];
      return [
        ...(role.github?.environment === undefined
          ? [
              violationAt(environment, [...at, "reactivatesKeys"], REACTIVATION_ROLE_UNREVIEWED, {
                expected: "a role that reactivates keys is assumed by jobs of one GitHub environment",
                got: role.github === undefined ? "no github" : "github without an environment",
                remedy: "add github with an environment that has reviewers",
              }),
            ]
          : []),
        ...(role.managedPolicies.length > 0 || role.statements.length > 0 || role.administrator
          ? [
              violationAt(environment, at, REACTIVATION_ROLE_UNREVIEWED, {
                expected: "a role that reactivates keys can do nothing else",
                got: "further permissions",
                remedy: "move managedPolicies, statements and administrator to another role",
              }),
            ]
          : []),
      ];
    });
