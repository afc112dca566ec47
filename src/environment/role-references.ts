import type { Environment } from "./environment";
import type { Device } from "./users";

/** A role as a device names it: of its own environment by name, of another as `environment/role`. */
export interface RoleReference {
  readonly environment: string;
  readonly role: string;
}

export function roleReference(environment: Pick<Environment, "name">, written: string): RoleReference {
  const slash = written.indexOf("/");
  if (slash < 0) return { environment: environment.name, role: written };
  return { environment: written.slice(0, slash), role: written.slice(slash + 1) };
}

/** A device user that may assume a role, with the environment it lives in. */
export interface AssumingDevice {
  readonly environment: Environment;
  readonly name: string;
  readonly device: Device;
}

/** The devices of all environments that list a role, in the order of environment and name. */
export function devicesThatAssume(
  all: readonly Environment[],
  target: RoleReference,
): readonly AssumingDevice[] {
  return all.flatMap((environment) =>
    Object.entries(environment.devices)
      .filter(([, device]) =>
        device.roles.some((written) => {
          const reference = roleReference(environment, written);
          return reference.environment === target.environment && reference.role === target.role;
        }),
      )
      .map(([name, device]) => ({ environment, name, device })),
  );
}

/** The break-glass users of an environment that list one of its roles. */
export function breakGlassThatAssume(environment: Environment, role: string): readonly string[] {
  return Object.entries(environment.breakGlass)
    .filter(([, user]) => user.roles.includes(role))
    .map(([name]) => name);
}
