import { type CompiledGraph, compileGraph } from "../evaluate";
import type { AccessGraph, Group, Role, User } from "../graph";
import { mergeGraphs } from "../loaders/merge-graphs";
import {
  type AcceptedException,
  type AccessReport,
  type Answer,
  type Assumer,
  type EnvironmentAccess,
  type GroupAccess,
  type NotKnown,
  type ReachedRole,
  type RoleAccess,
  SCHEMA_VERSION,
  type UserAccess,
} from "./access-report";
import { type Assumption, mayAssume } from "./assume-role";
import { outsideAssumers } from "./assumers";
import type { Conditions } from "./conditions";
import { groupGuard, guardedTo } from "./guards";
import { type JudgedPrincipal, judgePrincipal, referenceOf } from "./judged-principal";
import { abbreviated, compareText, distinct, shown } from "./shown";
import { mayName, type TrustNames, trustNames } from "./trust-names";
import { type UserClass, userClasses } from "./user-classes";
import { baseName, userKind } from "./user-kind";

/** One environment as a source tells it. */
export interface ReportInput {
  readonly environment: string;
  readonly graph: AccessGraph;
  /** What the environment accepts; nothing where the source does not say. */
  readonly accepted?: readonly AcceptedException[] | NotKnown;
}

/**
 * Who can do what in some environments, under which conditions. Every cell is an answer of the evaluator, asked under
 * all circumstances that the policies at hand tell apart: without MFA, with MFA of every age that a condition names,
 * from every network that one names and from elsewhere.
 *
 * Environments are judged together, as roles of one are assumed from another.
 */
export function accessReport(inputs: readonly ReportInput[]): AccessReport {
  const world = new ReportWorld(inputs);
  return {
    schemaVersion: SCHEMA_VERSION,
    environments: inputs.map((input) => world.environment(input)),
  };
}

type JudgedUser = Pick<UserAccess, "capabilities" | "guardedTo">;

class ReportWorld {
  private readonly graph: AccessGraph;
  private readonly compiled: CompiledGraph;
  private readonly owners = new Map<string, string>();
  private readonly trust = new Map<Role, TrustNames>();
  private readonly rolesNaming = new Map<string, Role[]>();
  /** Roles whose trust policies name more than single principals. */
  private readonly broadRoles: Role[] = [];
  private readonly assumptions = new Map<User | Role, Map<Role, Assumption>>();
  private readonly judgedUsers = new Map<string, JudgedUser>();
  private readonly judgedRoles = new Map<Role, JudgedPrincipal>();
  private readonly onward = new Map<Role, readonly (readonly [Role, Assumption])[]>();
  private readonly classes: readonly UserClass[];
  /** Who may assume a role: users as classes, and roles. */
  private readonly assumers = new Map<Role, Assumer[]>();

  constructor(inputs: readonly ReportInput[]) {
    for (const { environment, graph } of inputs) {
      for (const principal of [...graph.users, ...graph.roles, ...graph.groups]) {
        this.owners.set(keyOf(principal), environment);
      }
    }
    this.graph = mergeGraphs(inputs.map(({ graph }) => graph));
    this.compiled = compileGraph(this.graph);
    for (const role of this.graph.roles) this.addTrust(role);
    this.classes = userClasses(this.graph.users, (user) => this.candidates(user));
  }

  environment({ environment, graph, accepted }: ReportInput): EnvironmentAccess {
    const isOwn = (principal: User | Role | Group) => this.owners.get(keyOf(principal)) === environment;
    const users = this.classes
      .filter(({ users: [first] }) => first !== undefined && isOwn(first))
      .flatMap((one) => this.userAccess(one));
    const groups = this.graph.groups.filter(isOwn).map((group) => this.groupAccess(group));
    const roles = this.graph.roles.filter(isOwn).map((role) => this.roleAccess(role));
    const accountIds = distinct(
      [...graph.users, ...graph.groups, ...graph.roles].map(({ accountId }) => shown(accountId)),
    );
    return {
      name: environment,
      accountIds,
      allowedNetworks: commonNetworks([
        ...groups.flatMap(({ guardedTo: { conditions } }) => conditions),
        ...roles.flatMap(({ assumedBy }) => assumedBy.flatMap(({ conditions }) => conditions)),
      ]),
      users,
      groups: groups.sort((left, right) => compareText(left.name, right.name)),
      roles: roles.sort((left, right) => compareText(left.name, right.name)),
      acceptedExceptions: accepted ?? {
        what: "accepted exceptions",
        reason: "they are written in environments/, which is not part of this source",
      },
      unknowns: unknownsOf(graph),
    };
  }

  private addTrust(role: Role): void {
    const names = trustNames(role);
    this.trust.set(role, names);
    if (names.isUnknown) return;
    if (names.isOpen || names.accounts.size + names.sessions.size > 0) {
      this.broadRoles.push(role);
      return;
    }
    for (const arn of names.arns) this.rolesNaming.set(arn, [...(this.rolesNaming.get(arn) ?? []), role]);
  }

