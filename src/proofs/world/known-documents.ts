import type { AccessGraph, AttachedPolicy, Group, Policy, Unknown } from "../../iam/graph";
import { type PolicyDocument, policyDocument } from "../../iam/policy-document";

/** A policy whose document nobody has seen, where it is in force. */
export interface UnknownPolicy {
  readonly kind: "user" | "group" | "role";
  readonly principal: {
    readonly arn: string;
    readonly name: string;
    readonly path: string;
    readonly accountId: string;
  };
  readonly policy: AttachedPolicy;
  readonly unknown: Unknown;
  readonly isBoundary: boolean;
}

/** Nothing that a policy of unknown content grants is taken for granted, and no limit that it may set. */
const GRANTS_NOTHING = policyDocument();
const LIMITS_NOTHING = policyDocument({ Effect: "Allow", Action: "*", Resource: "*" });

/**
 * The graph without the policies that nobody has seen, and these apart: what is proven of it holds for all but them. The
 * same graph where there are none.
 */
export function withoutUnknownPolicies(graph: AccessGraph): {
  readonly graph: AccessGraph;
  readonly unknown: readonly UnknownPolicy[];
} {
  const unknown: UnknownPolicy[] = [];
  for (const principal of [...graph.users, ...graph.groups, ...graph.roles]) {
    const boundary = principal.kind === "group" ? undefined : principal.permissionsBoundary;
    for (const policy of boundary === undefined ? principal.policies : [...principal.policies, boundary]) {
      if (!("unknown" in policy.document)) continue;
      const { kind } = principal;
      unknown.push({ kind, principal, policy, unknown: policy.document, isBoundary: policy === boundary });
    }
  }
  if (unknown.length === 0) return { graph, unknown };
  return { graph: rewritten(graph, (policy, isBoundary) => known(policy, isBoundary)), unknown };
}

function known<T extends Policy>(policy: T, isBoundary: boolean): T {
  if (!("unknown" in policy.document)) return policy;
  return { ...policy, document: isBoundary ? LIMITS_NOTHING : GRANTS_NOTHING };
}

/**
 * The graph with documents that somebody gives by the ARNs of their policies, where it has none itself: of customer
 * managed policies that another stack or another tool makes. Policies that only conditions name are added.
 */
export function withDocuments(
  graph: AccessGraph,
  documents: Readonly<Record<string, PolicyDocument>>,
): AccessGraph {
  if (Object.keys(documents).length === 0) return graph;
  const filled = rewritten(graph, (policy) => {
    const given = policy.arn === undefined ? undefined : documents[policy.arn];
    return given === undefined || !("unknown" in policy.document) ? policy : { ...policy, document: given };
  });
  // nobody carries them yet: conditions name them, as boundaries or as what may be attached
  const present = new Set(filled.managedPolicies.map(({ arn }) => arn));
  const named = Object.entries(documents)
    .filter(([arn]) => !present.has(arn))
    .map(([arn, document]): Policy => {
      const name = arn.slice(arn.lastIndexOf("/") + 1);
      return { kind: "managed", name, arn, address: "", document };
    });
  return { ...filled, managedPolicies: [...filled.managedPolicies, ...named] };
}

function rewritten(
  graph: AccessGraph,
  change: <T extends Policy>(policy: T, isBoundary: boolean) => T,
): AccessGraph {
  const policies = (all: readonly AttachedPolicy[]) => all.map((policy) => change(policy, false));
  const boundary = (policy: AttachedPolicy | undefined) =>
    policy === undefined ? {} : { permissionsBoundary: change(policy, true) };
  const groups = new Map<Group, Group>(
    graph.groups.map((group) => [group, { ...group, policies: policies(group.policies) }]),
  );
  return {
    ...graph,
    groups: [...groups.values()],
    users: graph.users.map((user) => ({
      ...user,
      policies: policies(user.policies),
      groups: user.groups.map((group) => groups.get(group) ?? group),
      ...boundary(user.permissionsBoundary),
    })),
    roles: graph.roles.map((role) => ({
      ...role,
      policies: policies(role.policies),
      ...boundary(role.permissionsBoundary),
    })),
    managedPolicies: graph.managedPolicies.map((policy) => change(policy, false)),
  };
}
