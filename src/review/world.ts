import type { Role } from "../iam/graph";
import { UNKNOWN_PART } from "../iam/graph";
import type { ReviewedEnvironment } from "./reviewed-environment";
import type { FoundRole, RoleIndex } from "./rules/by-nature/resource-change";

/** What the environments under review know of each other, from the sides before the change. */
export interface ReviewedWorld {
  /** Accounts that were there: a change cannot make one known by bringing it along, unless there was nothing before. */
  readonly accounts: ReadonlySet<string>;
  /** Accounts of the sides before the change alone. */
  readonly oldAccounts: ReadonlySet<string>;
  readonly roles: readonly Role[];
}

export function worldOf(all: readonly ReviewedEnvironment[]): ReviewedWorld {
  const old = new Set(all.flatMap(({ before }) => [...(before?.accounts ?? [])]));
  const current = new Set(all.flatMap(({ after }) => [...(after?.accounts ?? [])]));
  return {
    accounts: old.size > 0 ? old : current,
    oldAccounts: old,
    roles: all.flatMap(({ before }) => before?.graph.roles ?? []),
  };
}

/**
 * Whether there was nothing of it before: not the stack decides but the account. A new stack in a known account is
 * judged as a change of that account.
 */
export function isNewEnvironment(
  { before, after, actions }: ReviewedEnvironment,
  world: ReviewedWorld,
): boolean {
  if (before !== undefined) {
    const { users, roles, groups, managedPolicies, safeguards } = before.graph;
    const isEmpty = [users, roles, groups, managedPolicies, safeguards].every(({ length }) => length === 0);
    if (!isEmpty || before.resources.size > 0) return false;
    if (actions !== undefined) return true;
  }
  const accounts = [...(after?.accounts ?? [])];
  return accounts.length > 0 && accounts.every((id) => !world.oldAccounts.has(id));
}

/** Roles by ARN, name or instance profile: those of before, of every environment, and those that this change brings. */
export function roleIndex({ before, after }: ReviewedEnvironment, world: ReviewedWorld): RoleIndex {
  const old = new Map<string, Role>();
  const current = new Map<string, Role>();
  for (const role of [...world.roles, ...(before?.graph.roles ?? [])]) enter(role, old);
  for (const role of after?.graph.roles ?? []) enter(role, current);
  return {
    find(name): FoundRole | undefined {
      const key = normalized(name);
      const now = current.get(key);
      if (now !== undefined) return { role: now, isNew: !old.has(key) };
      const was = old.get(key);
      return was === undefined ? undefined : { role: was, isNew: false };
    },
  };
}

function enter(role: Role, index: Map<string, Role>): void {
  const account = role.accountId;
  for (const name of [
    role.arn,
    role.name,
    ...role.instanceProfiles,
    ...role.instanceProfiles.map((profile) => `arn:aws:iam::${account}:instance-profile/${profile}`),
  ])
    if (!index.has(normalized(name))) index.set(normalized(name), role);
}

/** Without the path, which a name does not have, and with one sign for a suffix that is not known. */
function normalized(name: string): string {
  return name
    .replace(/\u2063[^\u2063]*\u2063/g, "")
    .replace(/:(role|instance-profile)\/.*\//, ":$1/")
    .replaceAll(UNKNOWN_PART, "*");
}
