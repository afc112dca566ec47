import type { Holder } from "./holder";
import type { AssumedRole } from "./role-arns";

/** Names of the profiles of one device. */
export interface ProfileNames {
  /** Of the key itself: `personal`. */
  readonly base: string;
  /** Of the session that `aws configure mfa-login` writes: `personal-mfa`. */
  readonly session: string;
  /** Of each role, in the order given: `personal-daily`, `team-prod-admin`. */
  readonly roles: readonly string[];
  /** Of the profile that fetches the credentials of each role by a process: `personal-daily-program`. */
  readonly programs: readonly string[];
}

/**
 * Names that can be told before: the key is called after its environment, a role after its environment and itself. No
 * environment's name begins with another's and a dash, so two roles never share one. A role whose name would be that of
 * another profile (a role called `mfa`) has a dot in place of the dash.
 *
 * @param prefix put before every name, for a second device of an environment on the same machine
 */
export function profileNames(holder: Holder, roles: readonly AssumedRole[], prefix: string): ProfileNames {
  const base = `${prefix}${holder.environment.name}`;
  const session = `${base}-mfa`;
  const roleNames = roles.map(({ environment, name }) => {
    const dashed = `${prefix}${environment.name}-${name}`;
    return dashed === session ? `${prefix}${environment.name}.${name}` : dashed;
  });
  const programs = roleNames.map((name) =>
    roleNames.includes(`${name}-program`) ? `${name}.program` : `${name}-program`,
  );
  return { base, session, roles: roleNames, programs };
}
