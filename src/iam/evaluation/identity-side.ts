import type { Caller } from "./caller";
import { shownArn } from "./caller";
import type { CompiledGraph } from "./compiled-graph";
import { judgeLayer, type Layer, NO_POLICIES, unknownLayer } from "./policy-layer";
import type { Question } from "./statement-match";
import { and, or, type Ternary } from "./ternary";

/** What the caller's own account says: its policies and those of its groups, within the permissions boundary. */
export interface IdentitySide {
  readonly policies: Layer;
  /** Nothing when the caller has no boundary. */
  readonly boundary: Layer | undefined;
  /** The boundary lets it through: true without one. */
  readonly withinBoundary: Ternary;
  /** Allowed by the policies and within the boundary. */
  readonly allow: Ternary;
  readonly deny: Ternary;
  /** For callers without policies in the graph. */
  readonly remark?: string;
}

/** Asks the caller's own policies. */
export function identitySide(caller: Caller, question: Question, graph: CompiledGraph): IdentitySide {
  switch (caller.kind) {
    case "user":
    case "role": {
      const principal = caller.kind === "user" ? caller.user : caller.role;
      if (principal === undefined)
        return unseen(`${shownArn(caller.arn)} is not in the graph, nor are its policies`);
      const compiled = graph.principal(principal);
      const policies = judgeLayer(compiled.identity, question);
      const boundary =
        compiled.boundary === undefined ? undefined : judgeLayer([compiled.boundary], question);
      return side(policies, boundary);
    }
    case "root":
      return { ...side(NO_POLICIES, undefined), allow: true, remark: "no IAM policy limits the root user" };
    case "service":
      return { ...side(NO_POLICIES, undefined), remark: `${caller.name} has no identity policies` };
    case "web-identity":
      return { ...side(NO_POLICIES, undefined), remark: "the bearer of a token has no identity policies" };
    case "unidentified":
      return unseen(caller.reason);
  }
}

function side(policies: Layer, boundary: Layer | undefined): IdentitySide {
  const withinBoundary = boundary === undefined ? true : boundary.allow;
  return {
    policies,
    boundary,
    withinBoundary,
    allow: and(policies.allow, withinBoundary),
    deny: boundary === undefined ? policies.deny : or(policies.deny, boundary.deny),
  };
}

/** A caller whose policies, and boundary, nobody has seen. */
function unseen(reason: string): IdentitySide {
  return { ...side(unknownLayer(reason), undefined), withinBoundary: "unknown" };
}
