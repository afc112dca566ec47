import type { AccessGraph, Role, User } from "../iam/graph";
import type { Actor } from "../proofs/escalation/actor";
import { alikeUsers } from "../proofs/escalation/alike";
import { stepsToBecome } from "../proofs/escalation/becomes";
import { Closure } from "../proofs/escalation/closure";
import { explanations } from "../proofs/escalation/explain";
import { openPasses } from "../proofs/escalation/open-passes";
import { stepsToRun } from "../proofs/escalation/runs";
import { isCertain, type Step } from "../proofs/escalation/step";
import { trustPrincipals } from "../proofs/world/trust-principals";
import { addressOf } from "./access-fact";
import { principalsOf } from "./compare-access";
import { PrincipalIndex } from "./principal-match";
import { isWayUp, type WayUp } from "./ways-up";
import { counted } from "./words";

/** A declared principal that comes to administrator rights by something of the account that its stacks do not know. */
export interface LiveWayUp {
  readonly principal: User | Role;
  /** Addresses of all users that do the same by the same policies, this one included. */
  readonly alike: readonly string[];
  readonly ways: readonly {
    /** `role/legacy-build` */
    readonly through: string;
    /** `iam:PassRole+lambda:CreateFunction+lambda:InvokeFunction` */
    readonly method: string;
    readonly title: string;
    readonly isCertain: boolean;
  }[];
}

export interface LivePasses {
  readonly found: readonly LiveWayUp[];
  /** Declared roles that may assume something powerful of others, by its ARN: `role/daily`. */
  readonly assumers: ReadonlyMap<string, readonly string[]>;
  /** What was asked of the account and is no way up, in words. */
  readonly answered: readonly string[];
}

export interface LivePassQuestion {
  /** What the environment itself declares. */
  readonly own: AccessGraph;
  readonly actual: AccessGraph;
  /** Who holds administrator rights in the account or comes to them, by ARN. */
  readonly ways: ReadonlyMap<string, WayUp>;
}

/**
 * What stacks leave open and the account answers: roles that a declared principal may pass to a service, assume or
 * change the work of, and that no stack of its environment declares. Proofs tell it as *not known: any role of the account
 * that trusts X*.
 */
export function livePasses({ own, actual, ways }: LivePassQuestion): LivePasses {
  const index = new PrincipalIndex(principalsOf(own));
  const isOwn = (principal: User | Role) => index.find(principal) !== undefined;
  const isPowerful = (principal: User | Role) => !isOwn(principal) && isWayUp(ways.get(principal.arn));
  const targets: AccessGraph = {
    ...actual,
    users: actual.users.filter(isPowerful),
    roles: actual.roles.filter(isPowerful),
  };
  const closure = new Closure(actual);
  const declared = new Closure(own);
  const found: LiveWayUp[] = [];
  const assumers = new Map<string, string[]>();
  const answered: string[] = [];
  const sources: readonly (readonly (User | Role)[])[] = [
    ...alikeUsers({ ...actual, users: actual.users.filter(isOwn) }),
    ...actual.roles.filter(isOwn).map((role) => [role]),
  ];
  for (const members of sources) {
    const [principal] = members;
    if (principal === undefined || closure.holds(principal) !== undefined) continue;
    const actor = closure.actor(principal);
    const steps = stepsInto(targets, actor);
    for (const { to } of steps.filter(isAssuming)) {
      if (principal.kind === "role" && to !== undefined)
        assumers.set(to.arn, [...(assumers.get(to.arn) ?? []), addressOf(principal)]);
    }
    const further = steps.filter((step) => !isAssuming(step));
    if (further.length === 0) answered.push(...noWayUp(own, actor, actual));
    else if (!isKnown(declared, index.find(principal)))
      found.push({
        principal,
        alike: members.map(addressOf),
        ways: further.flatMap((step) => waysOf(actor, step)),
      });
  }
  return { found, assumers, answered };
}

function stepsInto(targets: AccessGraph, actor: Actor): readonly Step[] {
  if (targets.users.length + targets.roles.length === 0) return [];
  return [...stepsToBecome(targets, actor), ...stepsToRun(targets, actor)].filter(
    ({ to }) => to !== undefined,
  );
}

function isAssuming({ actions }: Step): boolean {
  return actions.length === 1 && actions[0] === "sts:AssumeRole";
}

/** Its own stacks give it a way up already, which their proofs tell. */
function isKnown(declared: Closure, principal: ReturnType<typeof principalsOf>[number] | undefined): boolean {
  return (
    principal !== undefined &&
    principal.kind !== "group" &&
    declared.climbs(principal, { isMeant: isAssuming }).length > 0
  );
}

function waysOf(actor: Actor, step: Step): LiveWayUp["ways"] {
  return explanations(actor, [step])
    .slice(0, 1)
    .map(({ id, title }) => ({
      through: step.target,
      method: id,
      title,
      isCertain: isCertain([step]),
    }));
}

/** Passing roles that no stack names, and none of the account's is worth it. */
function noWayUp(own: AccessGraph, actor: Actor, { roles }: AccessGraph): readonly string[] {
  const services = openPasses(own, actor).map(({ service }) => service);
  if (services.length === 0) return [];
  const trusting = roles.filter((role) => {
    const trusted = trustPrincipals(role).services;
    return services.some((service) => trusted.includes(service));
  });
  const shown = services.slice(0, 3).join(", ");
  const more = services.length > 3 ? ` and ${services.length - 3} more services` : "";
  return [
    `${addressOf(actor.principal)} may pass roles that no stack declares to ${shown}${more}: the account has ${counted(trusting.length, "role")} for that, none of which leads to administrator rights`,
  ];
}
