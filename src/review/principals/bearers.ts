import type { AccessGraph, AttachedPolicy, Policy, Unplaced } from "../../iam/graph";
import type { ReviewedEnvironment } from "../reviewed-environment";
import type { Bearer } from "./placed-policies";
import { type Pair, type PrincipalPairs, renamedAddresses } from "./principal-pairs";

interface Graphs {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
}

/** Everything beside users and roles whose policies count: others may use it, or it is somebody of another stack. */
export function bearerPairs(
  reviewed: ReviewedEnvironment,
  graphs: Graphs,
  groups: PrincipalPairs["groups"],
): readonly Pair<Bearer>[] {
  return [
    ...unmanagedPrincipals(graphs),
    ...unusedGroups(groups, graphs),
    ...unusedPolicies(graphs, renamedAddresses(reviewed)),
  ];
}

/** Groups without members: whoever joins gets what they carry. */
function unusedGroups(pairs: PrincipalPairs["groups"], { before, after }: Graphs): PrincipalPairs["groups"] {
  const used = new Set([...before.users, ...after.users].flatMap(({ groups }) => groups));
  return pairs.filter(
    (pair) =>
      pair.after !== undefined &&
      !used.has(pair.after) &&
      (pair.before === undefined || !used.has(pair.before)),
  );
}

/** Customer managed policies that nobody in the source carries: other stacks may. */
function unusedPolicies(
  { before, after }: Graphs,
  addresses: ReadonlyMap<string, string>,
): readonly Pair<Bearer>[] {
  const used = new Set([...carriedAddresses(before), ...carriedAddresses(after)]);
  const earlier = new Map(
    before.managedPolicies.map((policy) => [addresses.get(policy.address) ?? policy.address, policy]),
  );
  return after.managedPolicies.flatMap((policy): readonly Pair<Bearer>[] => {
    if (used.has(policy.address)) return [];
    const old = earlier.get(policy.address);
    if (old?.document === policy.document) return [];
    return [{ before: old && policyBearer(old), after: policyBearer(policy) }];
  });
}

function carriedAddresses(graph: AccessGraph): readonly string[] {
  return [...graph.users, ...graph.groups, ...graph.roles].flatMap((principal) => [
    ...principal.policies.map(({ address }) => address),
    ...("permissionsBoundary" in principal && principal.permissionsBoundary !== undefined
      ? [principal.permissionsBoundary.address]
      : []),
  ]);
}

function policyBearer(policy: Policy): Bearer {
  const attached: AttachedPolicy = { ...policy, attachedBy: policy.address };
  return {
    kind: "policy",
    arn: policy.arn ?? "",
    name: policy.name,
    address: policy.address,
    policies: [attached],
  };
}

/** Principals that the source names and does not hold: what is attached to them counts all the same. */
function unmanagedPrincipals({ before, after }: Graphs): readonly Pair<Bearer>[] {
  const earlier = unplacedBearers(before);
  return [...unplacedBearers(after)].map(([key, bearer]) => ({ before: earlier.get(key), after: bearer }));
}

function unplacedBearers(graph: AccessGraph): ReadonlyMap<string, Bearer> {
  const found = new Map<string, Bearer & { readonly policies: AttachedPolicy[] }>();
  for (const item of graph.unplaced ?? []) {
    const isPolicy = item.kind === "policy";
    const kind = isPolicy ? item.principalKind : "user";
    const name = isPolicy ? item.principalName : item.userName;
    const group = graph.groups.find((candidate) => !isPolicy && candidate.name === item.groupName);
    const policies = isPolicy ? [item.policy] : (group?.policies ?? []);
    const key = `${kind} ${item.accountId} ${name}`;
    const present = found.get(key);
    if (present !== undefined) present.policies.push(...policies);
    else
      found.set(key, {
        kind: `unmanaged ${kind}`,
        arn: "",
        name,
        address: unplacedAddress(item),
        policies: [...policies],
      });
  }
  return found;
}

function unplacedAddress(item: Unplaced): string {
  return item.kind === "policy" ? item.policy.attachedBy : item.address;
}