  /** Roles whose trust policies may let a principal in. */
  private candidates(principal: User | Role): readonly Role[] {
    const isUnnamed = shown(principal.arn) !== principal.arn;
    const narrow = isUnnamed ? this.graph.roles : (this.rolesNaming.get(principal.arn) ?? []);
    return [...new Set([...narrow, ...this.broadRoles])].filter((role) => {
      const names = this.trust.get(role);
      return names !== undefined && !names.isUnknown && role !== principal && mayName(names, principal);
    });
  }

  private assumption(caller: User | Role, role: Role): Assumption {
    const own = this.assumptions.get(caller) ?? new Map<Role, Assumption>();
    this.assumptions.set(caller, own);
    const present = own.get(role) ?? mayAssume(caller, role, this.compiled);
    own.set(role, present);
    return present;
  }

  private judged(role: Role): JudgedPrincipal {
    let judged = this.judgedRoles.get(role);
    if (judged === undefined) {
      judged = judgePrincipal(role, referenceOf(role, this.compiled), this.compiled, this.others(role));
      this.judgedRoles.set(role, judged);
    }
    return judged;
  }

  /** Users of the same account that stand for all others: one of each path. */
  private others(principal: User | Role): readonly string[] {
    const byPath = new Map<string, string>();
    for (const user of this.graph.users) {
      if (user === principal || user.accountId !== principal.accountId) continue;
      if (!byPath.has(user.path)) byPath.set(user.path, user.arn);
    }
    return [...byPath.values()].slice(0, 8);
  }

  private judgedUser(user: User, identity: string): JudgedUser {
    const present = this.judgedUsers.get(identity);
    if (present !== undefined) return present;
    const { capabilities } = judgePrincipal(user, user.arn, this.compiled, this.others(user));
    const judged = { capabilities, guardedTo: guardedTo(user) };
    this.judgedUsers.set(identity, judged);
    return judged;
  }

  private userAccess({ users, candidates, identity }: UserClass): readonly UserAccess[] {
    const [first] = users;
    if (first === undefined) return [];
    const { capabilities, guardedTo } = this.judgedUser(first, identity);
    const repositories = distinct(users.flatMap(({ tags }) => tags["repository"] ?? []));
    return [
      {
        kind: userKind(first),
        names: users.map(({ name }) => shown(name)),
        arns: users.map(({ arn }) => shown(arn)),
        accountId: shown(first.accountId),
        owners: users.map(({ tags }) => shown(tags["owner"] ?? "")),
        repositories: repositories.map(shown),
        groups: distinct(first.groups.map(({ name }) => shown(name))),
        ownPolicies: distinct(first.policies.map(({ name }) => shown(name))),
        ...(first.permissionsBoundary && { permissionsBoundary: shown(first.permissionsBoundary.name) }),
        guardedTo,
        capabilities,
        mayBecome: this.reached(first, candidates),
        terraformCredentials: users.flatMap(({ loginProfiles, accessKeys }) => [
          ...loginProfiles,
          ...accessKeys.map(({ address }) => address),
        ]),
      },
    ];
  }

