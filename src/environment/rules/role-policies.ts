import { defineRefusal } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";
import { policyName } from "../account-names";
import { quotasOf } from "../account-quotas";
import { IamArns } from "../arns";
import type { Environment } from "../environment";
import { isRoleOfPeople } from "../human-roles";
import type { DeclaredStatement } from "../policy-statement";
import { QUOTA_EXCEEDED } from "../quotas";
import { type EnvironmentRule, violationAt } from "./rule";

export const USER_POLICY_ON_ROLE = defineRefusal({
  code: "user-policy-on-role",
  title: "A role carries what is meant for users",
  why: "A role's session never carries MFA or `aws:username`: the guard would deny it everything, and self-service would match nothing.",
  example:
    "environments/prod.ts: roles.daily.statements[0]: guard and self-service are for users: a role session never carries MFA or aws:username, so they would deny everything or match nothing, got a statement that asks for aws:MultiFactorAuthPresent; remove the condition: MFA and networks are conditions of the role's trust [user-policy-on-role]",
  remedy:
    "Remove it. What a role asks of its callers stands in its trust: MFA, networks and the session's length.",
  since: "0.1.0",
});

export const ADMINISTRATOR_UNDECLARED = defineRefusal({
  code: "administrator-undeclared",
  title: "AdministratorAccess is attached where nobody said that it is meant",
  why: "It is one name among others in a list, and it is everything. `administrator: true` says it where a reviewer looks.",
  example:
    'environments/prod.ts: roles.daily.managedPolicies: only a role with administrator: true attaches AdministratorAccess, got "AdministratorAccess"; set administrator: true, or use adminRole() [administrator-undeclared]',
  remedy:
    "Set `administrator: true` or use `adminRole()`; for CI groups, list the few actions that are needed.",
  since: "0.1.0",
});

export const MANAGED_POLICY_NAME_INVALID = defineRefusal({
  code: "managed-policy-name-invalid",
  title: "A managed policy is not named as AWS names it",
  why: "A policy is attached by ARN, which is made of its name with path. A misspelt form or a second mention fails at apply.",
  example:
    'environments/prod.ts: roles.daily.managedPolicies[0]: an AWS managed policy by its name with path (job-function/ViewOnlyAccess), or a policy ARN, each once, got "View Only"; correct or remove it [managed-policy-name-invalid]',
  remedy: "Write `job-function/ViewOnlyAccess`, or the ARN of a policy, each once.",
  since: "0.1.0",
});

const ROLES_HAVE_NO_MFA =
  "guard and self-service are for users: a role session never carries MFA or aws:username, so they would deny everything or match nothing";

/** Guard and self-service stay off roles, by name and by meaning. */
export const rolesCarryNoUserPolicies: EnvironmentRule = (environment) =>
  Object.entries(environment.roles).flatMap(
    ([name, { managedPolicies, statements, permissionsBoundary }]) => {
      const boundary = ["roles", name, "permissionsBoundary"];
      return [
        ...userPolicies(environment, ["roles", name, "managedPolicies"], managedPolicies),
        ...userStatements(environment, ["roles", name, "statements"], statements),
        ...(typeof permissionsBoundary === "string"
          ? userPolicies(environment, boundary, [permissionsBoundary])
          : userStatements(environment, boundary, permissionsBoundary ?? [])),
      ];
    },
  );

function userPolicies(
  environment: Environment,
  at: readonly string[],
  policies: readonly string[],
): readonly Violation[] {
  return policies
    .filter((policy) => isUserPolicy(environment, policy))
    .map((policy) =>
      violationAt(environment, at, USER_POLICY_ON_ROLE, {
        expected: ROLES_HAVE_NO_MFA,
        got: JSON.stringify(policy),
        remedy: "remove it: MFA and networks are conditions of the role's trust",
      }),
    );
}

function userStatements(
  environment: Environment,
  at: readonly string[],
  statements: readonly DeclaredStatement[],
): readonly Violation[] {
  return statements.flatMap((statement, index) =>
    userOnlyKeys(statement).map((key) =>
      violationAt(environment, [...at, index], USER_POLICY_ON_ROLE, {
        expected: ROLES_HAVE_NO_MFA,
        got: `a statement that asks for ${key}`,
        remedy: "remove the condition: MFA and networks are conditions of the role's trust",
      }),
    ),
  );
}

function isUserPolicy(environment: Environment, policy: string): boolean {
  const names = ["guard", "self-service"].map((role) => policyName(environment, role));
  const written = policy.slice(policy.lastIndexOf("/") + 1);
  return names.some((name) => written === name || written.startsWith(`${name}-`));
}

function userOnlyKeys(statement: DeclaredStatement): string[] {
  const text = JSON.stringify(statement).toLowerCase();
  return ["aws:username", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"].filter((key) =>
    text.includes(key.toLowerCase()),
  );
}

