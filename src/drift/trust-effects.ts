import { EMPTY_GRAPH } from "../iam/empty-graph";
import { compileGraph } from "../iam/evaluate";
import type { AccessGraph, Role, User } from "../iam/graph";
import { type Assumption, mayAssume } from "../report/assume-role";
import { addressOf, type FactOf } from "./access-fact";
import type { DriftContext } from "./drift-rule";
import { reachedRoles } from "./reached-roles";
import { awsPrincipals } from "./trust-ids";

/** What a rewritten trust policy means for one user or role of the account. */
export interface TrustEffect {
  readonly caller: User | Role;
  /** It could assume the role, and cannot any more. */
  readonly isLost: boolean;
  /** Whether it may assume the role now, with all that its own policies and guards say. */
  readonly now: Assumption;
  /** It may assume the role as before, on the same conditions. */
  readonly isUnchanged: boolean;
  /** The trust policies alone let it in as before: nothing of their difference is about it. */
  readonly isSpared: boolean;
}

/** Callers that are asked about; of more, the trust policy alone speaks. */
const MOST_CALLERS = 200;

/**
 * Asks the evaluator about everybody whom the old or the new trust policy names, and about the users that may ask for
 * the role where it lets the whole account in.
 */
export function trustEffects(
  { declared, actual }: FactOf<"trust-changed">,
  context: DriftContext,
): readonly TrustEffect[] {
  const graphs = [compileGraph(context.declared), compileGraph(context.actual)] as const;
  const named = new Set([declared, actual].flatMap(principalsIn));
  const reached = new Set(reachedRoles([actual], context.actual).assumers.get(actual) ?? []);
  const callers = [...context.actual.users, ...context.actual.roles].filter(
    (caller) => named.has(caller.arn) || reached.has(addressOf(caller)),
  );
  return callers.slice(0, MOST_CALLERS).map((caller): TrustEffect => {
    const same = sameCaller(caller, context.declared);
    const before = same === undefined ? undefined : mayAssume(same, declared, graphs[0]);
    const now = mayAssume(caller, actual, graphs[1]);
    const isSpared =
      named.has(caller.arn) && isSame(byTrustAlone(caller, declared), byTrustAlone(caller, actual));
    const isLost = now.answer === "no" && before !== undefined && before.answer !== "no";
    return { caller, isLost, now, isUnchanged: isSame(before, now), isSpared };
  });
}

/** In one account a trust policy that names a caller lets it in, whatever its own policies allow. */
function byTrustAlone(caller: User | Role, role: Role): Assumption {
  const { permissionsBoundary: _boundary, ...rest } = caller;
  const bare = { ...rest, policies: [], ...(caller.kind === "user" && { groups: [] }) } as User | Role;
  const users = bare.kind === "user" ? [bare] : [];
  const roles = bare.kind === "role" ? [bare, role] : [role];
  return mayAssume(bare, role, compileGraph({ ...EMPTY_GRAPH, users, roles }));
}

function isSame(before: Assumption | undefined, now: Assumption): boolean {
  const isNever = now.answer === "no" && (before === undefined || before.answer === "no");
  return isNever || JSON.stringify(before) === JSON.stringify(now);
}

function sameCaller({ kind, name }: User | Role, { users, roles }: AccessGraph): User | Role | undefined {
  return [...users, ...roles].find((other) => other.kind === kind && other.name === name);
}

function principalsIn({ trust: { document } }: Role): readonly string[] {
  return "unknown" in document ? [] : awsPrincipals(document);
}