  /** Roles that a user may assume, and those that these may assume in turn. */
  private reached(user: User, candidates: readonly Role[]): readonly ReachedRole[] {
    const found = new Map<Role, ReachedRole>();
    const queue: { role: Role; assumption: Assumption; through: readonly string[] }[] = [];
    for (const role of candidates) {
      const assumption = this.assumption(user, role);
      if (assumption.answer !== "no") queue.push({ role, assumption, through: [] });
    }
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { role, assumption, through } = next;
      if (found.has(role) || assumption.answer === "no") continue;
      found.set(role, {
        environment: this.environmentOf(role),
        name: baseName(role.name),
        arn: shown(role.arn),
        answer: assumption.answer,
        administrator: this.judged(role).administrator,
        conditions: assumption.conditions,
        unknowns: assumption.unknowns,
        through,
      });
      for (const [further, hop] of this.onwardFrom(role)) {
        queue.push({
          role: further,
          assumption: chained(assumption, hop, baseName(role.name)),
          through: [...through, baseName(role.name)],
        });
      }
    }
    return [...found.values()].sort((left, right) =>
      compareText(left.environment + left.name, right.environment + right.name),
    );
  }

  private onwardFrom(role: Role): readonly (readonly [Role, Assumption])[] {
    let onward = this.onward.get(role);
    if (onward === undefined) {
      onward = this.candidates(role)
        .map((further) => [further, this.assumption(role, further)] as const)
        .filter(([, { answer }]) => answer !== "no");
      this.onward.set(role, onward);
    }
    return onward;
  }

  private groupAccess(group: Group): GroupAccess {
    const members = this.graph.users.filter(({ groups }) => groups.includes(group));
    const [{ path = "/" } = {}] = members;
    return {
      name: shown(group.name),
      arn: shown(group.arn),
      accountId: shown(group.accountId),
      members: distinct(members.map(({ name }) => shown(name))),
      policies: distinct(group.policies.map(({ name }) => shown(name))),
      guardsPeople: members.some((member) => ["device", "break-glass"].includes(userKind(member))),
      ...groupGuard(group, path),
    };
  }

  private roleAccess(role: Role): RoleAccess {
    const { capabilities, administrator } = this.judged(role);
    return {
      name: baseName(role.name),
      arn: shown(role.arn),
      accountId: shown(role.accountId),
      address: role.address,
      maxSessionSeconds: role.maxSessionDuration,
      policies: distinct(role.policies.map(({ name }) => shown(name))),
      ...(role.permissionsBoundary && { permissionsBoundary: shown(role.permissionsBoundary.name) }),
      instanceProfiles: role.instanceProfiles.map(shown),
      assumedBy: this.assumersOf(role),
      capabilities,
      administrator,
    };
  }

  private assumersOf(role: Role): readonly Assumer[] {
    const present = this.assumers.get(role);
    if (present !== undefined) return present;
    const environment = this.environmentOf(role);
    const nameOf = (principal: User | Role) => {
      const own = this.environmentOf(principal);
      const name = principal.kind === "role" ? baseName(principal.name) : shown(principal.name);
      return own === environment ? name : `${own}/${name}`;
    };
    const users = this.classes.flatMap(({ users: all, candidates }): Assumer[] => {
      const [first] = all;
      if (first === undefined || !candidates.includes(role)) return [];
      const assumption = this.assumption(first, role);
      if (assumption.answer === "no") return [];
      const { answer, conditions, unknowns } = assumption;
      return all.map((user) => ({ kind: "user", name: nameOf(user), answer, conditions, unknowns }));
    });
    const roles = this.graph.roles.flatMap((other): Assumer[] => {
      const hop = this.onwardFrom(other).find(([further]) => further === role);
      if (hop === undefined || hop[1].answer === "no") return [];
      const { answer, conditions, unknowns } = hop[1];
      return [{ kind: "role", name: nameOf(other), answer, conditions, unknowns }];
    });
    const names = this.trust.get(role);
    const outside = names === undefined ? [] : outsideAssumers(role, names, this.compiled);
    const all = [...users.sort((left, right) => compareText(left.name, right.name)), ...roles, ...outside];
    this.assumers.set(role, all);
    return all;
  }

  private environmentOf(principal: User | Role): string {
    return this.owners.get(keyOf(principal)) ?? "";
  }
}

/** As `mergeGraphs` tells principals apart. */
function keyOf({ arn, address }: Pick<User, "arn" | "address">): string {
  return shown(arn) === arn ? arn : `${arn} ${address}`;
}

/** The second step of a chain: a session of the first role knows no MFA any more, so its conditions come on top. */
function chained(first: Assumption, second: Assumption, name: string): Assumption {
  const answer: Answer = first.answer === "yes" ? second.answer : first.answer;
  const further = distinct(
    second.conditions.flatMap(({ networks, besides = [] }) => [
      ...(networks === undefined ? [] : [`as ${name} from ${networks.join(", ")}`]),
      ...besides,
    ]),
  );
  const conditions = first.conditions.map(
    (one): Conditions =>
      further.length === 0 ? one : { ...one, besides: [...(one.besides ?? []), ...further] },
  );
  return { answer, conditions, unknowns: [...first.unknowns, ...second.unknowns] };
}

/** The set of networks that most conditions name. */
function commonNetworks(conditions: readonly Conditions[]): readonly string[] {
  const counts = new Map<string, { networks: readonly string[]; count: number }>();
  for (const { networks } of conditions) {
    if (networks === undefined) continue;
    const key = networks.join(" ");
    counts.set(key, { networks, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const [most] = [...counts.values()].sort((left, right) => right.count - left.count);
  return most?.networks ?? [];
}

/** What a source does not tell, things with one reason together. */
function unknownsOf(graph: AccessGraph): readonly NotKnown[] {
  const names = new Map(
    [...graph.users, ...graph.groups, ...graph.roles].map((one) => [`${one.address}.name`, one]),
  );
  const documents = [
    ...graph.roles.flatMap((role) => [...role.policies, role.trust]),
    ...[...graph.users, ...graph.groups].flatMap(({ policies }) => policies),
  ].flatMap(({ document }) => ("unknown" in document ? [document] : []));
  const byReason = new Map<string, { readonly names: Set<string>; readonly addresses: Set<string> }>();
  for (const { address, reason } of [...graph.unknowns, ...documents]) {
    const group = byReason.get(reason) ?? { names: new Set<string>(), addresses: new Set<string>() };
    byReason.set(reason, group);
    const named = names.get(address);
    if (named === undefined) group.addresses.add(shown(address));
    else group.names.add(baseName(named.name));
  }
  return [...byReason]
    .map(([reason, group]) => ({
      what: whatOf(distinct(group.names), distinct(group.addresses)),
      reason: shown(reason),
    }))
    .sort((left, right) => compareText(left.what, right.what));
}

function whatOf(names: readonly string[], addresses: readonly string[]): string {
  const whole =
    names.length === 0
      ? []
      : [`the whole name${names.length === 1 ? "" : "s"} of ${abbreviated(names, 8).join(", ")}`];
  return [...whole, ...abbreviated(addresses, 8)].join("; ");
}
