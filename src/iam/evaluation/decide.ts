import type { DecidingStatement, Decision } from "../decision";
import type { AccessRequest } from "../request";
import { accountOf, type Caller } from "./caller";
import type { CompiledGraph } from "./compiled-graph";
import { describeRequest, describeStatements, whyNotAllowed } from "./explanation";
import type { IdentitySide } from "./identity-side";
import { doubtsOf, type Layer, statementsOf } from "./policy-layer";
import { isOtherAccount, needsNoPermission, serviceRefusal } from "./service-rules";
import type { Question } from "./statement-match";
import { and, or, type Ternary } from "./ternary";
import type { TrustSide } from "./trust-side";

/** Everything that was asked about one request. */
export interface Evidence {
  readonly request: AccessRequest;
  readonly question: Question;
  readonly identity: IdentitySide;
  /** For actions that a role's trust policy decides. */
  readonly trust: TrustSide | undefined;
  readonly graph: CompiledGraph;
}

/**
 * Weighs the evidence. A Deny that certainly applies wins over everything; what certainly nothing allows is
 * denied whether or not a Deny applies too; an Allow beside a Deny that may apply is Unknown.
 */
export function decide(evidence: Evidence): Decision {
  const { request, question, identity, trust } = evidence;
  const { caller, action } = question;
  const what = (): string => describeRequest(request, caller);
  const freedom =
    caller.kind === "web-identity" || caller.kind === "service" ? undefined : needsNoPermission(action);
  if (freedom === "cannot be denied") {
    return decision(
      "Allowed",
      [],
      () => `${what()} is allowed: AWS asks for no permission, and no policy can deny it`,
    );
  }
  const misfit = credentialsMisfit(request, caller);
  if (misfit !== undefined)
    return decision("Unknown", [], () => `${what()} cannot be judged: ${misfit}`, [misfit]);
  const layers = layersOf(evidence);
  const deny = or(identity.deny, trust?.trust.deny ?? false);
  if (deny === true) {
    const denying = layers.flatMap((layer) => statementsOf(layer, "Deny", true));
    return decision(
      "ExplicitlyDenied",
      denying,
      () => `${what()} is denied by ${describeStatements(denying)}`,
    );
  }
  const refusal = serviceRefusal(request, action, caller);
  if (refusal !== undefined)
    return decision("ImplicitlyDenied", [], () => `${what()} is refused: ${refusal}`);
  const elsewhere = trust === undefined ? otherSide(request, caller) : undefined;
  const granted = freedom === undefined ? (trust?.allow ?? ownAllow(evidence)) : true;
  const allow = and(granted, elsewhere === undefined ? true : "unknown");
  if (allow === false) {
    const why = (): string => whyNotAllowed(question, identity, trust, evidence.graph);
    return decision("ImplicitlyDenied", [], () => `${what()} is not allowed: ${why()}`);
  }
  if (allow === "unknown" || deny === "unknown") return undecided(evidence, what, allow, elsewhere);
  const allowing = allowingStatements(evidence);
  const remark = freedom === undefined ? identity.remark : "AWS asks for no permission";
  const allowed = decision("Allowed", allowing, () =>
    allowing.length > 0
      ? `${what()} is allowed by ${describeStatements(allowing)}`
      : `${what()} is allowed: ${remark ?? "nothing else is needed"}`,
  );
  const limit = limitOf(action, request.resource);
  return limit === undefined ? allowed : Object.assign(allowed, { limits: [limit] });
}

/** A service has no policies of its own: what it may do is in resource policies, which the graph does not hold. */
function ownAllow({ identity, question }: Evidence): Ternary {
  return question.caller.kind === "service" ? "unknown" : identity.allow;
}

/** The sentence is made when it is read: proofs ask many questions and read few. */
function decision(
  effect: Decision["effect"],
  statements: readonly DecidingStatement[],
  sentence: () => string,
  unknowns: readonly string[] = [],
): Decision {
  return {
    effect,
    statements,
    get because() {
      return sentence();
    },
    unknowns,
  };
}

function layersOf({ identity, trust }: Evidence): Layer[] {
  const layers = [identity.policies];
  if (identity.boundary !== undefined) layers.push(identity.boundary);
  if (trust !== undefined) layers.push(trust.trust);
  return layers;
}

/** All Allows that took part: the trust policy alone where that suffices, else both sides and the boundary. */
function allowingStatements(evidence: Evidence): DecidingStatement[] {
  const { trust } = evidence;
  if (trust !== undefined && trust.sufficient === true) return statementsOf(trust.trust, "Allow", true);
  return layersOf(evidence).flatMap((layer) => statementsOf(layer, "Allow", true));
}

function undecided(
  evidence: Evidence,
  what: () => string,
  allow: Ternary,
  elsewhere: string | undefined,
): Decision {
  const layers = layersOf(evidence);
  const doubts = layers.flatMap((layer) => doubtsOf(layer, "Deny"));
  if (allow === "unknown") {
    doubts.push(...layers.flatMap((layer) => doubtsOf(layer, "Allow")));
    if (elsewhere !== undefined) doubts.push(elsewhere);
  }
  const unknowns = [...new Set(doubts)];
  const statements = layers.flatMap((layer) => [
    ...statementsOf(layer, "Deny", false),
    ...statementsOf(layer, "Allow", false),
  ]);
  const more = unknowns.length > 1 ? ` (and ${unknowns.length - 1} more)` : "";
  const because = (): string =>
    `whether ${what()} is allowed is not known: ${unknowns[0] ?? "a principal is not known"}${more}`;
  return decision("Unknown", statements, because, unknowns);
}

/** The account that a resource belongs to, as far as its ARN or the request says. */
function ownerOf({ resource, context = {} }: AccessRequest): string {
  const account = resource.split(":")[4] ?? "";
  if (account !== "") return account;
  const [, stated = ""] =
    Object.entries(context).find(([key]) => key.toLowerCase() === "aws:resourceaccount") ?? [];
  return typeof stated === "string" ? stated : (stated[0] ?? "");
}

/** What the graph lacks to answer for a resource that another side has a say in. */
function otherSide(request: AccessRequest, caller: Caller): string | undefined {
  if (caller.kind === "service") return `resource policies that name ${caller.name} are not in the graph`;
  const account = ownerOf(request);
  const own = accountOf(caller);
  if (own === undefined || !isOtherAccount(account, own)) return undefined;
  return `the resource belongs to account ${account}, and its resource policy is not in the graph`;
}

/** What an Allow takes for given, because the policy that could say otherwise is in no graph. */
function limitOf(action: string, resource: string): string | undefined {
  if (action.startsWith("kms:")) {
    return "taken that the key's own policy lets the account decide: without that no identity policy allows anything";
  }
  if (action.startsWith("s3:") && /^arn:[^:]*:s3:::/.test(resource)) {
    return "taken that the bucket is the caller's account's and that its policy does not deny: its ARN names no account";
  }
  return undefined;
}

/** A question that puts together what does not belong together is not answered. */
function credentialsMisfit(request: AccessRequest, caller: Caller): string | undefined {
  const { kind } = request.credentials;
  const isUserKind = kind === "long-term-key" || kind === "session-token" || kind === "console-password";
  const fits =
    caller.kind === "user" || caller.kind === "root"
      ? isUserKind
      : caller.kind === "role"
        ? !isUserKind
        : caller.kind !== "web-identity" || kind === "web-identity";
  return fits
    ? undefined
    : `${kind} credentials do not belong to ${caller.kind === "role" ? "a role" : "this principal"}`;
}
