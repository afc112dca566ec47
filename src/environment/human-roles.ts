import type { Environment } from "./environment";
import { breakGlassThatAssume, devicesThatAssume } from "./role-references";
import type { Role } from "./roles";

/** Whether people assume the role: by a device, a break-glass user, a user elsewhere, or an identity provider of theirs. */
export function isRoleOfPeople(
  environment: Environment,
  all: readonly Environment[],
  name: string,
  role: Role,
): boolean {
  return (
    role.saml !== undefined || role.permissionSet !== undefined || isRoleOfUsers(environment, all, name, role)
  );
}

/** Whether IAM users assume the role. */
export function isRoleOfUsers(
  environment: Environment,
  all: readonly Environment[],
  name: string,
  role: Role,
): boolean {
  return (
    devicesThatAssume(all, { environment: environment.name, role: name }).length > 0 ||
    breakGlassThatAssume(environment, name).length > 0 ||
    role.trust.externalUsers.length > 0
  );
}

/** Whether every role of users asks for the user's name as session name, so that one user's sessions can be told. */
export function sessionsTellTheirUser(environment: Environment, all: readonly Environment[]): boolean {
  return Object.entries(environment.roles).every(
    ([name, role]) => role.trust.sessionName || !isRoleOfUsers(environment, all, name, role),
  );
}
