import type { Decision, Effect } from "../iam/decision";
import { type CompiledGraph, evaluate } from "../iam/evaluate";
import type { Role, User } from "../iam/graph";
import type { Credentials, Network } from "../iam/request";
import { type Place, sessionCircumstances, userCircumstances } from "./circumstances";
import { policiesOf, referenceOf } from "./judged-principal";
import type { Question, QuestionOutcome } from "./question-answers";
import { duration, shown } from "./shown";

/** One action on one resource. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly question: Question;
  readonly principal: User | Role;
  readonly target?: Role;
  readonly graph: CompiledGraph;
}

/** Decisions under all circumstances that the question leaves open, equal ones together, what is allowed first. */
export function outcomesOf(asked: Asked): readonly QuestionOutcome[] {
  const { question, principal, target } = asked;
  const policies = [...policiesOf(principal), ...(target === undefined ? [] : [target.trust])];
  const varied = principal.kind === "user" ? userCircumstances(policies) : sessionCircumstances(policies);
  const credentials =
    question.mfa === undefined ? varied.credentials : [givenCredentials(question.mfa, principal)];
  const places = question.network === undefined ? varied.places : [givenPlace(question.network)];
  const byDecision = new Map<string, Group>();
  for (const variant of credentials) {
    for (const place of places) {
      const decision = decisionOf(asked, variant, place.network);
      const how = credentialsText(variant, varied.credentials);
      const key = JSON.stringify([how, keyOf(decision)]);
      const group = byDecision.get(key) ?? { decision, credentials: [how], places: [] };
      byDecision.set(key, group);
      group.places.push(place);
    }
  }
  return joined([...byDecision.values()])
    .map((group) => outcome(group, places))
    .sort((left, right) => EFFECTS.indexOf(left.effect) - EFFECTS.indexOf(right.effect));
}

const EFFECTS: readonly Effect[] = ["Allowed", "Unknown", "ExplicitlyDenied", "ImplicitlyDenied"];

/** Circumstances with one decision. */
interface Group {
  readonly decision: Decision;
  readonly credentials: string[];
  readonly places: Place[];
}

/** The same decision from the same places, with several kinds of credentials. */
function joined(groups: readonly Group[]): readonly Group[] {
  const byKey = new Map<string, Group>();
  for (const group of groups) {
    const key = JSON.stringify([keyOf(group.decision), group.places.map(({ label }) => label)]);
    const present = byKey.get(key);
    if (present === undefined) byKey.set(key, group);
    else present.credentials.push(...group.credentials);
  }
  return [...byKey.values()];
}

/** Decisions are told together where the same statements decide, or the same words tell why none does. */
function keyOf({ effect, because, statements, unknowns }: Decision): unknown {
  const ids = statements.map(({ policyAddress, policyName, attachedTo, index }) => [
    policyAddress,
    policyName,
    attachedTo,
    index,
  ]);
  return [effect, ids, statements.length === 0 ? because : "", unknowns];
}

function outcome({ decision, credentials, places }: Group, all: readonly Place[]): QuestionOutcome {
  const { effect, because, statements, unknowns } = decision;
  const elsewhere = all.filter(({ isElsewhere }) => isElsewhere);
  const isEverywhereElse = elsewhere.length > 1 && elsewhere.every((place) => places.includes(place));
  const listed = places
    .filter(({ isElsewhere }) => !(isElsewhere && isEverywhereElse))
    .map(({ label }) => label);
  const from = isEverywhereElse ? [...listed, "elsewhere"] : listed;
  return {
    effect,
    credentials,
    from: all.length > 1 && places.length === all.length ? ["anywhere"] : from,
    because: plain(because),
    statements,
    unknowns: unknowns.map(plain),
  };
}

/** Unknown parts as `*`, as everywhere in a report. */
function plain(text: string): string {
  return shown(text).replaceAll("(unknown)", "*");
}

function decisionOf(
  { action, resource, question, principal, graph }: Asked,
  credentials: Credentials,
  network: Network,
): Decision {
  const given = Object.keys(question.context ?? {}).map((key) => key.toLowerCase());
  const sessionName = /^sts:assumerole$/i.test(action)
    ? { "sts:RoleSessionName": shown(principal.name) }
    : {};
  return evaluate(
    {
      principal: referenceOf(principal, graph),
      credentials,
      network,
      action,
      resource,
      ...(question.viaAwsService === true && { viaAwsService: true }),
      context: { ...sessionName, ...question.context },
      absentContext: ["sts:ExternalId", "sts:SourceIdentity"].filter(
        (key) => !given.includes(key.toLowerCase()),
      ),
    },
    graph,
  );
}

function givenPlace(network: Network): Place {
  return { label: networkText(network), network, isElsewhere: false };
}

function givenCredentials(mfa: NonNullable<Question["mfa"]>, principal: User | Role): Credentials {
  if (principal.kind === "role") return { kind: "role-session" };
  return mfa === "none"
    ? { kind: "long-term-key" }
    : { kind: "session-token", mfaAgeSeconds: mfa.ageSeconds };
}

function credentialsText(credentials: Credentials, all: readonly Credentials[]): string {
  if (credentials.kind === "role-session") return "as a session of the role";
  if (!("mfaAgeSeconds" in credentials) || credentials.mfaAgeSeconds === undefined) return "without MFA";
  const { mfaAgeSeconds } = credentials;
  const ages = all.flatMap((one) => ("mfaAgeSeconds" in one ? [one.mfaAgeSeconds ?? 0] : []));
  if (!ages.includes(mfaAgeSeconds)) return `with MFA ${duration(mfaAgeSeconds)} old`;
  if (ages.length === 1) return "with MFA";
  return mfaAgeSeconds === Math.max(...ages)
    ? `with MFA older than ${duration(Math.max(...ages.filter((age) => age < mfaAgeSeconds)))}`
    : `with MFA at most ${duration(mfaAgeSeconds)} old`;
}

function networkText(network: Network): string {
  if (network === "none") return "no network";
  return "vpc" in network ? network.vpc : network.sourceIp;
}
