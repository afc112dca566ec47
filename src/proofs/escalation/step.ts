import type { Group, Role, User } from "../../iam/graph";
import { grantsIam } from "../world/administrators";
import { accountPart } from "../world/resource-samples";
import { mayTrust, trustPrincipals } from "../world/trust-principals";
import { subjectOf, subjectOfArn } from "../world/world";
import type { Answer, Climber } from "./climber";
import type { EscalationMethod } from "./method";

/** A method that works for a principal, with the target that makes it work. */
export interface Step extends Answer {
  readonly method: EscalationMethod;
  /** In words: `role/admin`. */
  readonly target: string;
}

/** Methods that only take something away help a principal whose policies already allow what a Deny or boundary forbids. */
const TAKES_AWAY = /^iam:(?:delete|detach|remove|put\w+boundary)/i;
const OF_BOUNDARIES = /boundary$/i;

/** Tries a method. `reached` holds the ARNs of all that hold administrator rights or come to them. */
export function stepBy(
  method: EscalationMethod,
  climber: Climber,
  reached: ReadonlySet<string>,
): Step | undefined {
  const [first = "", ...rest] = method.needs;
  const { principal, world } = climber;
  const told = (target: string, answer: Answer | undefined): Step | undefined =>
    answer === undefined ? undefined : { method, target, ...answer };
  const firstOn = <T extends { readonly arn: string }>(
    targets: readonly T[],
    also: (target: T) => boolean = () => true,
  ) => {
    for (const target of targets) {
      const answer = climber.on(first, target.arn);
      if (answer !== undefined && also(target)) return told(subjectOfArn(target.arn), answer);
    }
    return undefined;
  };
  const restSomewhere = () => rest.every((action) => climber.somewhere(action) !== undefined);
  const { roles, groups, users } = world.graph;
  const here = <T extends { readonly accountId: string }>(all: readonly T[]): readonly T[] =>
    all.filter(({ accountId }) => accountId === principal.accountId);
  const { gain } = method;
  switch (gain.kind) {
    case "own-policy":
      return firstOn(ownPolicies(climber));
    case "own-principal": {
      if (TAKES_AWAY.test(first) && !wouldHoldMore(climber, first)) return undefined;
      if (gain.of === "group") return firstOn(ownGroups(principal));
      return principal.kind === gain.of ? firstOn([principal]) : undefined;
    }
    case "group": {
      if (principal.kind !== "user") return undefined;
      return firstOn(
        here(groups).filter((group) => !principal.groups.includes(group) && grantsIam(group.policies)),
      );
    }
    case "user": {
      // what people may do to others is the proof users-act-on-themselves
      if (climber.isPerson) return undefined;
      return firstOn(
        here(users).filter((user) => reachesMore(climber, user, reached)),
        ({ arn }) => rest.every((action) => climber.on(action, arn) !== undefined),
      );
    }
    case "role-trust": {
      if (first === "sts:AssumeRole" && climber.isPerson) return undefined;
      const targets = first === "sts:AssumeRole" ? roles : here(roles);
      const asked = targets.filter(({ arn }) => arn !== principal.arn && reached.has(arn));
      return firstOn(
        first === "sts:AssumeRole" ? asked.filter((role) => mayTrust(role, principal.arn)) : asked,
      );
    }
    case "assumable-role":
      return throughRole(method, climber);
    case "new-user":
    case "new-role":
      return made(method, climber, gain.kind === "new-user" ? "user" : "role");
    case "provider":
      return firstOn(
        [...world.graph.oidcProviders, ...(world.graph.samlProviders ?? [])].filter(({ arn }) =>
          roles.some((role) => reached.has(role.arn) && trustPrincipals(role).providers.includes(arn)),
        ),
      );
    case "passed-role": {
      for (const role of here(roles).filter(({ arn }) => reached.has(arn))) {
        for (const service of servicesOf(role, gain.services)) {
          const answer = climber.on("iam:PassRole", role.arn, { "iam:PassedToService": service });
          if (answer !== undefined && restSomewhere()) return told(subjectOf(role), answer);
        }
      }
      return undefined;
    }
    case "running-role": {
      const role = here(roles).find(
        (one) => reached.has(one.arn) && servicesOf(one, gain.services).length > 0,
      );
      if (role === undefined || role.arn === principal.arn || !restSomewhere()) return undefined;
      return told(subjectOf(role), climber.somewhere(first));
    }
  }
}

function servicesOf(role: Role, services: readonly string[]): readonly string[] {
  const trusted = trustPrincipals(role).services;
  return services.filter((service) => trusted.includes(service));
}

function ownGroups(principal: User | Role): readonly Group[] {
  return principal.kind === "user" ? principal.groups : [];
}

function ownPolicies({ policies }: Climber): readonly { readonly arn: string }[] {
  return policies.flatMap(({ policy: { kind, arn } }) =>
    kind === "managed" && arn !== undefined ? [{ arn }] : [],
  );
}

/** Whether the policies allow changing IAM but for a Deny or a boundary. */
function wouldHoldMore({ principal, policies }: Climber, action: string): boolean {
  if (OF_BOUNDARIES.test(action) && principal.permissionsBoundary === undefined) return false;
  return grantsIam(policies.map(({ policy }) => policy));
}

/** A user that holds administrator rights, or lists a role that does. */
function reachesMore({ world, principal }: Climber, user: User, reached: ReadonlySet<string>): boolean {
  if (user.arn === principal.arn) return false;
  if (reached.has(user.arn)) return true;
  return world.graph.roles.some(
    (role) => reached.has(role.arn) && trustPrincipals(role).users.includes(user.arn),
  );
}

/** A role that the caller can assume, given more by its policies. */
function throughRole(method: EscalationMethod, climber: Climber): Step | undefined {
  const [change = ""] = method.needs;
  const { principal, world } = climber;
  for (const role of world.graph.roles) {
    if (role.arn === principal.arn || role.accountId !== principal.accountId) continue;
    const targets =
      change === "iam:CreatePolicyVersion"
        ? role.policies.flatMap(({ kind, arn }) => (kind === "managed" && arn !== undefined ? [arn] : []))
        : [role.arn];
    for (const target of targets) {
      const answer = climber.on(change, target);
      if (answer === undefined || climber.on("sts:AssumeRole", role.arn) === undefined) continue;
      return { method, target: subjectOf(role), ...answer };
    }
  }
  return undefined;
}

/** A principal that does not exist yet, of a name that all the needed actions cover. */
function made(method: EscalationMethod, climber: Climber, type: "user" | "role"): Step | undefined {
  const [first = "", ...rest] = method.needs;
  const fresh = `${accountPart(climber.principal.arn)}:${type}/proof/any-${type}`;
  const names = method.needs
    .flatMap((action) => climber.resourcesOf(action))
    .filter((resource) => resource.includes(`:${type}/`));
  for (const target of new Set([fresh, ...names])) {
    const answer = climber.on(first, target);
    if (answer === undefined || !rest.every((action) => climber.on(action, target) !== undefined)) continue;
    return { method, target: `a new ${type}`, ...answer };
  }
  return undefined;
}
