import type { AuditScope } from "../../credentials/audit/audit-scope";
import { auditScopeOf } from "../../credentials/environment-credentials";
import type { Environment } from "../../environment/environment";

/** What an account is compared with, seen from one of its environments. */
export interface AccountScope {
  readonly environment: Environment;
  readonly scope: AuditScope;
}

/** @param all every environment of the project */
export function accountScope(environment: Environment, all: readonly Environment[]): AccountScope {
  return { environment, scope: auditScopeOf(environment, all) };
}
