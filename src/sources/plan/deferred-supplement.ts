import type { Supplement } from "../graph/build-graph";
import type { DraftPrincipal, GraphDraft, PrincipalKind } from "../graph/graph-draft";
import { RecordedResource } from "../resource/recorded-resource";
import type { Provider } from "../resource/source-resource";
import type { DeferredChange } from "./deferred-changes";
import type { PlanFile } from "./plan-file";
import { deferredUnknown } from "./plan-unknowns";

const ATTACHING = /^aws_iam_(user|group|role)_policy(?:_attachment)?$/;
const KINDS: readonly PrincipalKind[] = ["user", "group", "role"];

/**
 * Policies and memberships that a plan defers: whoever they name may come to have them, and what he may do is then not
 * known. Where the plan does not know yet whom they name, that is told for itself.
 */
export function deferredSupplement(plan: PlanFile, provider: Provider): Supplement {
  return (draft) => {
    for (const deferred of plan.deferred) {
      const { change } = deferred;
      if (change.mode !== "managed" || change.after === undefined) continue;
      const resource = new RecordedResource(
        change.address,
        change.type,
        change.mode,
        change.after,
        provider,
        draft.parts,
      );
      for (const [kind, name] of named(resource, change.type, draft)) {
        const principal = name === "" ? undefined : draft.principal(kind, name, resource);
        if (principal !== undefined) attachDeferred(principal, deferred, draft);
      }
    }
  };
}

function named(
  resource: RecordedResource,
  type: string,
  draft: GraphDraft,
): readonly (readonly [PrincipalKind, string])[] {
  const kind = ATTACHING.exec(type)?.[1] as PrincipalKind | undefined;
  if (kind !== undefined) return [[kind, draft.text(resource, kind)]];
  switch (type) {
    case "aws_iam_policy_attachment":
      return KINDS.flatMap((one) => draft.texts(resource, `${one}s`).map((name) => [one, name] as const));
    case "aws_iam_user_group_membership":
      return [["user", draft.text(resource, "user")]];
    case "aws_iam_group_membership":
      return draft.texts(resource, "users").map((name) => ["user", name] as const);
    default:
      return [];
  }
}

function attachDeferred(principal: DraftPrincipal, deferred: DeferredChange, draft: GraphDraft): void {
  const document = deferredUnknown(deferred);
  const { address } = document;
  const name = "policy that Terraform defers";
  draft.attach(principal, `deferred:${address}`, {
    kind: "inline",
    name,
    address,
    document,
    attachedBy: address,
  });
}
