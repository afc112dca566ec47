import { type CompiledGraph, compileGraph } from "../../iam/evaluate";
import type { AccessGraph, Policy, Role, User } from "../../iam/graph";
import { DECISIVE } from "../world/decisive";
import { grantsIam } from "../world/grants-iam";
import { Numbers } from "../world/numbers";
import { accountPart } from "../world/resource-samples";
import { mayTrust } from "../world/trust-principals";
import { Actor, type Answer, type Counter } from "./actor";
import { assuming, stepsToBecome } from "./becomes";
import { givesAnything, stepsToGive } from "./gives";
import { stepsToMake } from "./makes";
import { stepsToRun } from "./runs";
import type { Step } from "./step";

type Principal = User | Role;

/** What is looked for. */
export interface Search {
  /** Where a way ends, besides administrator rights. */
  readonly isEnd?: (principal: Principal) => boolean;
  /** First steps that are meant, and so are no way up: a device that assumes the role it lists. */
  readonly isMeant?: (step: Step) => boolean;
  /** Without steps of which the graph cannot say whether the account has what they need. @default false */
  readonly onlyKnown?: boolean;
}

/** A way from a principal to the end that was looked for. */
export interface Climb {
  readonly principal: Principal;
  readonly steps: readonly Step[];
}

/** More principals than this one person never becomes on the way to what is looked for. */
const MOST = 400;
/** A principal is changed so often at most: one change gives it everything but what its boundary and Denies leave. */
const MOST_CHANGES = 3;

/**
 * Who may come to act as whom, as a fixpoint: whoever becomes a principal may do what it may, and rights that are given
 * to a principal count for everybody who can become it. Whoever may assume a role is its own person, so a role that can
 * write policies of its users gives rights to itself.
 */
export class Closure {
  readonly compiled: CompiledGraph;
  readonly counter: Counter = { questions: 0 };
  private readonly actors = new Map<Principal, Actor>();
  private readonly administrators = new Map<Principal, readonly Answer[] | undefined>();
  private readonly becoming = new Map<Principal, readonly Step[]>();
  private readonly principals = new Map<string, Principal>();
  private readonly same = new Map<Principal, Principal>();
  private readonly documents = new Numbers();
  private readonly owners = new Map<Principal, readonly Principal[]>();

  constructor(readonly graph: AccessGraph) {
    this.compiled = compileGraph(graph);
    for (const principal of [...graph.users, ...graph.roles]) this.interned(principal);
  }

  actor(principal: Principal): Actor {
    let actor = this.actors.get(principal);
    if (actor === undefined) {
      actor = new Actor(this.compiled, principal, this.counter);
      this.actors.set(principal, actor);
    }
    return actor;
  }

  /** The same object for principals that hold the same: changes made in another order are one. */
  private interned(principal: Principal): Principal {
    // steps into one principal are many, and writing down what it holds is dear
    let same = this.same.get(principal);
    if (same === undefined) {
      same = this.sameAs(principal);
      this.same.set(principal, same);
    }
    return same;
  }

  private sameAs(principal: Principal): Principal {
    const numbers = (policies: readonly Policy[]) =>
      [...new Set(policies.map(({ document }) => this.documents.of(document)))].sort();
    const key = JSON.stringify([
      principal.arn,
      principal.address,
      numbers(principal.policies),
      principal.kind === "user" && principal.groups.map((group) => [group.arn, numbers(group.policies)]),
      principal.permissionsBoundary && numbers([principal.permissionsBoundary]),
    ]);
    const known = this.principals.get(key) ?? principal;
    this.principals.set(key, known);
    return known;
  }

  /** The answers by which a principal holds administrator rights by itself; nothing where it does not. */
  holds(principal: Principal): readonly Answer[] | undefined {
    if (!this.administrators.has(principal)) this.administrators.set(principal, this.decisive(principal));
    return this.administrators.get(principal);
  }

  private decisive(principal: Principal): readonly Answer[] | undefined {
    const actor = this.actor(principal);
    if (!grantsIam(actor.policies.map(({ policy }) => policy))) return undefined;
    const account = accountPart(principal.arn);
    const answers: Answer[] = [];
    for (const [action, type] of DECISIVE) {
      const answer = actor.on(action, `${account}:${type}/proof/any-${type}`);
      if (answer === undefined) return undefined;
      answers.push(answer);
    }
    return answers;
  }

  /** Everybody that a principal becomes in one step. */
  private stepsFrom(principal: Principal): readonly Step[] {
    let steps = this.becoming.get(principal);
    if (steps === undefined) {
      const actor = this.actor(principal);
      steps = [
        ...stepsToBecome(this.graph, actor),
        ...stepsToMake(this.graph, actor),
        ...stepsToRun(this.graph, actor),
      ];
      this.becoming.set(principal, steps);
    }
    return steps;
  }

