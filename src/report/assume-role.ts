import { type CompiledGraph, evaluate } from "../iam/evaluate";
import type { Role, User } from "../iam/graph";
import { listOf } from "../iam/policy-document";
import type { AccessRequest, Credentials } from "../iam/request";
import type { Answer } from "./access-report";
import { type Choice, choiceOf } from "./assumers/choice";
import { type Demand, demandsOf, demandText } from "./assumers/demands";
import {
  bothOf,
  conditionsOf,
  explore,
  isAllowedAnywhere,
  type Outcome,
  sessionCircumstances,
  userCircumstances,
} from "./circumstances";
import type { Conditions } from "./conditions";
import { policiesOf, referenceOf } from "./judged-principal";
import { distinct, shown } from "./shown";
import { allowing } from "./trust-names";

/** Whether a principal may assume a role, and under which conditions. */
export interface Assumption {
  readonly answer: Answer;
  readonly conditions: readonly Conditions[];
  readonly unknowns: readonly string[];
}

/**
 * Whether a user or role of the graph may assume a role, with whatever it may put into the call: an external id, a source
 * identity, tags, a name of the session.
 */
export function mayAssume(caller: User | Role, role: Role, graph: CompiledGraph): Assumption {
  const choices = choicesOf(caller, role);
  const sessions = sessionsOf(caller, role);
  const plain = assumptionOf(caller, role, graph, { choices });
  if (plain.answer === "yes" || sessions.length === 0) return plain;
  const named = sessions.map((sessionName) => assumptionOf(caller, role, graph, { choices, sessionName }));
  const allowed = named.filter(({ answer }) => answer === "yes");
  if (allowed.length > 0) return joined(allowed, []);
  return named.some(({ answer }) => answer === "unknown") ? joined(named, []) : { ...NO, conditions: [] };
}

const NO: Assumption = { answer: "no", conditions: [], unknowns: [] };

export interface AssumeOptions {
  /** What the caller may put into the call beside what it must: each is tried. */
  readonly choices: readonly Choice[];
  /** The session of a role that calls; nothing for any. */
  readonly sessionName?: string;
}

/** As `mayAssume`, with what is to be tried. */
export function assumptionOf(
  caller: User | Role,
  role: Role,
  graph: CompiledGraph,
  { choices, sessionName }: AssumeOptions,
): Assumption {
  const policies = [...policiesOf(caller), role.trust];
  const session: Credentials | undefined =
    sessionName === undefined ? undefined : { kind: "role-session", sessionName };
  const circumstances =
    caller.kind === "user" ? userCircumstances(policies) : sessionCircumstances(policies, session);
  const ask = (action: string, { context, absent }: Pick<Choice, "context" | "absent">): Outcome => {
    const given: Pick<AccessRequest, "context" | "absentContext"> = {
      context: { "sts:RoleSessionName": caller.name, ...context },
      absentContext: [...EXTRAS.filter((key) => !isIn(context, key)), ...absent],
    };
    return explore(circumstances, (credentials, network) =>
      evaluate(
        {
          principal: referenceOf(caller, graph),
          credentials,
          network,
          action,
          resource: referenceOf(role, graph),
          ...given,
        },
        graph,
      ),
    );
  };
  const plain = ask("sts:AssumeRole", { context: {}, absent: [] });
  const first = assumption(plain, circumstances.places, []);
  if (first.answer === "yes") return first;
  const further = choices
    .filter(({ words }) => words.length > 0)
    .map((choice) => {
      const outcome = FURTHER_ACTIONS.filter(([key]) => isIn(choice.context, key)).reduce(
        (all, [, action]) => bothOf(all, ask(action, choice)),
        ask("sts:AssumeRole", choice),
      );
      return assumption(outcome, circumstances.places, choice.words);
    });
  const allowed = further.filter(({ answer }) => answer === "yes");
  if (allowed.length > 0) return joined(allowed, []);
  return [first, ...further].some(({ answer }) => answer === "unknown")
    ? joined([first, ...further], [])
    : NO;
}

/** What a caller may put into the call, and leaves out unless a trust policy asks for it. */
const EXTRAS = ["sts:ExternalId", "sts:SourceIdentity", "sts:TransitiveTagKeys"];

/** What is put into the call and needs a permission of its own. */
const FURTHER_ACTIONS: readonly (readonly [key: RegExp, action: string])[] = [
  [/^sts:sourceidentity$/i, "sts:SetSourceIdentity"],
  [/^aws:(?:requesttag\/|tagkeys$)/i, "sts:TagSession"],
];

const CHOSEN_BY_CALLER =
  /^(?:sts:(?:externalid|sourceidentity|rolesessionname|transitivetagkeys|durationseconds)|aws:requesttag\/.*|aws:tagkeys)$/;

function choicesOf(caller: User | Role, role: Role): readonly Choice[] {
  return allowing(role.trust.document).map((statement) => {
    const demands = demandsOf(statement)
      .filter(({ lowerKey }) => CHOSEN_BY_CALLER.test(lowerKey))
      .map((demand) => ({ ...demand, values: demand.values.map((value) => withName(value, caller)) }));
    const { context, absent } = choiceOf(demands, () => true);
    return { context, absent, words: demands.map((demand) => chosenText(demand, caller)) };
  });
}

function withName(value: string, { name }: User | Role): string {
  return value.replace(/\$\{aws:username\}/gi, () => name);
}

function chosenText(demand: Demand, { name }: User | Role): string {
  if (demand.lowerKey === "sts:externalid") return "with the external id";
  const isName = demand.lowerKey === "sts:sourceidentity" && demand.values.includes(name);
  return isName ? "source identity is the caller's name" : demandText(demand);
}

/** Names of the sessions of a role that a trust policy names, if it names any. */
function sessionsOf(caller: User | Role, role: Role): readonly string[] {
  if (caller.kind !== "role") return [];
  const prefix = `:${caller.accountId}:assumed-role/${caller.name}/`;
  return allowing(role.trust.document).flatMap(({ Principal: principal }) =>
    typeof principal !== "object"
      ? []
      : listOf(principal["AWS"]).flatMap((name) => name.split(prefix).slice(1)),
  );
}

function isIn(context: Choice["context"], key: string | RegExp): boolean {
  return Object.keys(context).some((name) =>
    typeof key === "string" ? name.toLowerCase() === key.toLowerCase() : key.test(name),
  );
}

function joined(all: readonly Assumption[], besides: readonly Conditions[]): Assumption {
  const conditions = [...besides, ...all.flatMap((one) => one.conditions)];
  const distinctConditions = conditions.filter(
    (one, index) => conditions.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index,
  );
  const [first = NO] = all;
  const answer = all.find((one) => one.answer !== "no")?.answer ?? first.answer;
  return {
    answer,
    conditions: distinctConditions,
    unknowns: distinct(all.flatMap(({ unknowns }) => unknowns)),
  };
}

function assumption(
  outcome: Outcome,
  places: Parameters<typeof conditionsOf>[1],
  besides: readonly string[],
): Assumption {
  const answer = isAllowedAnywhere(outcome) ? "yes" : outcome.unknowns.length > 0 ? "unknown" : "no";
  return {
    answer,
    conditions: conditionsOf(outcome, places, besides),
    unknowns: outcome.unknowns.map(shown),
  };
}
