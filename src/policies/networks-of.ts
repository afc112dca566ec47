import type { Environment } from "../environment/environment";

/** The networks of an environment, as guard and trust policies take them. */
export function networksOf({ allowedNetworks, allowedVpcs }: Environment) {
  return { cidrs: allowedNetworks, vpcs: allowedVpcs };
}
