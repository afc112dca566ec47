import type { CompiledGraph } from "../iam/evaluate";
import type { AccessGraph, Role, User } from "../iam/graph";
import type { Answer } from "./access-report";
import { type Assumption, mayAssume } from "./assume-role";
import type { Conditions } from "./conditions";
import { distinct, shown } from "./shown";
import { mayName, type TrustNames, trustNames } from "./trust-names";

/** Who may assume which role, asked once for each pair that a trust policy does not exclude. */
export class RoleTrusts {
  private readonly names = new Map<Role, TrustNames>();
  private readonly rolesNaming = new Map<string, Role[]>();
  /** Roles whose trust policies name more than single principals. */
  private readonly broadRoles: Role[] = [];
  private readonly assumptions = new Map<User | Role, Map<Role, Assumption>>();
  private readonly onward = new Map<Role, ReadonlyMap<Role, Assumption>>();

  constructor(
    private readonly graph: AccessGraph,
    private readonly compiled: CompiledGraph,
  ) {
    for (const role of graph.roles) this.add(role);
  }

  namesOf(role: Role): TrustNames | undefined {
    return this.names.get(role);
  }

  /** Roles whose trust policies may let a principal in. */
  candidates(principal: User | Role): readonly Role[] {
    const isUnnamed = shown(principal.arn) !== principal.arn;
    const narrow = isUnnamed ? this.graph.roles : (this.rolesNaming.get(principal.arn) ?? []);
    return [...new Set([...narrow, ...this.broadRoles])].filter((role) => {
      const names = this.names.get(role);
      return names !== undefined && !names.isUnknown && role !== principal && mayName(names, principal);
    });
  }

  assumption(caller: User | Role, role: Role): Assumption {
    const own = this.assumptions.get(caller) ?? new Map<Role, Assumption>();
    this.assumptions.set(caller, own);
    const present = own.get(role) ?? mayAssume(caller, role, this.compiled);
    own.set(role, present);
    return present;
  }

  /** Roles that sessions of a role may assume. */
  onwardFrom(role: Role): ReadonlyMap<Role, Assumption> {
    let onward = this.onward.get(role);
    if (onward === undefined) {
      onward = new Map(
        this.candidates(role)
          .map((further) => [further, this.assumption(role, further)] as const)
          .filter(([, { answer }]) => answer !== "no"),
      );
      this.onward.set(role, onward);
    }
    return onward;
  }

  private add(role: Role): void {
    const names = trustNames(role);
    this.names.set(role, names);
    if (names.isUnknown) return;
    if (names.isOpen || names.accounts.size + names.sessions.size > 0) {
      this.broadRoles.push(role);
      return;
    }
    for (const arn of names.arns) this.rolesNaming.set(arn, [...(this.rolesNaming.get(arn) ?? []), role]);
  }
}

/** The second step of a chain: a session of the first role knows no MFA any more, so its conditions come on top. */
export function chained(first: Assumption, second: Assumption, name: string): Assumption {
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
