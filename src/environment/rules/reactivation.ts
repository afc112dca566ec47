import { defineRefusal } from "../../findings/refusal";
import type { Environment } from "../environment";
import { devicesThatAssume } from "../role-references";
import type { Role } from "../roles";
import { type EnvironmentRule, violationAt } from "./rule";

export const REACTIVATION_ROLE_UNREVIEWED = defineRefusal({
  code: "reactivation-role-unreviewed",
  title: "A role that reactivates keys is for more than one workflow or one owner, or can do more",
  why: "Whoever assumes it can make a key work again that somebody ended for a reason. It is meant for one workflow that a second person approves, or for the devices of one owner and nobody else's keys.",
  example:
    "environments/prod.ts: roles.reactivate.reactivatesKeys: a role that reactivates keys is assumed by jobs of one GitHub environment, or by devices of one owner, got github without an environment; add an environment that has reviewers [reactivation-role-unreviewed]",
  remedy:
    "Give it `github` with an environment that has reviewers, or list it in the devices of one owner; move further permissions to another role.",
  since: "0.1.0",
});

/**
 * A role that reactivates keys is a workflow's, behind the reviewers of a GitHub environment, or one owner's, for the
 * owner's other devices; and it can do nothing else.
 */
export const reactivationIsReviewed: EnvironmentRule = (environment, all) =>
  Object.entries(environment.roles)
    .filter(([, role]) => role.reactivatesKeys)
    .flatMap(([name, role]) => {
      const at = ["roles", name];
      const fault = assumerFault(environment, all, name, role);
      return [
        ...(fault === undefined
          ? []
          : [
              violationAt(environment, [...at, "reactivatesKeys"], REACTIVATION_ROLE_UNREVIEWED, {
                expected:
                  "a role that reactivates keys is assumed by jobs of one GitHub environment, or by devices of one owner",
                ...fault,
              }),
            ]),
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

function assumerFault(environment: Environment, all: readonly Environment[], name: string, role: Role) {
  const devices = devicesThatAssume(all, { environment: environment.name, role: name });
  const owners = [...new Set(devices.map(({ device }) => device.owner))];
  const { github, saml, oidc, permissionSet, service, trust } = role;
  if ([saml, oidc, permissionSet, service].some(Boolean) || trust.externalUsers.length > 0)
    return { got: "others, too", remedy: "make a role of its own for them" };
  if (github !== undefined && devices.length > 0)
    return { got: "both", remedy: "make a role for the workflow and one for the devices" };
  if (github !== undefined)
    return github.environment === undefined
      ? { got: "github without an environment", remedy: "add an environment that has reviewers" }
      : undefined;
  if (devices.some((device) => device.environment !== environment))
    return { got: "devices of another environment", remedy: "make a role in the environment of the devices" };
  return owners.length > 1
    ? { got: `devices of ${owners.length} owners`, remedy: "make a role for each owner" }
    : undefined;
}
