import type { AuditScope } from "../../credentials/audit/audit-scope";
import { auditScopeOf } from "../../credentials/environment-credentials";
import type { Environment } from "../../environment/environment";

/** What an account is compared with, seen from one of its environments. */
export interface AccountScope {
  readonly environment: Environment;
  readonly scope: AuditScope;
}

/**
 * @param all every environment of the project: whoever is another one's is told by that one's audit
 * @param wanted those that the command audits: the first of an account tells what belongs to none
 */
export function accountScope(
  environment: Environment,
  all: readonly Environment[],
  wanted: readonly Environment[],
): AccountScope {
  const inCharge = wanted.find(({ accountId }) => accountId === environment.accountId);
  return { environment, scope: auditScopeOf(environment, all, { audited: all, inCharge }) };
}
