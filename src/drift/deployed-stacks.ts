import type { AccessGraph } from "../iam/graph";
import { type AnyPrincipal, addressOf } from "./access-fact";
import { principalsOf } from "./compare-access";
import type { DeclaredStack, DriftSources } from "./drift-sources";
import { type Gap, gapOf } from "./gaps";
import { PrincipalIndex } from "./principal-match";
import { type EmptyStackFact, STACK_NOT_DEPLOYED } from "./rules/stack-not-deployed";

export interface DeployedStacks {
  /** What the account should hold: what was deployed last, and of stacks without a plan what is declared. */
  readonly graphs: readonly AccessGraph[];
  readonly empty: readonly EmptyStackFact[];
  readonly gaps: readonly Gap[];
}

const MOST_SHOWN = 5;

/**
 * Tells stacks that were deployed from those that were not, or of which that is not known: what was never deployed was
 * not deleted.
 *
 * @param actual the account itself, where it was asked
 */
export function deployedStacks(
  { environment, plans, withoutPlan = [] }: DriftSources,
  actual: AccessGraph | undefined,
): DeployedStacks {
  const index = new PrincipalIndex(actual === undefined ? [] : principalsOf(actual));
  const isPresent = (principal: AnyPrincipal) => index.find(principal) !== undefined;
  const declared = withoutPlan.map((stack) => withoutMissing(stack, actual === undefined, isPresent));
  const empty = plans
    .filter(({ isNotDeployed }) => isNotDeployed)
    .map(({ stack, wanted }) => ({
      address: stack,
      present: principalsOf(wanted).filter(isPresent).map(addressOf),
    }));
  const deployed = plans.filter(({ isNotDeployed }) => !isNotDeployed);
  const isNeverDeployed =
    deployed.length === 0 &&
    empty.every(({ present }) => present.length === 0) &&
    declared.every(({ graph }) => graph === undefined || principalsOf(graph).length === 0);
  const gaps = declared.flatMap(({ gap }) => gap ?? []);
  return {
    graphs: [...deployed.map(({ recorded }) => recorded), ...declared.flatMap(({ graph }) => graph ?? [])],
    empty: isNeverDeployed ? [] : empty,
    gaps: isNeverDeployed && empty.length > 0 ? [...gaps, neverDeployed(environment, empty)] : gaps,
  };
}

/** One line for all of an environment: nothing of it is there to be compared. */
function neverDeployed(environment: string, empty: readonly EmptyStackFact[]): Gap {
  const stacks = empty.map(({ address }) => address).join(", ");
  return gapOf(STACK_NOT_DEPLOYED.id, environment, {
    notChecked: `it was never deployed: the state of ${stacks} is empty`,
  });
}

/** A stack of which no plan tells, without what the account lacks where that may never have been deployed. */
function withoutMissing(
  { stack, graph, isUnread = false }: DeclaredStack,
  isAccountUnknown: boolean,
  isPresent: (principal: AnyPrincipal) => boolean,
): { readonly graph?: AccessGraph; readonly gap?: Gap } {
  const principals = principalsOf(graph);
  if (isAccountUnknown || principals.length === 0) return { graph };
  const missing = principals.filter((principal) => !isPresent(principal));
  const isAbsent = missing.length === principals.length;
  if (!isAbsent && (!isUnread || missing.length === 0)) return { graph };
  const names = missing.slice(0, MOST_SHOWN).map(addressOf).join(", ");
  const notChecked = isAbsent
    ? `no plan tells of it, and the account holds none of its ${missing.length} users, groups and roles: it was never deployed, or everything was deleted`
    : `no plan tells whether ${names}${missing.length > MOST_SHOWN ? ` and ${missing.length - MOST_SHOWN} more` : ""} were deleted or never deployed`;
  const gap = gapOf(STACK_NOT_DEPLOYED.id, `stack ${stack}`, { notChecked });
  return isAbsent ? { gap } : { graph: present(graph, isPresent), gap };
}

function present(graph: AccessGraph, isPresent: (principal: AnyPrincipal) => boolean): AccessGraph {
  return {
    ...graph,
    users: graph.users.filter(isPresent),
    groups: graph.groups.filter(isPresent),
    roles: graph.roles.filter(isPresent),
    // of policies nothing tells whether they were deployed, either
    managedPolicies: [],
  };
}
