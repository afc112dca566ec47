import type { DecidingStatement } from "../decision";
import type { AccessRequest } from "../request";
import { type Caller, describeCaller, shownArn } from "./caller";
import type { CompiledGraph } from "./compiled-graph";
import { boundaryOf, effectivePolicies, trustOf } from "./effective-policies";
import type { IdentitySide } from "./identity-side";
import type { PolicyInForce } from "./policy-layer";
import { compileDocument, failedCondition, type Question } from "./statement-match";
import type { TrustSide } from "./trust-side";

/** `iam:GetUser on arn:...` */
export function describeRequest(request: AccessRequest, caller: Caller): string {
  return `${request.action} on ${shownArn(request.resource)} by ${describeCaller(caller)}`;
}

/** Statements in words: `"ManageOwnKeys" of self-service (on arn:...:group/developers)`. At most three by name. */
export function describeStatements(statements: readonly DecidingStatement[]): string {
  const named = statements.slice(0, 3).map(({ statement, index, policyName, policyKind, attachedTo }) => {
    const sid =
      statement.Sid === undefined || statement.Sid === "" ? `statement ${index + 1}` : `"${statement.Sid}"`;
    const place =
      policyKind === "trust" ? "the trust policy" : `${policyKind} policy ${shownArn(policyName)}`;
    return `${sid} of ${place} on ${shownArn(attachedTo)}`;
  });
  const more = statements.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
}

/** Why nothing allows, as concretely as the policies tell. */
export function whyNotAllowed(
  question: Question,
  identity: IdentitySide,
  trust: TrustSide | undefined,
  graph: CompiledGraph,
): string {
  const { caller } = question;
  const principal = caller.kind === "user" ? caller.user : caller.kind === "role" ? caller.role : undefined;
  if (trust !== undefined && trust.trusted === false) return untrusted(question, trust, graph);
  const other = trust !== undefined && !trust.sameAccount ? ", which a role of another account needs" : "";
  if (identity.policies.allow === false) {
    const near = principal === undefined ? undefined : nearMiss(effectivePolicies(principal), question);
    return `no policy of the caller allows it${other}${near ?? ""}${identity.remark ? `: ${identity.remark}` : ""}`;
  }
  const boundary = principal === undefined ? undefined : boundaryOf(principal);
  const near = boundary === undefined ? undefined : nearMiss([boundary], question);
  return `the permissions boundary ${shownArn(boundary?.policy.name ?? "")} does not allow it${near ?? ""}`;
}

function untrusted(question: Question, trust: TrustSide, graph: CompiledGraph): string {
  const role = graph.find(trust.roleArn);
  const near =
    typeof role === "object" && role.kind === "role" ? nearMiss([trustOf(role)], question) : undefined;
  return `the trust policy of ${shownArn(trust.roleArn)} does not let the caller in${near ?? ""}`;
}

/** An Allow that fits but for one condition. */
function nearMiss(policies: readonly PolicyInForce[], question: Question): string | undefined {
  for (const { policy } of policies) {
    if ("unknown" in policy.document) continue;
    for (const compiled of compileDocument(policy.document)) {
      if (compiled.statement.Effect !== "Allow") continue;
      const failed = failedCondition(compiled, question);
      if (failed === undefined) continue;
      const sid = compiled.statement.Sid ?? `statement ${compiled.index + 1}`;
      return `: "${sid}" would, but its condition ${failed.text} does not hold`;
    }
  }
  return undefined;
}
