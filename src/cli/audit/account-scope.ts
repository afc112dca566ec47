import type { DeclaredUser } from "../../credentials/audit/audit-input";
import { type AuditScope, declaredUsers } from "../../credentials/audit/audit-scope";
import { auditScopeOf } from "../../credentials/environment-credentials";
import type { Environment } from "../../environment/environment";

/** What an account is compared with, seen from one of its environments. */
export interface AccountScope {
  readonly environment: Environment;
  readonly scope: AuditScope;
  /** Users of every environment in the same account: a neighbour's user is no stranger. */
  readonly declared: readonly DeclaredUser[];
}

/** @param all every environment of the project */
export function accountScope(environment: Environment, all: readonly Environment[]): AccountScope {
  const scope = auditScopeOf(environment);
  const neighbours = all.filter(
    ({ accountId, name }) => accountId === environment.accountId && name !== environment.name,
  );
  return {
    environment,
    scope,
    declared: [...declaredUsers(scope), ...neighbours.flatMap((each) => declaredUsers(auditScopeOf(each)))],
  };
}
