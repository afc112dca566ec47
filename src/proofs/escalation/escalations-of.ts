import type { AccessGraph, Role, User } from "../../iam/graph";
import type { Actor, Answer } from "./actor";
import { alikeUsers } from "./alike";
import { Closure } from "./closure";
import { type Explanation, explanations } from "./explain";
import { openPasses } from "./open-passes";
import { isCertain, type Step, type Way } from "./step";

/** A principal that comes to administrator rights, and how. */
export interface Escalation {
  /** ARN of the user or role; of the first of those that are alike. */
  readonly principal: string;
  readonly kind: "user" | "role";
  readonly name: string;
  readonly accountId: string;
  /** Terraform address; empty where the source has none. */
  readonly address: string;
  /** ARNs of all users that do the same by the same policies, this one included. */
  readonly alike: readonly string[];
  /** Stable name of the way: a published method (`iam:PassRole+lambda:CreateFunction+lambda:InvokeFunction`), or its actions. */
  readonly method: string;
  readonly title: string;
  /** Public page of the method, where there is one. */
  readonly source?: string;
  /** Every request is allowed; otherwise some are only not known to be denied, and `unknowns` says why. */
  readonly certain: boolean;
  readonly unknowns: readonly string[];
  readonly steps: readonly EscalationStep[];
}

export interface EscalationStep {
  readonly way: Way;
  /** ARN of the principal that acts. */
  readonly from: string;
  /** ARN of the principal that it is, or is changed to be, after the step; absent where the step is the end. */
  readonly to?: string;
  /** In words: `role/admin`, `a new role`. */
  readonly target: string;
  readonly actions: readonly string[];
  /** Each needed request with its decision. */
  readonly answers: readonly Answer[];
}

/** A principal that holds administrator rights by itself. */
export interface AdministratorHolder {
  readonly principal: string;
  readonly kind: "user" | "role";
  readonly name: string;
  readonly certain: boolean;
  /** The requests that together mean administrator rights. */
  readonly answers: readonly Answer[];
}

/** A principal that may pass roles which the graph does not hold. */
export interface UnknownRoles {
  readonly principal: string;
  readonly kind: "user" | "role";
  readonly name: string;
  /** Services to which it may pass any role that trusts them, and that it may set to work. */
  readonly services: readonly string[];
  /** The policy itself names the services, or the roles. */
  readonly limited: boolean;
  readonly answers: readonly Answer[];
}

export interface Escalations {
  readonly administrators: readonly AdministratorHolder[];
  /** By principal and method, each with its shortest way. */
  readonly escalations: readonly Escalation[];
  /** What only the account itself can answer: any role of it that trusts the services. */
  readonly notKnown: readonly UnknownRoles[];
  /** Questions that were asked: a measure of cost. */
  readonly questions: number;
}

export interface EscalationSettings {
  /** ARNs whose ways up are known and meant, such as the device users that may assume the administrator role. @default none */
  readonly trusted?: ReadonlySet<string>;
}

/**
 * Who comes to administrator rights in these accounts, and by which steps, each step a decision of the evaluator. It needs
 * nothing but the graph: of a stack, a plan, a state or a live account, of any Terraform.
 *
 * Principals that hold the rights by themselves are listed apart. Service-linked roles climb nowhere: nobody but their
 * service can use them, and IAM refuses to change them.
 *
 * @see docs/access.md, "Who comes to administrator rights"
 * @example
 * ```ts
 * import { escalationsOf, graphFromStack } from "iam-baseline";
 *
 * const policy = JSON.stringify({ Statement: { Effect: "Allow", Action: "iam:PutUserPolicy", Resource: "*" } });
 * const stack = {
 *   resource: {
 *     aws_iam_user: { ci: { name: "ci" } },
 *     aws_iam_user_policy: { deploy: { user: "${aws_iam_user.ci.name}", name: "deploy", policy } },
 *   },
 * };
 * const graph = graphFromStack(stack, { accountId: "111122223333" });
 * const [way] = escalationsOf(graph).escalations;
 * way?.name; // "ci"
 * way?.method; // "iam:PutUserPolicy"
 * way?.steps.map(({ way, target }) => `${way} ${target}`); // ["gives user/ci"]
 * way?.steps[0]?.answers[0]?.decision.effect; // "Allowed"
 * ```
 */
export function escalationsOf(graph: AccessGraph, { trusted }: EscalationSettings = {}): Escalations {
  const closure = new Closure(graph);
  const administrators: AdministratorHolder[] = [];
  const escalations: Escalation[] = [];
  const notKnown: UnknownRoles[] = [];
  const sources: (readonly [User | Role, readonly (User | Role)[]])[] = [
    ...alikeUsers(graph).flatMap((members) =>
      members[0] === undefined ? [] : [[members[0], members] as const],
    ),
    ...graph.roles.filter((role) => !isServiceLinked(role)).map((role) => [role, [role]] as const),
  ];
  for (const [source, members] of sources) {
    const held = closure.holds(source);
    if (held !== undefined) {
      administrators.push(...members.map((member) => holder(member, held)));
      continue;
    }
    if (trusted?.has(source.arn)) continue;
    notKnown.push(...unknownRoles(graph, closure.actor(source)));
    const told = new Set<string>();
    for (const { steps } of closure.climbs(source)) {
      for (const explanation of explanations(closure.actor(source), steps)) {
        if (told.has(explanation.id)) continue;
        told.add(explanation.id);
        escalations.push(escalation(source, members, steps, explanation));
      }
    }
  }
  return { administrators, escalations, notKnown, questions: closure.counter.questions };
}

function unknownRoles(graph: AccessGraph, actor: Actor): readonly UnknownRoles[] {
  const passes = openPasses(graph, actor);
  const [first] = passes;
  if (first === undefined) return [];
  const { arn, kind, name } = actor.principal;
  const services = [...new Set(passes.map(({ service }) => service))];
  return [{ principal: arn, kind, name, services, limited: first.limited, answers: first.answers }];
}

function isServiceLinked({ path }: Role): boolean {
  return path.startsWith("/aws-service-role/");
}

function holder({ arn, kind, name }: User | Role, answers: readonly Answer[]): AdministratorHolder {
  const certain = answers.every(({ decision }) => decision.effect === "Allowed");
  return { principal: arn, kind, name, certain, answers };
}

function escalation(
  source: User | Role,
  members: readonly (User | Role)[],
  steps: readonly Step[],
  { id, title, source: page }: Explanation,
): Escalation {
  const { arn, kind, name, accountId, address } = source;
  const answers = steps.flatMap((step) => step.answers);
  return {
    principal: arn,
    kind,
    name,
    accountId,
    address,
    alike: members.map((member) => member.arn),
    method: id,
    title,
    ...(page !== undefined && { source: page }),
    certain: isCertain(steps),
    unknowns: [
      ...new Set([
        ...steps.flatMap(({ notKnown }) => notKnown ?? []),
        ...answers.flatMap(({ decision }) => decision.unknowns),
      ]),
    ],
    steps: steps.map((step) => ({
      way: step.way,
      from: step.from.arn,
      ...(step.to !== undefined && { to: step.to.arn }),
      target: step.target,
      actions: step.actions,
      answers: step.answers,
    })),
  };
}
