import type { AccessGraph } from "../iam/graph";

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
