import { grantsOf } from "../../../iam/comparison/grant";
import type { AccessGraph, Role, User } from "../../../iam/graph";
import { placedPolicies } from "../../principals/placed-policies";
import { weightOf } from "../../weight";

export interface TrustSettings {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
  /** Administrator rights by role. */
  isAdministrator(role: Role): boolean;
  /** Accounts of every environment under review: their users are no strangers. */
  readonly accounts: ReadonlySet<string>;
  /** The whole environment comes new: what is guarded is told as creation, not as a gain. */
  readonly isNew: boolean;
}

/** A role whose trust policy changes, or that comes new. */
export interface TrustContext {
  readonly before: Role | undefined;
  readonly after: Role;
  readonly settings: TrustSettings;
}

/** Whether a principal's own policies are as good as administrator rights. A boundary is not counted in its favour. */
export function holdsAdministratorRights(principal: Role | User): boolean {
  const atoms = placedPolicies(principal).flatMap(({ policy: { document } }) =>
    "unknown" in document ? [] : grantsOf(document).filter(({ effect }) => effect === "Allow"),
  );
  return atoms.length > 0 && weightOf(atoms).isAdministrator;
}
