import { type CompiledGraph, effectivePolicies, evaluate } from "../iam/evaluate";
import type { Role, User } from "../iam/graph";
import type { AccessRequest } from "../iam/request";
import type { Answer, Cell } from "./access-report";
import {
  CAPABILITIES,
  type CapabilityId,
  concerns,
  generalProbes,
  type Probe,
  type ProbedPrincipal,
} from "./capabilities";
import {
  type Circumstances,
  conditionsOf,
  eitherOf,
  explore,
  isAllowedAnywhere,
  type Outcome,
  sessionCircumstances,
  userCircumstances,
} from "./circumstances";
import { type OwnPermission, ownPermissions } from "./own-permissions";
import { distinct, shown } from "./shown";
import { sourceFunction } from "./source-function";

/** What a report says of one principal by itself, before roles that it may assume. */
export interface JudgedPrincipal {
  readonly capabilities: readonly Cell[];
  readonly administrator: Answer;
}

/** Questions about spare permissions of one capability; a policy that needs more of them is told as not known. */
const MOST_SPARES = 500;

/** The policies that decide about a principal's own requests, its boundary included. */
export function policiesOf(principal: User | Role) {
  const own = effectivePolicies(principal).map(({ policy }) => policy);
  return principal.permissionsBoundary === undefined ? own : [...own, principal.permissionsBoundary];
}

/** Judges every capability of a principal, under every circumstance that its policies tell apart. */
export function judgePrincipal(
  principal: User | Role,
  reference: string,
  graph: CompiledGraph,
  others: readonly string[],
): JudgedPrincipal {
  const policies = policiesOf(principal);
  const circumstances =
    principal.kind === "user" ? userCircumstances(policies) : sessionCircumstances(policies);
  const probed = probedPrincipal(principal);
  const own = ownPermissions(policies, probed);
  const byFunction = sourceFunction(policies);
  const ask = (probe: Probe): Outcome =>
    explore(circumstances, (credentials, network) =>
      evaluate(
        {
          principal: reference,
          credentials,
          network,
          ...probe,
          context: { ...byFunction, ...probe.context },
        },
        graph,
      ),
    );
  const judged = CAPABILITIES.filter(({ id }) => concerns(id, principal.kind)).map(({ id }) =>
    judgeCapability(id, {
      general: generalProbes(id, probed, others),
      own: own.filter(({ capability }) => capability === id),
      ask,
      circumstances,
    }),
  );
  return { capabilities: judged.map(({ cell }) => cell), administrator: administratorOf(judged) };
}

export function probedPrincipal({ arn, accountId, kind, name }: User | Role): ProbedPrincipal {
  return { arn, accountId, kind, name, partition: arn.split(":")[1] ?? "aws" };
}

interface CapabilityQuestion {
  readonly general: readonly Probe[];
  readonly own: readonly OwnPermission[];
  readonly ask: (probe: Probe) => Outcome;
  readonly circumstances: Circumstances;
}

interface JudgedCapability {
  readonly cell: Cell;
  /** Of the general probes: each allowed, one refused, or one not known. */
  readonly general: Answer;
}

function judgeCapability(capability: CapabilityId, question: CapabilityQuestion): JudgedCapability {
  const { ask, circumstances } = question;
  const general = question.general.map(ask);
  const own = askOwn(question.own, ask);
  const outcomes = [...general, ...own.map(({ outcome }) => outcome)];
  const all = outcomes.reduce(eitherOf);
  const answer = isAllowedAnywhere(all) ? "yes" : all.unknowns.length > 0 ? "unknown" : "no";
  const generalAnswer = general.every(isAllowedAnywhere)
    ? "yes"
    : general.some((outcome) => !isAllowedAnywhere(outcome) && outcome.unknowns.length > 0)
      ? "unknown"
      : "no";
  const what = own
    .filter(({ outcome }) => isAllowedAnywhere(outcome))
    .map(({ permission }) => permission.written);
  const cell: Cell = {
    capability,
    answer,
    extent: generalAnswer === "yes" ? "all" : "some",
    conditions: conditionsOf(all, circumstances.places),
    what: distinct(what.map(shown)),
    unknowns: all.unknowns.map(shown),
  };
  return { cell, general: generalAnswer };
}

function askOwn(permissions: readonly OwnPermission[], ask: CapabilityQuestion["ask"]) {
  const first = permissions.filter(({ isSpare }) => !isSpare);
  const asked = first.map((permission) => ({ permission, outcome: ask(permission) }));
  if (asked.some(({ outcome }) => isAllowedAnywhere(outcome))) return asked;
  const spares = permissions.filter(({ isSpare }) => isSpare);
  for (const permission of spares.slice(0, MOST_SPARES)) {
    const outcome = ask(permission);
    asked.push({ permission, outcome });
    if (isAllowedAnywhere(outcome)) return asked;
  }
  const [unasked] = spares.slice(MOST_SPARES);
  if (unasked !== undefined) {
    const requirements = asked[0]?.outcome.requirements.map(() => ({ rank: 0 as const })) ?? [];
    const unknowns = [`more than ${MOST_SPARES} permissions would have to be asked for`];
    asked.push({ permission: unasked, outcome: { requirements, unknowns } });
  }
  return asked;
}

/** Everything that stands for a capability, of all capabilities. */
function administratorOf(judged: readonly JudgedCapability[]): Answer {
  const answers = judged
    .filter(({ cell }) => !["own-key", "enrol-own-mfa", "remove-own-mfa"].includes(cell.capability))
    .map(({ general }) => general);
  if (answers.includes("no")) return "no";
  return answers.includes("unknown") ? "unknown" : "yes";
}

/** How requests name a principal: by ARN, or by address where its ARN is not one of a kind until apply. */
export function referenceOf(principal: User | Role, graph: CompiledGraph): AccessRequest["principal"] {
  const isFound = (reference: string) => graph.find(reference) === principal;
  if (isFound(principal.arn) || principal.address === "") return principal.arn;
  return isFound(principal.address) ? principal.address : principal.arn;
}
