import { declaredUsers } from "../environment/account-names";
import { groupsOfDevice } from "../environment/device-groups";
import type { Environment } from "../environment/environment";
import { repositoryUserName } from "../environment/iam-names";
import { iamPaths } from "../environment/iam-paths";
import { environmentFile } from "../environment/rules/rule";
import type { Violation } from "../environment/violation";
import type { AuditScope } from "./audit/audit-scope";
import { lockOutViolations } from "./lock-out";
import { resolveKeyRules } from "./resolve-key-rules";
import type { ResolvedKeyRules } from "./resolved-key-rules";

/** The key rules of an environment with every name looked up; nothing where it has none. */
export function keyRulesOf(environment: Environment): ResolvedKeyRules | undefined {
  if (environment.keyRules === undefined) return undefined;
  const users = declaredUsers(environment);
  const members = new Map<string, string[]>();
  const join = (user: string, groups: readonly string[]) => {
    for (const group of groups) members.set(group, [...(members.get(group) ?? []), user]);
  };
  for (const [name, device] of Object.entries(environment.devices))
    join(name, groupsOfDevice(environment, device));
  for (const [repository, { groups }] of Object.entries(environment.repositories)) {
    join(repositoryUserName(repository), groups);
  }
  return resolveKeyRules(environment.keyRules, {
    paths: iamPaths(environment.namespace),
    deviceUsers: namesOf(users, "device"),
    ciUsers: namesOf(users, "ci"),
    groups: Object.fromEntries(members),
    repositories: Object.fromEntries(
      Object.keys(environment.repositories).map((name) => [name, repositoryUserName(name)]),
    ),
  });
}

const namesOf = (users: ReturnType<typeof declaredUsers>, kind: "device" | "ci" | "break-glass") =>
  users.filter((user) => user.kind === kind).map(({ name }) => name);

/** What the audit of an environment compares the account with. */
export function auditScopeOf(environment: Environment): AuditScope {
  const users = declaredUsers(environment);
  const paths = iamPaths(environment.namespace);
  const keyRules = keyRulesOf(environment);
  const { schedule, dryRun = true } = environment.keyRules ?? {};
  return {
    version: 1,
    users: {
      device: namesOf(users, "device"),
      ci: namesOf(users, "ci"),
      "break-glass": namesOf(users, "break-glass"),
    },
    paths: { device: paths.device, ci: paths.ci, "break-glass": paths.breakGlass },
    ...(keyRules && { keyRules }),
    ...(schedule && !dryRun && { nightly: schedule }),
    acceptances: environment.accepted,
  };
}

/** Owners whom the rules could leave without a way in, where no recovery that holds is declared. */
export function recoveryViolations(environment: Environment): readonly Violation[] {
  const rules = keyRulesOf(environment);
  if (rules === undefined) return [];
  const path = iamPaths(environment.namespace).device;
  return lockOutViolations(
    {
      devices: Object.entries(environment.devices).map(([userName, { owner }]) => ({
        userName,
        path,
        owner,
      })),
      rules,
      recovery: environment.recovery,
      waysBack: {
        breakGlassUsers: Object.keys(environment.breakGlass),
        reactivationRoles: Object.entries(environment.roles)
          .filter(([, role]) => role.reactivatesKeys && role.github?.environment !== undefined)
          .map(([name]) => name),
      },
    },
    environmentFile(environment.name),
  );
}
