import type { AccessGraph } from "../iam/graph";
import { accept } from "./acceptance";
import { proveCi } from "./ci";
import { proveDeclaredUsers, proveRolesCarryNoUserPolicies } from "./declared";
import { Closure } from "./escalation/closure";
import { proveNoEscalation } from "./escalation/escalations";
import { guardsSwitchedOff, proveGuard } from "./guard";
import { proveMachinery } from "./machinery-is-untouched";
import { provePassedRoles } from "./passed-roles";
import { provePeopleCanWork } from "./people-can-work";
import { provePoliciesAreKnown } from "./policy-is-known";
import { provePullRequestsOnlyRead } from "./pull-requests";
import { devicesThatStayLocked, proveRecovery } from "./recovery/key-recovery";
import { declaredAdministratorPaths, proveNoAdministratorUsers, proveRoles } from "./roles";
import { proveUserRights } from "./user-rights";
import { administratorsOf } from "./world/administrators";
import type { Expectation } from "./world/expectation";
import { withoutUnknownPolicies } from "./world/known-documents";
import type { BrokenProof, ProofReport } from "./world/proof";
import { userClasses } from "./world/user-classes";
import { World } from "./world/world";

/**
 * Holds a graph to what is expected of it. Pure. Environments that share an account or assume roles across accounts
 * are proven together, in one merged graph: give their expectations in one call.
 *
 * What is not known never counts as proven: a broken proof then says what is not known.
 *
 * @param now decides which accepted exceptions have expired
 */
export function prove(graph: AccessGraph, expectations: readonly Expectation[], now: Date): ProofReport {
  const { graph: known, unknown } = withoutUnknownPolicies(graph);
  const world = new World(known, expectations);
  const closure = new Closure(known);
  const { classes, classOf, identityOf } = userClasses(world);
  const administrators = administratorsOf(world, classes);
  const passes = provePassedRoles(world, closure, administrators, classes);
  const found = [
    ...proveDeclaredUsers(world),
    ...proveUserRights(world, classes),
    ...proveGuard(world, classes),
    ...proveRoles(world, administrators, identityOf),
    ...proveNoAdministratorUsers(administrators, classes),
    ...proveRolesCarryNoUserPolicies(world),
    ...proveNoEscalation(world, closure, administrators, classes),
    ...passes.broken,
    ...proveCi(world, administrators, classes),
    ...provePullRequestsOnlyRead(world, closure),
    ...proveMachinery(world, closure, administrators, classes),
    ...provePoliciesAreKnown(world, unknown),
    ...provePeopleCanWork(world, classes, classOf),
    ...proveRecovery(world),
  ];
  return {
    ...accept(found.filter(unlessRepeated()), expectations, now),
    declared: [
      ...guardsSwitchedOff(world),
      ...declaredAdministratorPaths(world, administrators),
      ...devicesThatStayLocked(world),
      ...passes.declared,
    ],
    questions: world.questions + closure.counter.questions,
  };
}

function unlessRepeated(): (proof: BrokenProof) => boolean {
  const told = new Set<string>();
  return ({ proof, method, environment, subject, message }) => {
    const key = JSON.stringify([proof, method, environment, subject, message]);
    if (told.has(key)) return false;
    told.add(key);
    return true;
  };
}
