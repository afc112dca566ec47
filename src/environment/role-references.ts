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

const indexes = new WeakMap<readonly Environment[], ReadonlyMap<string, readonly AssumingDevice[]>>();

/** The devices of all environments that list a role, in the order of environment and name. */
export function devicesThatAssume(
  all: readonly Environment[],
  target: RoleReference,
): readonly AssumingDevice[] {
  // hundreds of roles are asked for, each of thousands of devices
  let index = indexes.get(all);
  if (index === undefined) {
    index = indexOf(all);
    indexes.set(all, index);
  }
  return index.get(`${target.environment}/${target.role}`) ?? [];
}

function indexOf(all: readonly Environment[]): ReadonlyMap<string, readonly AssumingDevice[]> {
  const index = new Map<string, AssumingDevice[]>();
  for (const environment of all) {
    for (const [name, device] of Object.entries(environment.devices)) {
      const references = new Set(
        device.roles.map((written) => {
          const { environment: other, role } = roleReference(environment, written);
          return `${other}/${role}`;
        }),
      );
      for (const reference of references) {
        const known = index.get(reference);
        if (known === undefined) index.set(reference, [{ environment, name, device }]);
        else known.push({ environment, name, device });
      }
    }
  }
  return index;
}

/** The break-glass users of an environment that list one of its roles. */
export function breakGlassThatAssume(environment: Environment, role: string): readonly string[] {
  return Object.entries(environment.breakGlass)
    .filter(([, user]) => user.roles.includes(role))
    .map(([name]) => name);
}
