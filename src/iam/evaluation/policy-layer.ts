import type { DecidingStatement } from "../decision";
import type { AttachedPolicy } from "../graph";
import { shownArn } from "./caller";
import type { Naming } from "./principal-match";
import {
  compileDocument,
  matchStatement,
  Notes,
  type Question,
  type StatementMatch,
} from "./statement-match";
import { and, or, type Ternary } from "./ternary";

/** A policy where it counts for a caller: his own, a group's, his boundary, or the trust of a role. */
export interface PolicyInForce {
  readonly policy: AttachedPolicy;
  readonly kind: DecidingStatement["policyKind"];
  /** ARN of the user, group or role that carries it. */
  readonly attachedTo: string;
}

/** A statement that matches, or of which that is not known. */
export interface LayerMatch {
  readonly source: PolicyInForce;
  readonly match: StatementMatch;
}

/** What one kind of policies (identity, boundary, trust) says to a question. */
export interface Layer {
  readonly allow: Ternary;
  readonly deny: Ternary;
  readonly matches: readonly LayerMatch[];
  /** Documents that are not known, each with its address and reason. */
  readonly unknownDocuments: readonly string[];
}

/** A layer without policies, which neither allows nor denies. */
export const NO_POLICIES: Layer = { allow: false, deny: false, matches: [], unknownDocuments: [] };

/** A layer of policies that nobody has seen. */
export function unknownLayer(reason: string): Layer {
  return { allow: "unknown", deny: "unknown", matches: [], unknownDocuments: [reason] };
}

/** Asks all policies of a layer. */
export function judgeLayer(policies: readonly PolicyInForce[], question: Question): Layer {
  const matches: LayerMatch[] = [];
  const unknownDocuments: string[] = [];
  const notes = new Notes(question.context);
  let allow: Ternary = false;
  let deny: Ternary = false;
  for (const source of policies) {
    const { document } = source.policy;
    if ("unknown" in document) {
      unknownDocuments.push(`${document.address}: ${document.reason}`);
      allow = or(allow, "unknown");
      deny = or(deny, "unknown");
      continue;
    }
    for (const compiled of compileDocument(document)) {
      const match = matchStatement(compiled, question, notes);
      if (match === undefined) continue;
      matches.push({ source, match });
      const applies = and(match.matched, namedAtAll(match.naming));
      if (compiled.statement.Effect === "Allow") allow = or(allow, applies);
      else deny = or(deny, applies);
    }
  }
  return { allow, deny, matches, unknownDocuments };
}

function namedAtAll(naming: Naming | undefined): Ternary {
  return naming === undefined ? true : or(naming.direct, or(naming.role, naming.account));
}

/** Whether a trust policy allows by naming the caller in one of the ways. */
export function allowedBy(layer: Layer, way: keyof Naming): Ternary {
  let allowed: Ternary = layer.unknownDocuments.length > 0 ? "unknown" : false;
  for (const { match } of layer.matches) {
    const { compiled, matched, naming } = match;
    if (compiled.statement.Effect !== "Allow" || naming === undefined) continue;
    allowed = or(allowed, and(matched, naming[way]));
  }
  return allowed;
}

/** The statements of one effect that certainly apply, or (`certain: false`) of which that is not known. */
export function statementsOf(layer: Layer, effect: "Allow" | "Deny", certain: boolean): DecidingStatement[] {
  return layer.matches
    .filter(({ match }) => match.compiled.statement.Effect === effect && isCertain(match) === certain)
    .map(decidingStatement);
}

function isCertain(match: StatementMatch): boolean {
  return and(match.matched, namedAtAll(match.naming)) === true;
}

function decidingStatement({ match, source }: LayerMatch): DecidingStatement {
  const { compiled } = match;
  const { policy, kind, attachedTo } = source;
  return {
    statement: compiled.statement,
    index: compiled.index,
    policyName: policy.name,
    policyAddress: policy.address,
    policyKind: kind,
    attachedTo,
    attachedBy: policy.attachedBy,
  };
}

/** Why the layer's answer for one effect is not certain. */
export function doubtsOf(layer: Layer, effect: "Allow" | "Deny"): string[] {
  const doubts = [...layer.unknownDocuments];
  for (const { match, source } of layer.matches) {
    if (match.compiled.statement.Effect !== effect || isCertain(match)) continue;
    const where = describeStatement(match.compiled.statement.Sid, match.compiled.index, source.policy);
    for (const reason of match.reasons) doubts.push(`${where}: ${reason}`);
  }
  return doubts;
}

/** A statement and its policy in words: `statement "DenyMostActionsWithoutMfa" of guard (aws_iam_policy.guard)`. */
export function describeStatement(sid: string | undefined, index: number, policy: AttachedPolicy): string {
  const address = policy.address === "" ? "" : ` (${policy.address})`;
  const statement = sid === undefined || sid === "" ? `statement ${index + 1}` : `statement "${sid}"`;
  return `${statement} of ${shownArn(policy.name)}${address}`;
}
