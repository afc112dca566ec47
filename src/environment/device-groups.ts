import type { Environment } from "./environment";
import type { Device } from "./users";

/** The groups of a device: the ones it lists, or the only developer group there is. */
export function groupsOfDevice(environment: Environment, device: Device): readonly string[] {
  if (device.groups !== undefined) return device.groups;
  const declared = Object.keys(environment.developerGroups);
  return declared.length === 1 ? declared : [];
}
