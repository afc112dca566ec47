import { actionsDate, actionsSource } from "../actions";
import { managedPoliciesDate, managedPoliciesSource } from "../managed-policies";
import { regionsSource } from "./regions";

/** A list of names that AWS has, as this version knows it. */
export interface AccessList {
  readonly what: string;
  /** Package and version that it was made from. */
  readonly source: string;
  /** Day up to which it follows AWS, `YYYY-MM-DD`; absent where its source tells none. */
  readonly asOf?: string;
}

/** Every list that names are checked against. `scripts/update-access-data.mjs` renews them. */
export function accessLists(): readonly AccessList[] {
  return [
    { what: "actions, resource types and condition keys", source: actionsSource, asOf: actionsDate },
    { what: "managed policies of AWS", source: managedPoliciesSource, asOf: managedPoliciesDate },
    { what: "regions and partitions", source: regionsSource },
  ];
}
