import type { Decision } from "../../iam/decision";
import { type CompiledGraph, effectivePolicies, evaluateAs, type PolicyInForce } from "../../iam/evaluate";
import { actionMatches, serviceOf } from "../../iam/evaluation/action-match";
import type { Caller } from "../../iam/evaluation/caller";
import { boundaryOf } from "../../iam/evaluation/effective-policies";
import type { TemplateContext } from "../../iam/evaluation/policy-variables";
import { requestContext } from "../../iam/evaluation/request-context";
import { isTrustAction } from "../../iam/evaluation/service-rules";
import { type CompiledStatement, compileDocument } from "../../iam/evaluation/statement-match";
import { type AttachedPolicy, type Role, UNKNOWN_PART, type User } from "../../iam/graph";
import { listOf } from "../../iam/policy-document";
import type { AccessRequest, Credentials, Network } from "../../iam/request";
import { coversResource } from "../world/allowed-samples";
import { ROLE_SESSION, WITH_MFA } from "../world/credential-samples";
import { samplesOf } from "../world/resource-samples";
import { chosenContexts } from "./chosen-context";
import { networksNamed } from "./named-networks";

/** A question with its answer. */
export interface Answer {
  readonly request: AccessRequest;
  readonly decision: Decision;
}

/** Keys that a step sets itself, and keys that its request certainly lacks. */
export interface Given {
  readonly context?: Readonly<Record<string, string>>;
  readonly absent?: readonly string[];
}

/** How many questions were asked: a measure of cost. */
export interface Counter {
  questions: number;
}

const BOUNDARY = "iam:permissionsboundary";
const KEYS: readonly Credentials[] = [WITH_MFA, { kind: "long-term-key" }];

const NONE: readonly CompiledStatement[] = [];

/** Services whose actions the statements name; any where one names no service or all but some. */
function servicesOf(statements: readonly CompiledStatement[]): {
  readonly any: boolean;
  readonly named: ReadonlySet<string>;
} {
  const named = new Set<string>();
  let any = false;
  for (const { statement } of statements) {
    if (statement.Action === undefined) any = true;
    for (const pattern of listOf(statement.Action)) {
      const service = serviceOf(pattern.toLowerCase());
      if (/^[a-z0-9-]+$/.test(service)) named.add(service);
      else any = true;
    }
  }
  return { any, named };
}

function nothing(): void {}

/** The variable of self-service. */
const USERNAME = "${aws:username}";
/** A wildcard, another variable, or a part that is known only after apply. */
const OPEN = new RegExp(`[*?$${UNKNOWN_PART}]`);

function without(
  context: Readonly<Record<string, string>>,
  absent: readonly string[] = [],
): Readonly<Record<string, string>> {
  if (absent.length === 0) return context;
  const gone = new Set(absent.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(context).filter(([key]) => !gone.has(key)));
}

function covers({ actions }: CompiledStatement, action: string): boolean {
  return actions.set.covers(action.toLowerCase()) !== actions.negated;
}

/**
 * A principal, as the graph has it or as it would be after a change, with what it may do. A step counts if any way of
 * signing, any network and any choice of what the caller itself writes into the request allows it.
 */
export class Actor {
  readonly policies: readonly PolicyInForce[];
  private readonly allows = new Map<string, readonly CompiledStatement[] | "anything">();
  private readonly statements: readonly CompiledStatement[];
  private readonly isUnknown: boolean;
  private readonly services: { readonly any: boolean; readonly named: ReadonlySet<string> };
  private identity: TemplateContext | undefined;
  private readonly signing: readonly Credentials[];
  private networks: readonly Network[] | undefined;

  constructor(
    private readonly graph: CompiledGraph,
    readonly principal: User | Role,
    private readonly counter: Counter,
  ) {
    this.policies = effectivePolicies(principal);
    const documents = this.policies.map(({ policy }) => policy.document);
    this.isUnknown = documents.some((document) => "unknown" in document);
    this.statements = documents.flatMap((document) =>
      "unknown" in document
        ? []
        : compileDocument(document).filter(({ statement }) => statement.Effect === "Allow"),
    );
    this.services = servicesOf(this.statements);
    this.signing = principal.kind === "user" ? KEYS : [ROLE_SESSION];
  }

  /** Whether any Allow covers the action, on whatever resource: most principals fail most steps here, at no cost. */
  grants(action: string): boolean {
    const allowing = this.allowing(action);
    return allowing === "anything" || allowing.length > 0;
  }

  /** The Allows that cover an action, on whatever resource; anything for a document that is not known. */
  private allowing(action: string): readonly CompiledStatement[] | "anything" {
    let known = this.allows.get(action);
    if (known === undefined) {
      known = this.isUnknown ? "anything" : this.covering(action);
      this.allows.set(action, known);
    }
    return known;
  }

  /** Whether an Allow speaks of a service at all: most principals have nothing to do with most services. */
  mayUse(service: string): boolean {
    return this.isUnknown || this.services.any || this.services.named.has(service);
  }

