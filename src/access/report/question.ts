import { listOf } from "../../policies/policy-document";
import { action as knownAction } from "../actions";
import type { DecidingStatement, Effect } from "../decision";
import { actionMatches, type CompiledGraph, compileGraph, evaluate } from "../evaluate";
import type { Role, User } from "../graph";
import { mergeGraphs } from "../loaders/merge-graphs";
import type { Credentials, Network } from "../request";
import type { ReportInput } from "./build-report";
import { type Place, sessionCircumstances, userCircumstances } from "./circumstances";
import { policiesOf, probedPrincipal, referenceOf } from "./judged-principal";
import { concreteResource } from "./own-permissions";
import { PrincipalNames } from "./principals";
import { duration, shown } from "./shown";

export const ANSWER_SCHEMA_VERSION = 1;

/** May this principal do these actions? What is left open is varied. */
export interface Question {
  /** Name, `environment/name`, ARN or Terraform address of a user or role. */
  readonly principal: string;
  /** Actions by name: patterns are expanded before. */
  readonly actions: readonly string[];
  /** ARN; for sts:AssumeRole also a role's name. Nothing: what the principal's policies name, and another one. */
  readonly resource?: string;
  /** Nothing: without and with MFA, of every age that a condition asks for. */
  readonly mfa?: "none" | { readonly ageSeconds: number };
  /** Nothing: every network that a condition names, and elsewhere. */
  readonly network?: Network;
  readonly viaAwsService?: boolean;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export interface QuestionAnswers {
  readonly schemaVersion: typeof ANSWER_SCHEMA_VERSION;
  readonly principal: { readonly kind: "user" | "role"; readonly name: string; readonly arn: string };
  readonly answers: readonly QuestionAnswer[];
}

/** What is so for one action on one resource. */
export interface QuestionAnswer {
  readonly action: string;
  readonly resource: string;
  /** Circumstances that give one decision by the same statements are told together. */
  readonly outcomes: readonly QuestionOutcome[];
}

export interface QuestionOutcome {
  readonly effect: Effect;
  /** `without MFA`, `with MFA at most 1 h old`, `as a role session`. */
  readonly credentials: readonly string[];
  /** CIDRs, VPCs, `elsewhere`. */
  readonly from: readonly string[];
  readonly because: string;
  readonly statements: readonly DecidingStatement[];
  readonly unknowns: readonly string[];
}

/** A request that cannot be: its message tells why. */
export class QuestionError extends Error {
  override readonly name = "QuestionError";
}

/**
 * Answers one question for one principal, each action by itself, with the statements that decide.
 *
 * @throws UnknownPrincipalError, QuestionError
 */
export function answerQuestion(question: Question, inputs: readonly ReportInput[]): QuestionAnswers {
  const world = mergeGraphs(inputs.map(({ graph }) => graph));
  const graph = compileGraph(world);
  const names = new PrincipalNames(inputs, (own) => {
    const judged = [...world.users, ...world.roles].find(
      ({ arn, address }) => arn === own.arn && address === own.address,
    );
    return judged ?? own;
  });
  const principal = names.find(question.principal);
  if (principal.kind === "role" && question.mfa !== undefined && question.mfa !== "none") {
    throw new QuestionError(
      `${shown(principal.name)} is a role, and its sessions carry no MFA: ask without --mfa-age, or ask the user who assumes it`,
    );
  }
  return {
    schemaVersion: ANSWER_SCHEMA_VERSION,
    principal: { kind: principal.kind, name: shown(principal.name), arn: shown(principal.arn) },
    answers: question.actions.flatMap((action) =>
      resourcesOf(action, question, principal, names, graph).map(({ resource, target }) => ({
        action,
        resource: shown(target?.arn ?? resource),
        outcomes: outcomes({ action, resource, question, principal, target, graph }),
      })),
    ),
  };
}

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly question: Question;
  readonly principal: User | Role;
  readonly target: Role | undefined;
  readonly graph: CompiledGraph;
}

