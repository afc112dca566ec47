import { type CompiledGraph, evaluate } from "../../iam/evaluate";
import { type Role, UNKNOWN_PART } from "../../iam/graph";
import type { Assumer } from "../access-report";
import {
  conditionsOf,
  explore,
  isAllowedAnywhere,
  type Outcome,
  sessionCircumstances,
} from "../circumstances";
import { referenceOf } from "../judged-principal";
import { shown } from "../shown";
import { choiceOf, isClaimKey } from "./choice";
import { commonTexts } from "./common-texts";
import { type Demand, demandsAbsence, demandsOf, demandText, isPositive, matching } from "./demands";
import { type Found, notKnown, untried } from "./found-assumer";
import { anySubject, subjectName } from "./provider-names";
import { assumeActionOf, isAssertion, type TrustEntry } from "./trust-entries";

/** A claim of a token that a statement asks for. */
interface ClaimDemand extends Demand {
  readonly claim: string;
}

/**
 * Who comes with a token or an assertion of an identity provider: each subject that the statement names, or anybody
 * whom the provider identifies, with whatever else of the token is asked for.
 */
export function tokenFound(entry: TrustEntry, role: Role, graph: CompiledGraph): Found {
  const provider = entry.value;
  const declared = graph.findProvider(provider);
  const url = urlOf(provider, declared?.url);
  const demands = demandsOf(entry.statement);
  const claims = claimsOf(demands, url);
  const subjects = subjectsOf(claims);
  if (url.includes(UNKNOWN_PART)) {
    const names = subjects.length === 0 ? [anySubject(url)] : subjects.map((one) => subjectName(url, one));
    const reason = "the identity provider is known only after apply";
    const kind = isAssertion(entry) ? "saml" : "web-identity";
    return { assumers: names.map((name) => notKnown(kind, name, [reason])), isExhausted: true };
  }
  const tried = { entry, role, graph, url, demands, claims };
  const found = (subjects.length === 0 ? [undefined] : subjects).map((subject) =>
    subjectFound(subject, tried),
  );
  return { assumers: found, isExhausted: true };
}

function urlOf(provider: string, declared: string | undefined): string {
  if (provider.includes(":saml-provider/")) return "saml";
  return declared ?? provider.split(":oidc-provider/")[1] ?? provider;
}

/** Keys of a provider are its URL and the claim; those of a provider that is not known yet end in the claim all the same. */
function claimsOf(demands: readonly Demand[], url: string): readonly ClaimDemand[] {
  const prefix = `${url.toLowerCase()}:`;
  return demands.flatMap((demand) => {
    const { lowerKey } = demand;
    if (lowerKey.startsWith(prefix)) return [{ ...demand, claim: lowerKey.slice(prefix.length) }];
    return lowerKey.includes(UNKNOWN_PART) ? claimsOfUnknownKey(demand) : [];
  });
}

/** Of a key that is not known as a whole only its values tell which claim it is about. */
function claimsOfUnknownKey(demand: Demand): readonly ClaimDemand[] {
  const claim = demand.lowerKey.slice(demand.lowerKey.lastIndexOf(":") + 1);
  if (!claim.includes(UNKNOWN_PART)) return [{ ...demand, claim }];
  const isSubject = (value: string) => SUBJECT.test(value);
  return [
    { ...demand, claim: "sub", values: demand.values.filter(isSubject) },
    { ...demand, claim: "aud", values: demand.values.filter((value) => !isSubject(value)) },
  ].filter(({ values }) => values.length > 0);
}

/** Subjects of Kubernetes, GitHub and GitLab. */
const SUBJECT = /^(?:system:serviceaccount|repo|project_path):/;

function subjectsOf(claims: readonly ClaimDemand[]): readonly string[] {
  return [
    ...new Set(
      claims.filter((one) => one.claim === "sub" && isPositive(one)).flatMap(({ values }) => values),
    ),
  ];
}

interface Tried {
  readonly entry: TrustEntry;
  readonly role: Role;
  readonly graph: CompiledGraph;
  readonly url: string;
  readonly demands: readonly Demand[];
  readonly claims: readonly ClaimDemand[];
}

