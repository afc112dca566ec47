import type { AccessGraph, AttachedPolicy } from "../../iam/graph";
import type { Supplement } from "../graph/build-graph";
import type { DraftPrincipal, GraphDraft } from "../graph/graph-draft";
import type { SourceResource } from "../resource/source-resource";
import type { PlanFile } from "./plan-file";

const EXCLUSIVE = /^aws_iam_(user|group|role)_(policies|policy_attachments)_exclusive$/;

/**
 * Policies that stay although no resource will account for them: those that the role's own lists show and nobody in
 * the plan attached (made by hand, or by another stack), and those of an exclusive list that is deleted, which
 * Terraform leaves where they are. An exclusive list that stays takes them away.
 */
export function leftovers(plan: PlanFile, before: AccessGraph, after: Iterable<SourceResource>): Supplement {
  const isReplaced = (actions: readonly string[]) =>
    actions.includes("delete") || (actions.includes("forget") && actions.includes("create"));
  const removed = new Set(
    plan.changes.filter(({ actions }) => isReplaced(actions)).map(({ address }) => address),
  );
  const deletedLists = new Set(
    plan.changes
      .filter(({ type, actions }) => EXCLUSIVE.test(type) && actions.includes("delete"))
      .map(({ address }) => address),
  );
  return (draft) => {
    const exclusive = exclusivePrincipals(after, draft);
    const now = new Map(
      [...draft.users.all, ...draft.groups.all, ...draft.roles.all].map((principal) => [
        principal.address,
        principal,
      ]),
    );
    for (const was of [...before.users, ...before.groups, ...before.roles]) {
      const principal = now.get(was.address);
      if (principal === undefined || removed.has(was.address)) continue;
      for (const policy of was.policies) {
        if (policy.attachedBy !== was.address && !deletedLists.has(policy.attachedBy)) continue;
        if (exclusive.get(principal)?.has(policy.kind === "inline" ? "policies" : "policy_attachments"))
          continue;
        keep(principal, policy, draft);
      }
    }
  };
}

function keep(principal: DraftPrincipal, policy: AttachedPolicy, draft: GraphDraft): void {
  const key = policy.kind === "inline" ? `inline:${policy.name}` : (policy.arn ?? policy.name);
  const present = policy.arn === undefined ? undefined : draft.policies.get(policy.arn);
  draft.attach(principal, key, { ...policy, ...present });
}

/** Which principals will have an exclusive list of which sort; a role can set its own lists, too. */
function exclusivePrincipals(
  resources: Iterable<SourceResource>,
  draft: GraphDraft,
): ReadonlyMap<DraftPrincipal, ReadonlySet<string>> {
  const found = new Map<DraftPrincipal, Set<string>>();
  const add = (principal: DraftPrincipal, sort: string) =>
    found.set(principal, (found.get(principal) ?? new Set()).add(sort));
  for (const resource of resources) {
    if (resource.type === "aws_iam_role") {
      const role = draft.principal("role", draft.text(resource, "name"), resource);
      if (role !== undefined && resource.attribute("inline_policy") !== undefined) add(role, "policies");
      if (role !== undefined && resource.attribute("managed_policy_arns") !== undefined) {
        add(role, "policy_attachments");
      }
    }
    const [, kind, sort] = EXCLUSIVE.exec(resource.type) ?? [];
    if ((kind !== "user" && kind !== "group" && kind !== "role") || sort === undefined) continue;
    const principal = draft.principal(kind, draft.text(resource, `${kind}_name`), resource);
    if (principal !== undefined) add(principal, sort);
  }
  return found;
}
