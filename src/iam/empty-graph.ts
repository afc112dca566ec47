import type { AccessGraph } from "./graph";

/** A graph of an account that holds nothing. */
export const EMPTY_GRAPH: AccessGraph = {
  users: [],
  groups: [],
  roles: [],
  managedPolicies: [],
  oidcProviders: [],
  safeguards: [],
  unknowns: [],
};