  /** Whether an Allow that covers the action names its service, and not everything or everything but some. */
  names(action: string): boolean {
    const allowing = this.allowing(action);
    if (allowing === "anything") return false;
    const prefix = `${serviceOf(action)}:`;
    return allowing.some(({ statement }) =>
      listOf(statement.Action).some(
        (pattern) => pattern.toLowerCase().startsWith(prefix) && actionMatches(pattern, action),
      ),
    );
  }

  private covering(action: string): readonly CompiledStatement[] {
    if (!this.mayUse(serviceOf(action))) return NONE;
    return this.statements.filter((one) => covers(one, action));
  }

  /** Resource patterns of the Allows that cover an action. */
  private patternsOf(action: string): readonly string[] {
    const allowing = this.allowing(action);
    if (allowing === "anything") return ["*"];
    return allowing.flatMap(({ statement }) =>
      statement.Resource === undefined ? ["*"] : listOf(statement.Resource),
    );
  }

  /** Whether some Allow covers the action on the resource, before conditions, Denies and boundaries are asked. */
  private mayAllow(action: string, resource: string): boolean {
    // a trust policy can suffice
    if (isTrustAction(action.toLowerCase())) return true;
    const allowing = this.allowing(action);
    return (
      allowing === "anything" ||
      allowing.some((compiled) => coversResource(compiled, resource, this.variables))
    );
  }

  /** What policy variables stand for. */
  private get variables(): TemplateContext {
    this.identity ??= this.identityContext();
    return this.identity;
  }

  private identityContext(): TemplateContext {
    const request: AccessRequest = {
      principal: this.principal.arn,
      credentials: this.signing[0] ?? ROLE_SESSION,
      network: "none",
      action: "sts:GetCallerIdentity",
      resource: "*",
    };
    const { lookup } = requestContext({ request, caller: this.caller(), mayTagSessions: false });
    return { lookup, note: nothing };
  }

  /**
   * The only resources that the Allows of an action can cover, where no pattern of theirs has a wildcard: self-service
   * names the user itself, and nobody else need be asked about.
   */
  onlyTargets(action: string): readonly string[] | undefined {
    const patterns = this.patternsOf(action).map((pattern) =>
      pattern.replaceAll(USERNAME, this.principal.name),
    );
    return patterns.some((pattern) => OPEN.test(pattern)) ? undefined : patterns;
  }

  /** The answer for one resource, if it is allowed or not known to be denied. An Allow is preferred. */
  on(action: string, resource: string, given: Given = {}, trust?: AttachedPolicy): Answer | undefined {
    if (!this.mayAllow(action, resource)) return undefined;
    let perhaps: Answer | undefined;
    const allowing = this.allowing(action);
    const absent = this.isFact(action, resource) ? [...(given.absent ?? []), BOUNDARY] : given.absent;
    for (const context of chosenContexts(allowing === "anything" ? this.statements : allowing)) {
      for (const credentials of this.signing) {
        for (const network of this.networksFor(trust)) {
          const answer = this.ask({
            principal: this.principal.arn,
            credentials,
            network,
            action,
            resource,
            context: { ...without(context, absent), ...given.context },
            ...(given.absent && { absentContext: given.absent }),
          });
          if (answer.decision.effect === "Allowed") return answer;
          if (answer.decision.effect === "Unknown") perhaps ??= answer;
        }
      }
    }
    return perhaps;
  }

  /** The boundary of a principal that exists is what it is, and not the caller's to choose. */
  private isFact(action: string, resource: string): boolean {
    return !/^iam:(?:Create|Put\w+Boundary$)/i.test(action) && typeof this.graph.find(resource) === "object";
  }

  /** The answer for the first of the resources that the policies name for the action. */
  somewhere(action: string): Answer | undefined {
    if (!this.grants(action)) return undefined;
    let perhaps: Answer | undefined;
    for (const resource of samplesOf(this.patternsOf(action), action, this.principal)) {
      const answer = this.on(action, resource);
      if (answer?.decision.effect === "Allowed") return answer;
      perhaps ??= answer;
    }
    return perhaps;
  }

  /** Resources that the Allows of an action name, their wildcards filled in. */
  resourcesOf(action: string): readonly string[] {
    return samplesOf(this.patternsOf(action), action, this.principal);
  }

  private ask(request: AccessRequest): Answer {
    this.counter.questions++;
    return { request, decision: evaluateAs(this.caller(), request, this.graph) };
  }

  private caller(): Caller {
    const { arn, accountId, name } = this.principal;
    return this.principal.kind === "user"
      ? { kind: "user", arn, accountId, name, user: this.principal }
      : { kind: "role", arn, accountId, name, role: this.principal, sessionName: "proof" };
  }

  private networksFor(trust: AttachedPolicy | undefined): readonly Network[] {
    const boundary = boundaryOf(this.principal);
    this.networks ??= networksNamed(
      [...this.policies, ...(boundary === undefined ? [] : [boundary])].map(({ policy }) => policy.document),
    );
    if (trust === undefined) return this.networks;
    const asked = networksNamed([trust.document]);
    return asked.length > 1 ? [...asked, ...this.networks.slice(0, -1)] : this.networks;
  }
}
