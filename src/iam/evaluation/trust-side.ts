import type { Role } from "../graph";
import { accountOf, type Caller, shownArn } from "./caller";
import type { CompiledGraph } from "./compiled-graph";
import { trustOf } from "./effective-policies";
import type { IdentitySide } from "./identity-side";
import { allowedBy, judgeLayer, type Layer, unknownLayer } from "./policy-layer";
import type { Question } from "./statement-match";
import { and, or, type Ternary } from "./ternary";

/** What the role that is to be assumed says. */
export interface TrustSide {
  readonly trust: Layer;
  readonly roleArn: string;
  readonly sameAccount: boolean;
  /** Allowed by both sides together, as far as both are asked. */
  readonly allow: Ternary;
  /** The trust policy names the caller in a way that suffices without the caller's own policies. */
  readonly sufficient: Ternary;
  /** The trust policy lets the caller in, before his own policies are asked. */
  readonly trusted: Ternary;
}

/**
 * Asks a role's trust policy. In the role's own account a caller who is named himself needs no permission of
 * his own; one named by his role needs to be within the role's boundary; one whose account is named needs his
 * own policies to allow it. From another account both sides must allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function trustSide(
  role: Role | undefined,
  question: Question,
  caller: Caller,
  identity: IdentitySide,
  graph: CompiledGraph,
): TrustSide {
  const { resource } = question;
  const trust =
    role === undefined ? unknownLayer(unseenRole(resource, graph)) : judgeLayer([trustOf(role)], question);
  const direct = allowedBy(trust, "direct");
  const named = allowedBy(trust, "role");
  const trusted = or(direct, or(named, allowedBy(trust, "account")));
  const roleAccount = role?.accountId ?? resource.split(":")[4];
  const callerAccount = accountOf(caller);
  const sameAccount = callerAccount === undefined || callerAccount === roleAccount;
  const sufficient = sameAccount ? or(direct, and(named, identity.withinBoundary)) : false;
  const allow = or(sufficient, and(trusted, identity.allow));
  return { trust, roleArn: role?.arn ?? resource, sameAccount, allow, sufficient, trusted };
}

function unseenRole(resource: string, graph: CompiledGraph): string {
  if (!resource.includes(":role/"))
    return `sts:AssumeRole acts on one role, got "${resource}": ask for a role's ARN`;
  const found = graph.find(resource);
  if (typeof found === "number" && found > 1)
    return `${found} roles have the ARN ${shownArn(resource)} until apply`;
  return `${shownArn(resource)} is not in the graph, nor is its trust policy`;
}
