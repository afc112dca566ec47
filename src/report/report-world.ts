import { type CompiledGraph, compileGraph } from "../iam/evaluate";
import type { AccessGraph, Group, Role, User } from "../iam/graph";
import { mergeGraphs } from "../sources/graph/merge-graphs";
import type {
  Assumer,
  EnvironmentAccess,
  GroupAccess,
  ReachedRole,
  RoleAccess,
  UserAccess,
} from "./access-report";
import type { Assumption } from "./assume-role";
import { type OutsideAssumers, outsideAssumers } from "./assumers/outside-assumers";
import { groupGuard, guardedTo } from "./guards";
import { type JudgedPrincipal, judgePrincipal, referenceOf } from "./judged-principal";
import { labelIn } from "./labels";
import type { ReportInput } from "./report-input";
import { chained, RoleTrusts } from "./role-trusts";
import { compareText, distinct, keyOfPrincipal, shown } from "./shown";
import { type UserClass, userClasses } from "./user-classes";
import { baseName, userKind } from "./user-kind";

type JudgedUser = Pick<UserAccess, "capabilities" | "guardedTo" | "administrator">;

/** The environments of a report as one graph, with every question asked once. */
export class ReportWorld {
  private readonly graph: AccessGraph;
  private readonly compiled: CompiledGraph;
  /** Accounts of which every user and role is here. */
  private readonly wholeAccounts: ReadonlySet<string>;
  private readonly owners = new Map<string, string>();
  private readonly accounts = new Map<string, Set<string>>();
  private readonly trusts: RoleTrusts;
  private readonly judgedUsers = new Map<string, JudgedUser>();
  private readonly judgedRoles = new Map<Role, JudgedPrincipal>();
  private readonly classes: readonly UserClass[];
  /** Who may assume a role: users as classes, and roles. */
  private readonly assumers = new Map<Role, Assumer[]>();
  private readonly outside = new Map<Role, OutsideAssumers>();

  constructor(inputs: readonly Pick<ReportInput, "environment" | "graph" | "account">[]) {
    this.wholeAccounts = new Set(inputs.flatMap(({ account }) => account?.accountId ?? []));
    for (const { environment, graph } of inputs) {
      for (const principal of [...graph.users, ...graph.roles, ...graph.groups]) {
        this.owners.set(keyOfPrincipal(principal), environment);
        const accounts = this.accounts.get(environment) ?? new Set<string>();
        this.accounts.set(environment, accounts.add(principal.accountId));
      }
    }
    this.graph = mergeGraphs(inputs.map(({ graph }) => graph));
    this.compiled = compileGraph(this.graph);
    this.trusts = new RoleTrusts(this.graph, this.compiled);
    this.classes = userClasses(this.graph.users, (user) => this.trusts.candidates(user));
  }

  /** Rows of one environment. */
  environment(name: string): Pick<EnvironmentAccess, "users" | "groups" | "roles"> {
    const isOwn = (principal: User | Role | Group) => this.owners.get(keyOfPrincipal(principal)) === name;
    const groups = this.graph.groups.filter(isOwn).map((group) => this.groupAccess(group));
    const roles = this.graph.roles.filter(isOwn).map((role) => this.roleAccess(role));
    return {
      users: this.classes
        .filter(({ users: [first] }) => first !== undefined && isOwn(first))
        .flatMap((one) => this.userAccess(one)),
      groups: groups.sort((left, right) => compareText(left.name, right.name)),
      roles: roles.sort((left, right) => compareText(left.name, right.name)),
    };
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
    const { capabilities, administrator } = judgePrincipal(user, user.arn, this.compiled, this.others(user));
    const judged = { capabilities, administrator, guardedTo: guardedTo(user) };
    this.judgedUsers.set(identity, judged);
    return judged;
  }

  private userAccess({ users, candidates, identity }: UserClass): readonly UserAccess[] {
    const [first] = users;
    if (first === undefined) return [];
    const { capabilities, administrator, guardedTo } = this.judgedUser(first, identity);
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
        administrator,
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
      const assumption = this.trusts.assumption(user, role);
      if (assumption.answer !== "no") queue.push({ role, assumption, through: [] });
    }
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { role, assumption, through } = next;
      if (found.has(role) || assumption.answer === "no") continue;
      found.set(role, {
        environment: this.environmentOf(role),
        name: baseName(role.name),
        arn: shown(role.arn),
        accountId: shown(role.accountId),
        answer: assumption.answer,
        administrator: this.judged(role).administrator,
        conditions: assumption.conditions,
        unknowns: assumption.unknowns,
        through,
      });
      for (const [further, hop] of this.trusts.onwardFrom(role)) {
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
      trustsDeleted: this.outsideOf(role).deleted,
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
      const accountIds = [...(this.accounts.get(own) ?? [])];
      const name = labelIn(
        { accountIds },
        { name: shown(principal.name), accountId: shown(principal.accountId) },
      );
      return own === environment ? name : `${own}/${name}`;
    };
    const users = this.classes.flatMap(({ users: all, candidates }): Assumer[] => {
      const [first] = all;
      if (first === undefined || !candidates.includes(role)) return [];
      const assumption = this.trusts.assumption(first, role);
      if (assumption.answer === "no") return [];
      const { answer, conditions, unknowns } = assumption;
      return all.map((user) => ({ kind: "user", name: nameOf(user), answer, conditions, unknowns }));
    });
    const roles = this.graph.roles.flatMap((other): Assumer[] => {
      const hop = this.trusts.onwardFrom(other).get(role);
      if (hop === undefined || hop.answer === "no") return [];
      const { answer, conditions, unknowns } = hop;
      return [{ kind: "role", name: nameOf(other), answer, conditions, unknowns }];
    });
    const outside = this.outsideOf(role).assumers;
    const all = [...users.sort((left, right) => compareText(left.name, right.name)), ...roles, ...outside];
    this.assumers.set(role, all);
    return all;
  }

  private outsideOf(role: Role): OutsideAssumers {
    const present = this.outside.get(role);
    if (present !== undefined) return present;
    const isHere = (arn: string) => this.compiled.find(asRoleOrUser(arn)) !== 0;
    const found = outsideAssumers(
      role,
      { isHere, isWhole: (accountId) => this.wholeAccounts.has(accountId) },
      this.compiled,
    );
    this.outside.set(role, found);
    return found;
  }

  private environmentOf(principal: User | Role): string {
    return this.owners.get(keyOfPrincipal(principal)) ?? "";
  }
}

/** Sessions are found by their role: `assumed-role:111122223333:deploy`. */
function asRoleOrUser(arn: string): string {
  const [, account, name] = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)/.exec(arn) ?? [];
  return account === undefined ? arn : `assumed-role:${account}:${name}`;
}
