import type { AttachedPolicy, Role, User } from "../graph";
import type { PolicyInForce } from "./policy-layer";

/** The policies that grant and deny to a principal: its own and, for a user, those of its groups. */
export function effectivePolicies(principal: User | Role): readonly PolicyInForce[] {
  const own = principal.policies.map((policy) => inForce(policy, principal.arn));
  if (principal.kind === "role") return own;
  const fromGroups = principal.groups.flatMap((group) =>
    group.policies.map((policy) => inForce(policy, group.arn)),
  );
  return [...own, ...fromGroups];
}

/** The boundary, which limits and never grants. Groups have none. */
export function boundaryOf(principal: User | Role): PolicyInForce | undefined {
  const { permissionsBoundary } = principal;
  if (permissionsBoundary === undefined) return undefined;
  return { policy: permissionsBoundary, kind: "boundary", attachedTo: principal.arn };
}

export function trustOf(role: Role): PolicyInForce {
  return { policy: role.trust, kind: "trust", attachedTo: role.arn };
}

function inForce(policy: AttachedPolicy, attachedTo: string): PolicyInForce {
  return { policy, kind: policy.kind, attachedTo };
}
