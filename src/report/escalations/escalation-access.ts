import { UNKNOWN_PART } from "../../iam/graph";
import type { Answer } from "../../proofs/escalation/actor";
import { type Escalation, type Escalations, escalationsOf } from "../../proofs/escalation/escalations-of";
import { mergeGraphs } from "../../sources/graph/merge-graphs";
import type { ReportInput } from "../report-input";
import { compareText, shown } from "../shown";
import type { EscalationAccess, StepDecision, WayUp } from "./way-up";

/** All environments are judged together, as roles of one are assumed from another; each tells of its own principals. */
export function escalationAccess(inputs: readonly ReportInput[]): readonly EscalationAccess[] {
  const all = escalationsOf(mergeGraphs(inputs.map(({ graph }) => graph)));
  return inputs.map(({ environment, graph }) => {
    const own = new Set([...graph.users, ...graph.roles].map(({ arn }) => arn));
    return ofPrincipals(environment, all, own);
  });
}

function ofPrincipals(
  environment: string,
  { administrators, escalations, notKnown }: Escalations,
  own: ReadonlySet<string>,
): EscalationAccess {
  const isOwn = ({ principal }: { readonly principal: string }) => own.has(principal);
  return {
    environment,
    administrators: administrators.filter(isOwn).map(({ kind, name, principal, certain }) => ({
      kind,
      name: shown(name),
      arn: shown(principal),
      certain,
    })),
    escalations: escalations
      .filter(isOwn)
      .map(wayUp)
      .sort((left, right) => compareText(`${left.arn} ${left.method}`, `${right.arn} ${right.method}`)),
    notKnown: notKnown.filter(isOwn).map(({ kind, name, principal, services, limited, answers }) => ({
      kind,
      name: shown(name),
      arn: shown(principal),
      services,
      limited,
      decisions: answers.map(decisionOf),
    })),
  };
}

function wayUp(escalation: Escalation): WayUp {
  const { kind, name, principal, alike, method, title, source, certain, unknowns, steps } = escalation;
  return {
    kind,
    name: shown(name),
    arn: shown(principal),
    alike: alike.map((arn) => shown(arn.slice(arn.lastIndexOf("/") + 1))),
    method,
    title,
    ...(source !== undefined && { source }),
    certain,
    unknowns: unknowns.map(shown),
    steps: steps.map(({ way, from, target, answers }) => ({
      way,
      as: shown(nameOf(from)),
      target: target.replaceAll("(unknown)", "*"),
      decisions: answers.map(decisionOf),
    })),
  };
}

/** `role/daily` of an ARN. */
function nameOf(arn: string): string {
  const resource = arn.split(":").slice(5).join(":");
  return `${resource.slice(0, resource.indexOf("/"))}/${resource.slice(resource.lastIndexOf("/") + 1)}`;
}

function decisionOf({ request, decision }: Answer): StepDecision {
  return {
    action: request.action,
    resource: shown(request.resource),
    context: request.context ?? {},
    effect: decision.effect,
    because: decision.because.replaceAll(UNKNOWN_PART, "*").replaceAll("(unknown)", "*"),
  };
}
