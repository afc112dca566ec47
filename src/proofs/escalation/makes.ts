import type { AccessGraph } from "../../iam/graph";
import { grantsIam } from "../world/grants-iam";
import { accountPart } from "../world/resource-samples";
import type { Actor, Answer, Given } from "./actor";
import { choosableBoundaries } from "./attachable";
import * as change from "./changed-principal";
import type { EscalationMethod } from "./method";
import { ESCALATION_METHODS } from "./methods";
import type { Step } from "./step";

const METHODS = ESCALATION_METHODS.filter(({ gain }) => gain.kind === "new-user" || gain.kind === "new-role");

/**
 * Principals that do not exist yet, with every right that a boundary leaves them where the policies ask for one: AWS's
 * pattern for delegation (`iam:PermissionsBoundary`) makes new principals that hold no more than the boundary.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
export function stepsToMake(graph: AccessGraph, actor: Actor): readonly Step[] {
  return METHODS.flatMap((method) => made(graph, actor, method));
}

function made(graph: AccessGraph, actor: Actor, { needs, gain }: EscalationMethod): readonly Step[] {
  if (!needs.every((action) => actor.grants(action))) return [];
  const kind = gain.kind === "new-user" ? "user" : "role";
  const [create = ""] = needs;
  const { principal } = actor;
  if (needs.includes("iam:AddUserToGroup")) return joined(graph, actor, needs);
  const taken = new Set([...graph.users, ...graph.roles].map(({ arn }) => arn));
  const names = new Set([
    `${accountPart(principal.arn)}:${kind}/proof/any-${kind}`,
    ...needs.flatMap((action) => actor.resourcesOf(action)).filter((arn) => arn.includes(`:${kind}/`)),
  ]);
  for (const arn of names) {
    if (taken.has(arn)) continue;
    const made = change.newPrincipal(kind, arn, principal.accountId);
    const free = answersFor(actor, needs, arn, { absent: ["iam:PermissionsBoundary"] });
    if (free !== undefined) return [stepOf(actor, needs, free, made)];
    // of several boundaries the caller takes the widest, which only the steps after it tell
    const bounded = choosableBoundaries(graph, actor, create).flatMap((boundary) => {
      const context = { "iam:PermissionsBoundary": boundary.arn ?? "" };
      const answers = answersFor(actor, needs, arn, { context });
      if (answers === undefined) return [];
      const isKnown = !("unknown" in boundary.document);
      return [stepOf(actor, needs, answers, isKnown ? change.withBoundary(made, boundary) : made)];
    });
    if (bounded.length > 0) return bounded;
  }
  return [];
}

/** A new user that joins a group which holds more. */
function joined(graph: AccessGraph, actor: Actor, needs: readonly string[]): readonly Step[] {
  const { principal } = actor;
  const arn = `${accountPart(principal.arn)}:user/proof/any-user`;
  for (const group of graph.groups) {
    if (group.accountId !== principal.accountId || !grantsIam(group.policies)) continue;
    const answers: Answer[] = [];
    for (const action of needs) {
      const answer = actor.on(action, action === "iam:AddUserToGroup" ? group.arn : arn);
      if (answer === undefined) break;
      answers.push(answer);
    }
    if (answers.length < needs.length) continue;
    const user = change.newPrincipal("user", arn, principal.accountId);
    if (user.kind === "user")
      return [stepOf(actor, needs, answers, { ...user, policies: [], groups: [group] })];
  }
  return [];
}

function answersFor(
  actor: Actor,
  needs: readonly string[],
  arn: string,
  given: Given,
): readonly Answer[] | undefined {
  const answers: Answer[] = [];
  const partition = arn.split(":")[1] ?? "aws";
  for (const action of needs) {
    const attaches = /^iam:Attach/.test(action);
    const policy = { "iam:PolicyARN": `arn:${partition}:iam::aws:policy/AdministratorAccess` };
    const answer = actor.on(
      action,
      arn,
      attaches ? { ...given, context: { ...given.context, ...policy } } : given,
    );
    if (answer === undefined) return undefined;
    answers.push(answer);
  }
  return answers;
}

function stepOf(actor: Actor, actions: readonly string[], answers: readonly Answer[], to: Step["to"]): Step {
  return {
    way: "becomes",
    from: actor.principal,
    to,
    target: `a new ${to?.kind ?? "role"}`,
    actions,
    answers,
  };
}
