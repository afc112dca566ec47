import type { AttachedPolicy, Group, Policy, Role, User } from "../../iam/graph";
import { policyDocument } from "../../iam/policy-document";

type Principal = User | Role;

const EVERYTHING: AttachedPolicy = {
  kind: "inline",
  name: "whatever the caller writes",
  address: "",
  attachedBy: "",
  document: policyDocument({ Effect: "Allow", Action: "*", Resource: "*" }),
};

/** A principal as it would be once somebody gave it every right: its Denies and its boundary still hold. */
export function withEverything<T extends Principal>(principal: T): T {
  return { ...principal, policies: [...principal.policies, EVERYTHING] };
}

export function withPolicies<T extends Principal>(principal: T, policies: readonly Policy[]): T {
  const attached = policies.map((policy) => ({ ...policy, attachedBy: "" }));
  return { ...principal, policies: [...principal.policies, ...attached] };
}

export function withoutBoundary<T extends Principal>(principal: T): T {
  const { permissionsBoundary: _, ...rest } = principal;
  return rest as T;
}

export function withBoundary<T extends Principal>(principal: T, boundary: Policy): T {
  return { ...principal, permissionsBoundary: { ...boundary, attachedBy: "" } };
}

/** Without the policies that deny: its own, and those of its groups. */
export function withoutPolicies<T extends Principal>(
  principal: T,
  gone: (policy: AttachedPolicy) => boolean,
): T {
  return rewritten(principal, (policy) => (gone(policy) ? [] : [policy]));
}

export function withoutGroup(user: User, left: Group): User {
  return { ...user, groups: user.groups.filter((group) => group !== left) };
}

/** With a new version of one of its policies that allows everything, wherever it carries it. */
export function withNewVersion<T extends Principal>(principal: T, arn: string): T {
  const isIt = (policy: Policy) => policy.arn === arn;
  const changed = rewritten(principal, (policy) =>
    isIt(policy) ? [{ ...policy, document: EVERYTHING.document }] : [policy],
  );
  const { permissionsBoundary } = principal;
  return permissionsBoundary !== undefined && isIt(permissionsBoundary) ? withoutBoundary(changed) : changed;
}

function rewritten<T extends Principal>(
  principal: T,
  change: (policy: AttachedPolicy) => readonly AttachedPolicy[],
): T {
  const policies = principal.policies.flatMap(change);
  if (principal.kind === "role") return { ...principal, policies };
  const groups = principal.groups.map((group) => ({ ...group, policies: group.policies.flatMap(change) }));
  return { ...principal, policies, groups };
}

/** A principal that does not exist yet. */
export function newPrincipal(kind: "user" | "role", arn: string, accountId: string): Principal {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const common = { arn, name, path: "/", accountId, address: "", tags: {}, policies: [EVERYTHING] };
  if (kind === "user") return { ...common, kind, groups: [], loginProfiles: [], accessKeys: [] };
  const trust: AttachedPolicy = {
    kind: "trust",
    name: "trust",
    address: "",
    attachedBy: "",
    document: policyDocument(),
  };
  return { ...common, kind, trust, maxSessionDuration: 3600, instanceProfiles: [] };
}