  /** Who may assume a role, and the other users of the same person: directly, and through further roles. */
  private ownersOf(principal: Principal): readonly Principal[] {
    const known = this.owners.get(principal);
    if (known !== undefined) return known;
    const found = new Set<Principal>();
    const open: Principal[] = [principal];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const role = next;
      if (role.kind !== "role") continue;
      for (const other of [...this.graph.users, ...this.graph.roles]) {
        if (found.has(other) || other === principal || !mayTrust(role, other.arn)) continue;
        if (assuming(this.actor(other), role).length === 0) continue;
        found.add(other);
        open.push(other);
      }
    }
    const persons = new Set([...found].flatMap(({ tags }) => tags["owner"] ?? []));
    for (const user of this.graph.users) {
      const { owner } = user.tags;
      if (owner !== undefined && persons.has(owner) && user.accountId === principal.accountId)
        found.add(user);
    }
    const owners = [...found];
    this.owners.set(principal, owners);
    return owners;
  }

  /** Every first step of a principal by which it comes to an end, each with the shortest way on. */
  climbs(source: Principal, search: Search = {}): readonly Climb[] {
    const { isEnd = () => false, isMeant = () => false, onlyKnown = false } = search;
    const reached = new Map<Principal, Step | undefined>([[source, undefined]]);
    /** Owners with rights that were given to them: what they could do before is not gained. */
    const borrowed = new Map<Principal, Principal>();
    const ends = (principal: Principal) =>
      this.holds(principal) !== undefined || (!borrowed.has(principal) && isEnd(principal));
    const all: Step[] = [];
    const queue: Principal[] = [source];
    const givers: Principal[] = [];
    const take = (found: Step): void => {
      if (onlyKnown && found.notKnown !== undefined) return;
      const to = found.to && this.interned(found.to);
      const step = to === found.to ? found : { ...found, to };
      all.push(step);
      if (to === undefined || reached.has(to) || reached.size >= MOST) return;
      reached.set(to, step);
      // what is an end need not be looked behind
      if (!ends(to)) queue.push(to);
    };
    const give = (giver: Principal, receiver: Principal): void => {
      if (changes(reached, receiver) >= MOST_CHANGES) return;
      const owner = reached.has(receiver) ? borrowed.get(receiver) : receiver;
      if (owner !== undefined && this.holds(owner) !== undefined) return;
      for (const step of stepsToGive(this.graph, this.actor(giver), receiver)) {
        const to = step.to && this.interned(step.to);
        if (to !== undefined && owner !== undefined && !reached.has(to)) borrowed.set(to, owner);
        take(step);
      }
    };
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const current = next;
      const owner = borrowed.get(current);
      for (const step of this.gainedBy(current, owner)) {
        if (current !== source || !isMeant(step)) take(step);
      }
      for (const giver of givers) give(giver, current);
      if (!givesAnything(this.actor(current))) continue;
      if (owner !== undefined && givesAnything(this.actor(owner))) continue;
      givers.push(current);
      const receivers = [...reached.keys(), ...this.ownersOf(baseOf(this.graph, current))];
      for (const receiver of new Set(receivers)) give(current, receiver);
    }
    return waysOn(source, all, ends).map((steps) => ({
      principal: source,
      steps: withReceiver(steps, reached),
    }));
  }

  /** What a principal may become; of an owner with more rights, what it might not become without them. */
  private gainedBy(principal: Principal, owner: Principal | undefined): readonly Step[] {
    const steps = this.stepsFrom(principal);
    if (owner === undefined) return steps;
    const key = ({ to, target, actions }: Step) => JSON.stringify([to?.arn, target, actions]);
    const before = new Set(this.stepsFrom(owner).map(key));
    return steps.filter((step) => !before.has(key(step)));
  }
}

/** How often a principal was changed to be what it is. */
function changes(reached: ReadonlyMap<Principal, Step | undefined>, principal: Principal): number {
  let count = 0;
  for (let step = reached.get(principal); step?.receiver !== undefined; step = reached.get(step.receiver))
    count++;
  return count;
}

/** Rights given to somebody else are worth something to whoever becomes it: how that is done belongs to the way. */
function withReceiver(
  steps: readonly Step[],
  reached: ReadonlyMap<Principal, Step | undefined>,
): readonly Step[] {
  const [first, ...rest] = steps;
  if (first?.receiver === undefined || first.receiver === first.from) return steps;
  const becoming: Step[] = [];
  let step = reached.get(first.receiver);
  while (step !== undefined) {
    becoming.unshift(step);
    step = reached.get(step.receiver ?? step.from);
  }
  return [first, ...becoming, ...rest];
}

/** The principal of the graph that a changed one was made of: it has the owners. */
function baseOf(graph: AccessGraph, principal: Principal): Principal {
  if (principal.kind === "user") return principal;
  const { arn, address } = principal;
  return graph.roles.find((role) => role.arn === arn && role.address === address) ?? principal;
}

/** For each first step that leads to an end, the shortest chain of steps. */
function waysOn(
  source: Principal,
  all: readonly Step[],
  isEnd: (principal: Principal) => boolean,
): readonly (readonly Step[])[] {
  const last = all.filter(({ to }) => to === undefined || isEnd(to));
  if (last.length === 0) return [];
  const into = new Map<Principal, Step[]>();
  for (const step of all) {
    if (step.to === undefined) continue;
    const known = into.get(step.to);
    if (known === undefined) into.set(step.to, [step]);
    else known.push(step);
  }
  const chains = new Map<Step, readonly Step[]>();
  const led = new Set<Principal>();
  // a way of which everything is known is told before one of which it is not
  for (const known of [true, false]) {
    const open = last.filter((step) => (step.notKnown === undefined) === known && !chains.has(step));
    for (const step of open) chains.set(step, [step]);
    for (let step = open.shift(); step !== undefined; step = open.shift()) {
      const chain = chains.get(step) ?? [step];
      if (led.has(step.from)) continue;
      led.add(step.from);
      for (const before of into.get(step.from) ?? []) {
        if (chains.has(before)) continue;
        chains.set(before, [before, ...chain]);
        open.push(before);
      }
    }
  }
  return [...chains].flatMap(([step, steps]) => (step.from === source ? [steps] : []));
}
