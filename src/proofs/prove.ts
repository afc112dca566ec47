import type { AccessGraph } from "../iam/graph";
import { accept } from "./acceptance";
import { proveCi } from "./ci";
import { proveCutoff } from "./cutoff-only-denies";
import { proveDeclaredUsers, proveRolesCarryNoUserPolicies } from "./declared";
import { Closure } from "./escalation/closure";
import { proveNoEscalation } from "./escalation/escalations";
import { proveGuard } from "./guard";
import { proveMachinery } from "./machinery-is-untouched";
import { provePassedRoles } from "./passed-roles";
import { provePeopleCanWork } from "./people-can-work";
import { withPlaces } from "./places";
import { provePoliciesAreKnown } from "./policy-is-known";
import { provePullRequestsOnlyRead } from "./pull-requests";
import { proveRecovery } from "./recovery/key-recovery";
import { proveNoAdministratorUsers, proveRoles } from "./roles";
import { proveUserRights } from "./user-rights";
import { type Administrators, administratorsOf } from "./world/administrators";
import type { Expectation } from "./world/expectation";
import { withoutUnknownPolicies } from "./world/known-documents";
import type { BrokenProof, ProofReport } from "./world/proof";
import { type UserClasses, userClasses } from "./world/user-classes";
import { World } from "./world/world";

/**
 * Holds a graph to what is expected of it. Pure. Environments that share an account or assume roles across accounts
 * are proven together, in one merged graph: give their expectations in one call.
 *
 * What is not known never counts as proven: a broken proof then says what is not known.
 *
 * @param now decides which accepted exceptions have expired
 * @example
 * ```ts
 * import { defineEnvironment, expectationsOf, graphFromStack, local, prove, validateBaseline } from "iam-baseline";
 *
 * const environments = validateBaseline([
 *   defineEnvironment({
 *     name: "prod",
 *     accountId: "111122223333",
 *     region: "eu-central-1",
 *     backend: local(),
 *     allowedNetworks: ["203.0.113.0/24"],
 *   }),
 * ]);
 * const stack = { resource: { aws_iam_user: { stranger: { name: "stranger" } } } };
 * const graph = graphFromStack(stack, { accountId: "111122223333" });
 * const { broken } = prove(graph, expectationsOf(environments), new Date("2026-11-25"));
 * broken[0]?.proof; // "users-are-declared"
 * broken[0]?.subject; // "user/stranger"
 * ```
 */
export function prove(graph: AccessGraph, expectations: readonly Expectation[], now: Date): ProofReport {
  const asked = new Asked(graph, expectations);
  const { world, closure } = asked;
  const found = PROVERS.flatMap(({ prove: of }) => of(asked));
  return {
    ...accept(withPlaces(found.filter(unlessRepeated()), expectations), expectations, now),
    declared: [...expectations.flatMap(({ weaknesses = [] }) => weaknesses), ...asked.passes.declared],
    questions: world.questions + closure.counter.questions,
  };
}

/** Whether any proof is broken and not accepted: as `prove`, but it ends with the first one. */
export function isAnyBroken(graph: AccessGraph, expectations: readonly Expectation[], now: Date): boolean {
  const asked = new Asked(graph, expectations);
  const cheapFirst = [...PROVERS].sort((left, right) => Number(left.isDear ?? 0) - Number(right.isDear ?? 0));
  return cheapFirst.some(({ prove: of }) => accept(of(asked), expectations, now).broken.length > 0);
}

/** What the proofs are asked of. */
class Asked {
  readonly world: World;
  readonly closure: Closure;
  readonly users: UserClasses;
  readonly administrators: Administrators;
  readonly unknown: ReturnType<typeof withoutUnknownPolicies>["unknown"];
  #passes: ReturnType<typeof provePassedRoles> | undefined;

  constructor(graph: AccessGraph, expectations: readonly Expectation[]) {
    const known = withoutUnknownPolicies(graph);
    this.unknown = known.unknown;
    this.world = new World(known.graph, expectations);
    this.closure = new Closure(known.graph);
    this.users = userClasses(this.world);
    this.administrators = administratorsOf(this.world, this.users.classes);
  }

  get classes(): UserClasses["classes"] {
    return this.users.classes;
  }

  /** What is broken, and what is declared and therefore told. */
  get passes(): ReturnType<typeof provePassedRoles> {
    this.#passes ??= provePassedRoles(this.world, this.closure, this.administrators, this.classes);
    return this.#passes;
  }
}

interface Prover {
  readonly prove: (asked: Asked) => readonly BrokenProof[];
  /** It asks much more than the others. */
  readonly isDear?: true;
}

/** Every proof, in the order of reports. To add one, write its line here. */
const PROVERS: readonly Prover[] = [
  { prove: ({ world }) => proveDeclaredUsers(world) },
  { prove: ({ world, classes }) => proveUserRights(world, classes), isDear: true },
  { prove: ({ world, classes }) => proveGuard(world, classes) },
  { prove: ({ world, administrators, users }) => proveRoles(world, administrators, users.identityOf) },
  { prove: ({ administrators, classes }) => proveNoAdministratorUsers(administrators, classes) },
  { prove: ({ world }) => proveRolesCarryNoUserPolicies(world) },
  {
    prove: ({ world, closure, administrators, classes }) =>
      proveNoEscalation(world, closure, administrators, classes),
    isDear: true,
  },
  { prove: ({ passes }) => passes.broken, isDear: true },
  { prove: ({ world, administrators, classes }) => proveCi(world, administrators, classes) },
  { prove: ({ world, closure }) => provePullRequestsOnlyRead(world, closure), isDear: true },
  {
    prove: ({ world, closure, administrators, classes }) =>
      proveMachinery(world, closure, administrators, classes),
    isDear: true,
  },
  { prove: ({ world, closure }) => proveCutoff(world, closure) },
  { prove: ({ world, unknown }) => provePoliciesAreKnown(world, unknown) },
  { prove: ({ world, classes, users }) => provePeopleCanWork(world, classes, users.classOf), isDear: true },
  { prove: ({ world }) => proveRecovery(world) },
];

function unlessRepeated(): (proof: BrokenProof) => boolean {
  const told = new Set<string>();
  return ({ proof, method, environment, subject, message }) => {
    const key = JSON.stringify([proof, method, environment, subject, message]);
    if (told.has(key)) return false;
    told.add(key);
    return true;
  };
}