/** @param subject as the statement names it; nothing where it names none */
function subjectFound(subject: string | undefined, tried: Tried): Assumer {
  const { entry, url, demands, claims } = tried;
  const kind = url === "saml" ? "saml" : "web-identity";
  const name = subject === undefined ? anySubject(url, entry.value) : subjectName(url, subject);
  const others = claims.filter(({ claim }) => claim !== "sub" && claim !== "aud");
  const excluded = claims.filter(
    (one) => one.claim === "sub" && !isPositive(one) && demandsAbsence(one) === undefined,
  );
  const audiences = subject === undefined ? claims.filter(({ claim }) => claim === "aud") : [];
  const besides = [...excluded, ...others, ...audiences].map((demand) => claimText(demand, url));
  const unknowns = new Set<string>();
  for (const sub of subjectValues(subject, tried)) {
    const { outcome, places, words } = asked(sub, tried);
    if (isAllowedAnywhere(outcome)) {
      const conditions = conditionsOf(outcome, places, [...besides, ...words]);
      return { kind, name, answer: "yes", conditions, unknowns: outcome.unknowns.map(shown) };
    }
    for (const reason of outcome.unknowns) unknowns.add(reason);
  }
  if (unknowns.size > 0) return notKnown(kind, name, [...unknowns]);
  return notKnown(kind, name, [isLiteral(subject, claims) ? LITERAL : untried(entry, demands)]);
}

const LITERAL =
  "StringEquals compares * as it is written, and no token has it: StringLike takes it for a wildcard";

function isLiteral(subject: string | undefined, claims: readonly ClaimDemand[]): boolean {
  if (subject === undefined || !/[*?]/.test(subject)) return false;
  return claims.some(
    ({ claim, values, operator }) =>
      claim === "sub" &&
      values.includes(subject) &&
      operator?.comparison.type === "string" &&
      !operator.comparison.wildcards,
  );
}

/** Subjects to try: what all conditions match, another, and those that conditions of a Deny spare. */
function subjectValues(subject: string | undefined, { role, url, claims }: Tried): readonly string[] {
  const { document } = role.trust;
  const denied = "unknown" in document ? [] : document.Statement.filter(({ Effect }) => Effect === "Deny");
  const spared = denied
    .flatMap((statement) => claimsOf(demandsOf(statement), url))
    .filter(({ claim, operator }) => claim === "sub" && operator?.negated === true)
    .flatMap(({ values }) => values);
  if (subject === undefined) return ["unlisted-example", ...spared.map(matching)];
  const demanded = claims.filter((one) => one.claim === "sub" && isPositive(one)).map(({ values }) => values);
  const common = commonTexts(subject, demanded);
  return [...new Set([matching(subject), ...common, ...spared.map(matching)])];
}

function asked(sub: string, { entry, role, graph, demands, claims }: Tried) {
  const chosen = choiceOf(claims, () => true);
  const values: Record<string, string> = {};
  for (const { key, claim } of claims) {
    const value = chosen.context[key];
    if (value !== undefined) values[claim] = typeof value === "string" ? value : (value[0] ?? "");
  }
  const declared = graph.findProvider(entry.value);
  values["aud"] ??= declared?.clientIds[0] ?? "sts.amazonaws.com";
  const isKey = new Set(claims.map(({ lowerKey }) => lowerKey));
  const further = choiceOf(demands, (key) => !isKey.has(key) && !isClaimKey(key));
  const credentials = { kind: "web-identity", claims: { ...values, sub } } as const;
  const circumstances = sessionCircumstances([role.trust], credentials);
  const outcome: Outcome = explore(circumstances, (_credentials, network) =>
    evaluate(
      {
        principal: entry.value,
        credentials,
        network,
        action: assumeActionOf(entry.value),
        resource: referenceOf(role, graph),
        context: further.context,
        absentContext: further.absent,
      },
      graph,
    ),
  );
  return { outcome, places: circumstances.places, words: further.words };
}

/** A claim without the name of its provider, which stands beside it. */
function claimText(demand: ClaimDemand, url: string): string {
  return demandText({ ...demand, key: url === "saml" ? demand.key : demand.claim });
}
