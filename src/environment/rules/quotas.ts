import { declaredGroups, declaredUsers } from "../account-names";
import { type QuotaName, quotasOf } from "../account-quotas";
import type { Environment } from "../environment";
import { QUOTA_EXCEEDED } from "../quotas";
import { type EnvironmentRule, violationAt } from "./rule";

/** An account holds so many users, groups and roles. Environments that share an account count together. */
export const accountsHaveRoom: EnvironmentRule = (environment, all) => {
  const sharing = all.filter(({ accountId }) => accountId === environment.accountId);
  // told once, at the first environment of the account
  if (sharing[0] !== environment) return [];
  const limit = (name: QuotaName) => Math.max(...sharing.map((one) => quotasOf(one)[name]));
  const counts: [section: keyof Environment, what: string, count: number, limit: number][] = [
    [
      "devices",
      "users",
      sum(sharing, (e) => declaredUsers(e).length + countOf(e.existing.users)),
      limit("usersPerAccount"),
    ],
    [
      "developerGroups",
      "groups",
      sum(sharing, (e) => declaredGroups(e, all).length + countOf(e.existing.groups)),
      limit("groupsPerAccount"),
    ],
    [
      "roles",
      "roles",
      sum(sharing, (e) => countOf(e.roles) + countOf(e.existing.roles)),
      limit("rolesPerAccount"),
    ],
  ];
  return counts
    .filter(([, , count, limit]) => count > limit)
    .map(([section, what, count, limit]) =>
      violationAt(environment, [section], QUOTA_EXCEEDED, {
        expected: `an account holds at most ${limit} ${what}`,
        got: `${count}`,
        remedy:
          what === "users"
            ? "use a second account; AWS does not raise this limit"
            : "ask AWS to raise the quota and write it in `quotas`, or use a second account",
      }),
    );
};

function sum(environments: readonly Environment[], count: (environment: Environment) => number): number {
  return environments.reduce((total, environment) => total + count(environment), 0);
}

const countOf = (record: object): number => Object.keys(record).length;
