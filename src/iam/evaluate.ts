import type { Decision } from "./decision";
import { type Caller, callerOf } from "./evaluation/caller";
import { type CompiledGraph, compileGraph } from "./evaluation/compiled-graph";
import { decide } from "./evaluation/decide";
import { identitySide } from "./evaluation/identity-side";
import { requestContext } from "./evaluation/request-context";
import { isTrustAction } from "./evaluation/service-rules";
import { trustSide } from "./evaluation/trust-side";
import type { AccessGraph } from "./graph";
import type { AccessRequest } from "./request";

export { actionMatches } from "./evaluation/action-match";
export { type CompiledGraph, compileGraph } from "./evaluation/compiled-graph";
export { effectivePolicies } from "./evaluation/effective-policies";
export type { PolicyInForce } from "./evaluation/policy-layer";
export { and, every, not, or, some, type Ternary } from "./evaluation/ternary";
export { matchesWildcard } from "./evaluation/wildcard";

/**
 * Answers whether a principal, with these credentials and from this network, may do an action on a resource,
 * and which statements decided.
 *
 * Asked are identity policies, those of groups, permissions boundaries and the trust policies of roles, within
 * an account and across accounts. Not in the graph, and so taken not to exist: service and resource control
 * policies, session policies, and resource policies other than trust. What the answer hinges on and nobody
 * knows makes it Unknown.
 *
 * @param graph Compile it once with `compileGraph` and change it no more; a plain graph is compiled on first use.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @example
 * ```ts
 * import { accessGraph, evaluate, policyDocument } from "iam-baseline/iam";
 *
 * const graph = accessGraph({
 *   users: [
 *     {
 *       name: "anna",
 *       policies: [
 *         policyDocument(
 *           { Effect: "Allow", Action: "s3:*", Resource: "*" },
 *           {
 *             Effect: "Deny",
 *             Action: "*",
 *             Resource: "*",
 *             Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
 *           },
 *         ),
 *       ],
 *     },
 *   ],
 * });
 * const request = {
 *   principal: "arn:aws:iam::111122223333:user/anna",
 *   network: { sourceIp: "203.0.113.7" },
 *   action: "s3:GetObject",
 *   resource: "arn:aws:s3:::site/index.html",
 * } as const;
 * evaluate({ ...request, credentials: { kind: "session-token", mfaAgeSeconds: 60 } }, graph).effect; // "Allowed"
 * evaluate({ ...request, credentials: { kind: "session-token" } }, graph).effect; // "ExplicitlyDenied"
 * ```
 */
export function evaluate(request: AccessRequest, graph: AccessGraph | CompiledGraph): Decision {
  const compiled = compileGraph(graph);
  return evaluateAs(callerOf(request, compiled), request, compiled);
}

/**
 * The same for a caller that the graph need not hold: a principal as it would be after a change. `request.principal` is
 * not looked up.
 */
export function evaluateAs(caller: Caller, request: AccessRequest, compiled: CompiledGraph): Decision {
  const action = request.action.toLowerCase();
  const found = compiled.find(request.resource);
  const target = typeof found === "object" ? found : undefined;
  const asked = target === undefined ? request : { ...request, resource: target.arn };
  const mayTagSessions =
    caller.kind === "role" && caller.role !== undefined && compiled.principal(caller.role).mayTagSessions;
  const context = requestContext({ request: asked, caller, target, mayTagSessions });
  const question = { action, resource: asked.resource, caller, context };
  const identity = identitySide(caller, question, compiled);
  const role = target?.kind === "role" ? target : undefined;
  const trust = isTrustAction(action) ? trustSide(role, question, caller, identity, compiled) : undefined;
  return decide({ request: asked, question, identity, trust, graph: compiled });
}
