import type { AccountInventory } from "../aws/inventory";
import type { AccessGraph } from "../iam/graph";
import { graphFromAuthorizationDetails } from "../sources/account/graph-from-authorization-details";

/**
 * What an account holds, as the access model reads it.
 *
 * @throws AccessSourceError when the authorization details are something else
 */
export function actualGraph(inventory: AccountInventory, file = "inventory"): AccessGraph {
  const graph = graphFromAuthorizationDetails(inventory.authorizationDetails, {
    file: `${file}: authorizationDetails`,
  });
  const sessions = "value" in inventory.roleSessions ? inventory.roleSessions.value : {};
  return {
    ...graph,
    roles: graph.roles.map((role) => ({
      ...role,
      maxSessionDuration: sessions[role.name] ?? role.maxSessionDuration,
    })),
  };
}
