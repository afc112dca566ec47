import type { ResolvedKeyRules } from "../../../credentials/resolved-key-rules";
import type { AccessGraph, Group, Role, User } from "../../../iam/graph";
import { subjectOf } from "../../principals/placed-policies";
import type { Draft } from "../../review-finding";

export type Identity = User | Role | Group;

/** What the rules about users, groups and roles know beside the identity itself. */
export interface IdentitySides {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
  /** The whole environment comes new. */
  readonly isNew: boolean;
  readonly keyRules: ResolvedKeyRules | undefined;
  /** New addresses by old ones. */
  readonly addresses: ReadonlyMap<string, string>;
  isAdministrator(role: Role): boolean;
}

/** Where a finding about an identity is, and whom it names. */
export function aboutIdentity(identity: Identity): Pick<Draft, "address" | "subjects"> {
  return { address: identity.address, subjects: [subjectOf(identity)] };
}