const ADMINISTRATOR_ACCESS = /(^|\/)AdministratorAccess$/;

/** AdministratorAccess is attached to roles that say they are meant for it, and to nothing else. */
export const administratorAccessIsIntended: EnvironmentRule = (environment) => [
  ...Object.entries(environment.roles)
    .filter(
      ([, role]) =>
        !role.administrator && role.managedPolicies.some((policy) => ADMINISTRATOR_ACCESS.test(policy)),
    )
    .map(([name]) =>
      unintended(
        environment,
        ["roles", name, "managedPolicies"],
        "set administrator: true, or use adminRole()",
      ),
    ),
  ...Object.entries(environment.ciGroups)
    .filter(([, group]) => group.managedPolicies.some((policy) => ADMINISTRATOR_ACCESS.test(policy)))
    .map(([name]) =>
      unintended(
        environment,
        ["ciGroups", name, "managedPolicies"],
        "list the few actions that the repositories need",
      ),
    ),
];

const unintended = (environment: Environment, at: readonly string[], remedy: string) =>
  violationAt(environment, at, ADMINISTRATOR_UNDECLARED, {
    expected: "only a role with administrator: true attaches AdministratorAccess",
    got: '"AdministratorAccess"',
    remedy,
  });

const POLICY_FORM =
  "an AWS managed policy by its name with path (job-function/ViewOnlyAccess), or a policy ARN";
/** An ARN, or a name with its path. */
export const MANAGED_POLICY =
  /^(?:arn:aws[a-z-]*:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]+|[\w+=,.@-]+(?:\/[\w+=,.@-]+)*)$/;

/** Managed policies are named as AWS names them, and few enough. */
export const managedPoliciesAreNamed: EnvironmentRule = (environment, all) => [
  ...Object.entries(environment.roles).flatMap(([name, { permissionsBoundary, sessionNetworks }]) =>
    sessionNetworks && typeof permissionsBoundary === "string"
      ? [
          violationAt(environment, ["roles", name, "sessionNetworks"], MANAGED_POLICY_NAME_INVALID, {
            expected: "a boundary that is written out, or none",
            got: `permissionsBoundary ${JSON.stringify(permissionsBoundary)}`,
            remedy: "write its statements, or leave sessionNetworks out",
          }),
        ]
      : [],
  ),
  ...Object.entries(environment.roles).flatMap(([name, { permissionsBoundary }]) =>
    typeof permissionsBoundary !== "string" || MANAGED_POLICY.test(permissionsBoundary)
      ? []
      : [
          violationAt(environment, ["roles", name, "permissionsBoundary"], MANAGED_POLICY_NAME_INVALID, {
            expected: POLICY_FORM,
            got: JSON.stringify(permissionsBoundary),
            remedy: "correct it, or write statements",
          }),
        ],
  ),
  ...(["roles", "ciGroups"] as const).flatMap((section) =>
    Object.entries<{ managedPolicies: readonly string[] }>(environment[section]).flatMap(
      ([name, { managedPolicies }]) => {
        const at = [section, name, "managedPolicies"];
        const arns = managedPolicies.map((policy) => new IamArns(environment).managedPolicy(policy));
        const limit =
          quotasOf(environment)[section === "roles" ? "managedPoliciesPerRole" : "managedPoliciesPerGroup"];
        // a response ends sessions by a policy of its own
        const ours =
          environment.respond !== undefined && hasSessions(environment, all, section, name) ? 1 : 0;
        return [
          ...(managedPolicies.length + ours > limit
            ? [
                violationAt(environment, at, QUOTA_EXCEEDED, {
                  expected: `at most ${limit - ours} managed policies${ours > 0 ? ", beside the one of respond" : ""}`,
                  got: `${managedPolicies.length}`,
                  remedy: "merge some into statements",
                }),
              ]
            : []),
          ...managedPolicies.flatMap((policy, index) =>
            MANAGED_POLICY.test(policy) && arns.indexOf(arns[index] ?? "") === index
              ? []
              : [
                  violationAt(environment, [...at, index], MANAGED_POLICY_NAME_INVALID, {
                    expected: `${POLICY_FORM}, each once`,
                    got: JSON.stringify(policy),
                    remedy: "correct or remove it",
                  }),
                ],
          ),
        ];
      },
    ),
  ),
];

/** Whether sessions come of it that a response ends: CI groups, and roles of people. */
function hasSessions(
  environment: Environment,
  all: readonly Environment[],
  section: "roles" | "ciGroups",
  name: string,
): boolean {
  const role = environment.roles[name];
  return section === "ciGroups" || (role !== undefined && isRoleOfPeople(environment, all, name, role));
}
