import { type CompiledGraph, evaluate } from "../iam/evaluate";
import type { Role, User } from "../iam/graph";
import type { AccessRequest } from "../iam/request";
import type { Answer } from "./access-report";
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
import { shown } from "./shown";
import { allowing } from "./trust-names";

/** Whether a principal may assume a role, and under which conditions. */
export interface Assumption {
  readonly answer: Answer;
  readonly conditions: readonly Conditions[];
  readonly unknowns: readonly string[];
}

export function mayAssume(caller: User | Role, role: Role, graph: CompiledGraph): Assumption {
  const policies = [...policiesOf(caller), role.trust];
  const circumstances = caller.kind === "user" ? userCircumstances(policies) : sessionCircumstances(policies);
  const ask = (action: string, given: Pick<AccessRequest, "context" | "absentContext">): Outcome =>
    explore(circumstances, (credentials, network) =>
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
  const plain = ask("sts:AssumeRole", {
    context: { "sts:RoleSessionName": caller.name },
    absentContext: EXTRAS,
  });
  if (isAllowedAnywhere(plain)) return assumption(plain, circumstances.places);
  const extras = extrasOf(caller, role);
  if (extras.words.length === 0) return assumption(plain, circumstances.places);
  const outcome = ask("sts:AssumeRole", extras);
  const whole =
    extras.context["sts:SourceIdentity"] === undefined
      ? outcome
      : bothOf(outcome, ask("sts:SetSourceIdentity", extras));
  return assumption(whole, circumstances.places, extras.words);
}

/** What a caller may put into the call, and leaves out unless a trust policy asks for it. */
const EXTRAS = ["sts:ExternalId", "sts:SourceIdentity", "sts:TransitiveTagKeys"];

function extrasOf(caller: User | Role, role: Role) {
  const asked = new Map<string, string>();
  for (const { Condition = {} } of allowing(role.trust.document)) {
    for (const block of Object.values(Condition)) {
      for (const [key, value] of Object.entries(block)) {
        const [first = ""] = typeof value === "string" ? [value] : value;
        asked.set(key.toLowerCase(), first);
      }
    }
  }
  const context: Record<string, string> = { "sts:RoleSessionName": caller.name };
  const words: string[] = [];
  if (asked.has("sts:sourceidentity")) {
    context["sts:SourceIdentity"] = caller.name;
    words.push("source identity is the caller's name");
  }
  const externalId = asked.get("sts:externalid");
  if (externalId !== undefined) {
    context["sts:ExternalId"] = externalId;
    words.push("with the external id");
  }
  return { context, absentContext: EXTRAS.filter((key) => context[key] === undefined), words };
}

function assumption(
  outcome: Outcome,
  places: Parameters<typeof conditionsOf>[1],
  besides: readonly string[] = [],
): Assumption {
  const answer = isAllowedAnywhere(outcome) ? "yes" : outcome.unknowns.length > 0 ? "unknown" : "no";
  return {
    answer,
    conditions: conditionsOf(outcome, places, besides),
    unknowns: outcome.unknowns.map(shown),
  };
}
