import { defineRefusal } from "../../findings/refusal";
import { type EnvironmentRule, violationAt } from "./rule";

export const ROLE_WITHOUT_RIGHTS = defineRefusal({
  code: "role-without-rights",
  title: "A role holds no permission",
  why: "Whoever assumes it can do nothing: its policies were forgotten, or it is a left-over.",
  example:
    "environments/prod.ts: roles.daily: a role that may do something, got no managedPolicies and no statements that allow; add what it is for, or remove the role [role-without-rights]",
  remedy: "Add what it is for, or remove the role.",
  since: "0.2.0",
});

export const CI_GROUP_WITHOUT_RIGHTS = defineRefusal({
  code: "ci-group-without-rights",
  title: "A CI group allows nothing",
  why: "Its repositories have keys that can do nothing: its statements were forgotten, or it is a left-over.",
  example:
    "environments/prod.ts: ciGroups.deployers: a group that may do something, got no managedPolicies and no statements that allow; add what its repositories do, or remove the group [ci-group-without-rights]",
  remedy: "Add what its repositories do, or remove the group.",
  since: "0.2.0",
});

/** A CI group allows something: its repositories have keys for it. */
export const ciGroupsHaveRights: EnvironmentRule = (environment) =>
  Object.entries(environment.ciGroups)
    .filter(
      ([, { managedPolicies, statements }]) =>
        managedPolicies.length === 0 && !statements.some(({ Effect }) => Effect === "Allow"),
    )
    .map(([name]) =>
      violationAt(environment, ["ciGroups", name], CI_GROUP_WITHOUT_RIGHTS, {
        expected: "a group that may do something",
        got: "no managedPolicies and no statements that allow",
        remedy: "add what its repositories do, or remove the group",
      }),
    );

/** A role holds some permission: by its policies, or because it plans stacks or reactivates keys. */
export const rolesHaveRights: EnvironmentRule = (environment) =>
  Object.entries(environment.roles)
    .filter(
      ([, { managedPolicies, statements, plansStacks, reactivatesKeys }]) =>
        !plansStacks &&
        !reactivatesKeys &&
        managedPolicies.length === 0 &&
        !statements.some(({ Effect }) => Effect === "Allow"),
    )
    .map(([name]) =>
      violationAt(environment, ["roles", name], ROLE_WITHOUT_RIGHTS, {
        expected: "a role that may do something",
        got: "no managedPolicies and no statements that allow",
        remedy: "add what it is for, or remove the role",
      }),
    );
