import { accessLevel, actionsOfService } from "../../iam/actions";
import type { AccessGraph, Role } from "../../iam/graph";
import { subjectOf } from "../world/subject";
import { trustPrincipals } from "../world/trust-principals";
import type { Actor, Answer } from "./actor";
import type { EscalationMethod } from "./method";
import { ESCALATION_METHODS } from "./methods";
import { servicesOfTrust } from "./service-actions";
import type { Step } from "./step";

const RUNNING = ESCALATION_METHODS.filter(({ gain }) => gain.kind === "running-role");

/**
 * Roles as which a service runs a principal's code: roles that it may pass, with any permission of the service that
 * starts or changes work, and roles as which something runs that it may change.
 */
export function stepsToRun(graph: AccessGraph, actor: Actor): readonly Step[] {
  const passes = actor.grants("iam:PassRole");
  const running = RUNNING.filter(({ needs }) => needs.every((action) => actor.grants(action)));
  if (!passes && running.length === 0) return [];
  const work = new Map<string, Answer | undefined>();
  return graph.roles.flatMap((role) => {
    if (role.accountId !== actor.principal.accountId || role.arn === actor.principal.arn) return [];
    return [
      ...(passes ? passed(actor, role, work) : []),
      ...running.flatMap((method) => changed(graph, actor, role, method)),
    ];
  });
}

function passed(actor: Actor, role: Role, work: Map<string, Answer | undefined>): readonly Step[] {
  for (const service of [...trustPrincipals(role).services, ...federatedServices(role)]) {
    const answer = actor.on("iam:PassRole", role.arn, { context: { "iam:PassedToService": service } });
    if (answer === undefined) continue;
    const start = workAt(actor, service, work);
    if (start === undefined) continue;
    const actions = ["iam:PassRole", start.request.action];
    const { principal: from } = actor;
    return [
      { way: "runs code as", from, to: role, target: subjectOf(role), actions, answers: [answer, start] },
    ];
  }
  return [];
}

/** A role for the users of an identity pool trusts Cognito as a provider. */
function federatedServices(role: Role): readonly string[] {
  return trustPrincipals(role).providers.filter((provider) => provider.endsWith(".amazonaws.com"));
}

/** An action that starts or changes work of a service, whatever it is called, if one is allowed. */
export function workAt(
  actor: Actor,
  service: string,
  known: Map<string, Answer | undefined>,
): Answer | undefined {
  for (const prefix of servicesOfTrust(service)) {
    if (!known.has(prefix)) known.set(prefix, workOf(actor, prefix));
    const answer = known.get(prefix);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** What ends, hides or marks work neither starts nor changes it. */
const ENDS =
  /:(?:Delete|Remove|Deregister|Stop|Terminate|Cancel|Disassociate|Detach|Disable|Untag|Tag|Revoke|Reject|Abort|Release|Purge|Unsubscribe|Archive|Deactivate)/;
/** Some services count what makes a project that runs as a role as the management of permissions. */
const WORKING: ReadonlySet<string> = new Set(["Write", "Permissions management"]);
const STARTS = /:(?:Create|Run|Start|Submit|Update|Put|Invoke|Execute|Register|Send|Modify|Request)/;

const orders = new Map<string, readonly string[]>();

/** The actions of a service that start or change work, the telling ones first. */
export function workingActions(prefix: string): readonly string[] {
  let actions = orders.get(prefix);
  if (actions === undefined) {
    const all = actionsOfService(prefix).filter(
      (action) => WORKING.has(accessLevel(action) ?? "") && !ENDS.test(action),
    );
    actions = [
      ...all.filter((action) => STARTS.test(action)),
      ...all.filter((action) => !STARTS.test(action)),
    ];
    orders.set(prefix, actions);
  }
  return actions;
}

function workOf(actor: Actor, prefix: string): Answer | undefined {
  for (const action of workingActions(prefix)) {
    const answer = actor.somewhere(action);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** What already runs as the role, and takes code of the caller's. */
function changed(
  graph: AccessGraph,
  actor: Actor,
  role: Role,
  { needs, gain }: EscalationMethod,
): readonly Step[] {
  if (gain.kind !== "running-role") return [];
  const trusted = trustPrincipals(role).services;
  if (!gain.services.some((service) => trusted.includes(service))) return [];
  const functions = needs[0]?.startsWith("lambda:") ? functionsOf(graph, actor, role, needs) : undefined;
  const answers = functions ?? needs.map((action) => actor.somewhere(action));
  const known = answers.filter((answer) => answer !== undefined);
  if (known.length < answers.length) return [];
  const { principal: from } = actor;
  return [{ way: "runs code as", from, to: role, target: subjectOf(role), actions: needs, answers: known }];
}

/** The answers for the functions that run as the role, where the graph knows some: others are out of the question. */
function functionsOf(
  graph: AccessGraph,
  actor: Actor,
  role: Role,
  needs: readonly string[],
): readonly (Answer | undefined)[] | undefined {
  const names = graph.safeguards.flatMap(({ type, name, attributes }) =>
    type === "aws_lambda_function" && attributes["role"] === role.arn ? [name] : [],
  );
  if (names.length === 0) return undefined;
  const [, partition = "aws"] = role.arn.split(":");
  const regions = new Set(
    needs.flatMap((action) => actor.resourcesOf(action)).map((arn) => arn.split(":")[3] ?? ""),
  );
  for (const name of names) {
    for (const region of regions) {
      const arn = `arn:${partition}:lambda:${region === "" ? "eu-central-1" : region}:${role.accountId}:function:${name}`;
      const answers = needs.map((action) => actor.on(action, arn));
      if (!answers.includes(undefined)) return answers;
    }
  }
  return [undefined];
}
