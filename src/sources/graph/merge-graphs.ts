import type {
  AccessGraph,
  AttachedPolicy,
  Group,
  Policy,
  Role,
  Unknown,
  Unplaced,
  User,
} from "../../iam/graph";
import { UNKNOWN_PART } from "../../iam/graph";

/**
 * One graph of several: the stacks of an account, or the accounts of many environments. What one of them attaches
 * to a principal or a policy of another finds its place; what still has none stays in `unplaced` and `unknowns`.
 * A principal that several graphs hold (same ARN) has the policies and groups of all of them.
 */
export function mergeGraphs(graphs: readonly AccessGraph[]): AccessGraph {
  const [only] = graphs;
  if (graphs.length === 1 && only !== undefined) return only;
  return new Merge(graphs).finish();
}

type Mutable<T extends { readonly policies: readonly AttachedPolicy[] }> = T & {
  readonly policies: AttachedPolicy[];
};

type MutableUser = Mutable<User> & { readonly groups: Group[] };

class Merge {
  private readonly policies = new Map<string, Policy>();
  private readonly groups = new Map<string, Mutable<Group>>();
  private readonly users = new Map<string, MutableUser>();
  private readonly roles = new Map<string, Mutable<Role>>();
  private readonly copies = new Map<Group, Group>();
  private readonly settled = new Set<Unknown>();
  private readonly unplaced: Unplaced[] = [];
  private byName: Map<string, MutableUser | Mutable<Group> | Mutable<Role>> | undefined;

  constructor(private readonly graphs: readonly AccessGraph[]) {
    for (const policy of graphs.flatMap(({ managedPolicies }) => managedPolicies)) {
      this.policies.set(keyOf(policy.arn ?? "", policy.address), policy);
    }
    for (const group of graphs.flatMap((graph) => graph.groups)) this.addGroup(group);
    for (const user of graphs.flatMap((graph) => graph.users)) this.addUser(user);
    for (const role of graphs.flatMap((graph) => graph.roles)) this.addRole(role);
    for (const item of graphs.flatMap((graph) => graph.unplaced ?? [])) {
      const isPlaced = item.kind === "policy" ? this.placePolicy(item) : this.placeMembership(item);
      if (isPlaced) this.settled.add(item.unknown);
      else this.unplaced.push(item);
    }
  }

  finish(): AccessGraph {
    const { graphs, settled } = this;
    return {
      users: [...this.users.values()],
      groups: [...this.groups.values()],
      roles: [...this.roles.values()],
      managedPolicies: [...this.policies.values()],
      oidcProviders: graphs.flatMap(({ oidcProviders }) => oidcProviders),
      samlProviders: graphs.flatMap(({ samlProviders }) => samlProviders ?? []),
      safeguards: graphs.flatMap(({ safeguards }) => safeguards),
      credentials: graphs.flatMap(({ credentials }) => credentials ?? []),
      unplaced: this.unplaced,
      unknowns: graphs.flatMap(({ unknowns }) => unknowns).filter((unknown) => !settled.has(unknown)),
    };
  }

  private addGroup(group: Group): void {
    const key = keyOf(group.arn, group.address);
    const present = this.groups.get(key);
    const copy = present ?? { ...group, policies: [] };
    addAll(copy.policies, this.found(group.policies));
    this.groups.set(key, copy);
    this.copies.set(group, copy);
  }

  private addUser(user: User): void {
    const key = keyOf(user.arn, user.address);
    const present = this.users.get(key);
    const copy = {
      ...(present ?? user),
      ...this.boundary(present?.permissionsBoundary ?? user.permissionsBoundary),
      policies: present?.policies ?? [],
      groups: present?.groups ?? [],
      loginProfiles: [...new Set([...(present?.loginProfiles ?? []), ...user.loginProfiles])],
      accessKeys: [...(present?.accessKeys ?? []), ...user.accessKeys],
    };
    addAll(copy.policies, this.found(user.policies));
    for (const group of user.groups) {
      const groupCopy = this.copies.get(group) ?? group;
      if (!copy.groups.includes(groupCopy)) copy.groups.push(groupCopy);
    }
    this.users.set(key, copy);
  }

  private addRole(role: Role): void {
    const key = keyOf(role.arn, role.address);
    const present = this.roles.get(key);
    const copy = {
      ...(present ?? role),
      ...this.boundary(present?.permissionsBoundary ?? role.permissionsBoundary),
      policies: present?.policies ?? [],
      instanceProfiles: [...new Set([...(present?.instanceProfiles ?? []), ...role.instanceProfiles])],
    };
    addAll(copy.policies, this.found(role.policies));
    this.roles.set(key, copy);
  }

  private boundary(policy: AttachedPolicy | undefined) {
    if (policy === undefined) return {};
    const [found] = this.found([policy]);
    return { permissionsBoundary: found ?? policy };
  }

  /** Policies whose document another graph knows, with that document. */
  private found(policies: readonly AttachedPolicy[]): readonly AttachedPolicy[] {
    return policies.map((policy) => {
      if (policy.kind !== "managed" || policy.arn === undefined || !("unknown" in policy.document))
        return policy;
      const known = this.policies.get(policy.arn);
      if (known === undefined || "unknown" in known.document) return policy;
      this.settled.add(policy.document);
      return { ...known, attachedBy: policy.attachedBy };
    });
  }

  private named(kind: "user" | "group" | "role", name: string, accountId: string) {
    this.byName ??= new Map(
      [...this.users.values(), ...this.groups.values(), ...this.roles.values()].map((principal) => [
        `${principal.kind} ${principal.accountId} ${principal.name}`,
        principal,
      ]),
    );
    return name.includes(UNKNOWN_PART) ? undefined : this.byName.get(`${kind} ${accountId} ${name}`);
  }

  private placePolicy(item: Extract<Unplaced, { readonly kind: "policy" }>): boolean {
    const principal = this.named(item.principalKind, item.principalName, item.accountId);
    if (principal === undefined) return false;
    addAll(principal.policies, this.found([item.policy]));
    return true;
  }

  private placeMembership(item: Extract<Unplaced, { readonly kind: "membership" }>): boolean {
    const user = this.named("user", item.userName, item.accountId);
    const group = this.named("group", item.groupName, item.accountId);
    if (user?.kind !== "user" || group?.kind !== "group") return false;
    const placeholder = user.policies.findIndex(({ document }) => document === item.unknown);
    if (placeholder >= 0) user.policies.splice(placeholder, 1);
    if (!user.groups.includes(group)) user.groups.push(group);
    return true;
  }
}

/** Two principals whose ARNs are not known as a whole are not one: only their address tells. */
function keyOf(arn: string, address: string): string {
  return arn === "" || arn.includes(UNKNOWN_PART) ? `${arn} ${address}` : arn;
}

function addAll(policies: AttachedPolicy[], more: readonly AttachedPolicy[]): void {
  for (const policy of more) {
    const isThere =
      policy.arn !== undefined &&
      !policy.arn.includes(UNKNOWN_PART) &&
      policies.some(({ arn }) => arn === policy.arn);
    if (!isThere) policies.push(policy);
  }
}