function outcomes({
  action,
  resource,
  question,
  principal,
  target,
  graph,
}: Asked): readonly QuestionOutcome[] {
  const policies = [...policiesOf(principal), ...(target === undefined ? [] : [target.trust])];
  const circumstances =
    principal.kind === "user" ? userCircumstances(policies) : sessionCircumstances(policies);
  const credentials =
    question.mfa === undefined ? circumstances.credentials : [givenCredentials(question.mfa, principal)];
  const places: readonly Pick<Place, "label" | "network">[] =
    question.network === undefined
      ? circumstances.places
      : [{ label: networkText(question.network), network: question.network }];
  const assumed = /^sts:assumerole$/i.test(action) ? { "sts:RoleSessionName": shown(principal.name) } : {};
  const found = new Map<string, QuestionOutcome & { credentials: string[]; from: string[] }>();
  for (const variant of credentials) {
    for (const { label, network } of places) {
      const decision = evaluate(
        {
          principal: referenceOf(principal, graph),
          credentials: variant,
          network,
          action,
          resource,
          ...(question.viaAwsService === true && { viaAwsService: true }),
          context: { ...assumed, ...question.context },
          absentContext: ["sts:ExternalId", "sts:SourceIdentity"].filter(
            (key) =>
              !Object.keys(question.context ?? {}).some((given) => given.toLowerCase() === key.toLowerCase()),
          ),
        },
        graph,
      );
      const { effect, because, statements, unknowns } = decision;
      const how = credentialsText(variant, circumstances.credentials);
      const ids = statements.map(({ policyAddress, policyName, attachedTo, index }) => [
        policyAddress,
        policyName,
        attachedTo,
        index,
      ]);
      const key = JSON.stringify([how, effect, ids, statements.length === 0 ? because : "", unknowns]);
      const present = found.get(key);
      if (present !== undefined) present.from.push(label);
      else {
        found.set(key, {
          effect,
          credentials: [how],
          from: [label],
          because: shown(because),
          statements,
          unknowns: unknowns.map(shown),
        });
      }
    }
  }
  return joined([...found.values()]);
}

/** The same decision from the same places, with several kinds of credentials. */
function joined(all: readonly (QuestionOutcome & { credentials: string[] })[]): readonly QuestionOutcome[] {
  const byKey = new Map<string, QuestionOutcome & { credentials: string[] }>();
  for (const outcome of all) {
    const { effect, from, because, statements, unknowns } = outcome;
    const key = JSON.stringify([
      effect,
      from,
      statements.length === 0
        ? because
        : statements.map((one) => [one.policyAddress, one.index, one.attachedTo]),
      unknowns,
    ]);
    const present = byKey.get(key);
    if (present === undefined) byKey.set(key, outcome);
    else present.credentials.push(...outcome.credentials);
  }
  return [...byKey.values()];
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

interface AskedResource {
  readonly resource: string;
  readonly target?: Role;
}

function resourcesOf(
  action: string,
  { resource }: Question,
  principal: User | Role,
  names: PrincipalNames,
  graph: CompiledGraph,
): readonly AskedResource[] {
  if (/^sts:(assumerole|tagsession|setsourceidentity)/i.test(action)) {
    if (resource === undefined)
      throw new QuestionError(`${action} acts on a role: give --resource ROLE, by name or ARN`);
    const target = names.find(resource, "role");
    return target.kind === "role" ? [{ resource: referenceOf(target, graph), target }] : [];
  }
  if (resource !== undefined) return [{ resource }];
  const types = knownAction(action)?.resources ?? [];
  if (types.length === 0) return [{ resource: "*" }];
  const probed = probedPrincipal(principal);
  const written = policiesOf(principal).flatMap(({ document }) =>
    "unknown" in document
      ? []
      : document.Statement.filter(
          ({ Effect, Action }) =>
            Effect === "Allow" && listOf(Action).some((pattern) => actionMatches(pattern, action)),
        ).flatMap(({ Resource }) => listOf(Resource)),
  );
  const all = [...written, "*"].map((pattern) => concreteResource(pattern, action, probed));
  return [...new Set(all)].map((one) => ({ resource: one }));
}
