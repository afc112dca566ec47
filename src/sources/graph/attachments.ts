import type { AttachedPolicy } from "../../iam/graph";
import { blocks } from "../resource/json-shape";
import type { SourceResource } from "../resource/source-resource";
import { UnknownValue } from "../resource/unknown-parts";
import type { DraftPrincipal, GraphDraft, PrincipalKind } from "./graph-draft";

/** `aws_iam_user_policy` and its siblings: one inline policy. */
export function addInlinePolicy(kind: PrincipalKind, resource: SourceResource, draft: GraphDraft): void {
  const name = draft.text(resource, "name");
  const policy: AttachedPolicy = {
    kind: "inline",
    name: draft.shown(name, resource, "name"),
    address: resource.address,
    document: draft.document(resource, "policy"),
    attachedBy: resource.address,
  };
  place(kind, draft.text(resource, kind), kind, `inline:${name}`, policy, resource, draft);
}

/** `aws_iam_user_policy_attachment` and its siblings: one managed policy. */
export function addAttachment(kind: PrincipalKind, resource: SourceResource, draft: GraphDraft): void {
  const arn = draft.text(resource, "policy_arn");
  const policy = draft.policy(arn, `${resource.address}.policy_arn`, resource.address);
  place(kind, draft.text(resource, kind), kind, arn, policy, resource, draft);
}

/** `aws_iam_policy_attachment`: one managed policy on lists of users, groups and roles. */
export function addSharedAttachment(resource: SourceResource, draft: GraphDraft): void {
  const arn = draft.text(resource, "policy_arn");
  const policy = draft.policy(arn, `${resource.address}.policy_arn`, resource.address);
  for (const kind of ["user", "group", "role"] as const) {
    for (const name of draft.texts(resource, `${kind}s`)) {
      place(kind, name, `${kind}s`, arn, policy, resource, draft);
    }
  }
}

/**
 * What a role carries by itself: `inline_policy` blocks and `managed_policy_arns`. States have them for every role,
 * whoever attached the policies; those that a resource of its own accounts for are there already.
 */
export function addRolePolicies(resource: SourceResource, draft: GraphDraft): void {
  const role = draft.principal("role", draft.text(resource, "name"), resource);
  if (role === undefined) return;
  for (const arn of draft.texts(resource, "managed_policy_arns")) {
    draft.attach(role, arn, draft.policy(arn, `${resource.address}.managed_policy_arns`, resource.address));
  }
  const inline = resource.attribute("inline_policy");
  if (inline instanceof UnknownValue) {
    attachUnknown(role, "inline policies", inline.reason, `${resource.address}.inline_policy`, draft);
  }
  for (const block of blocks(inline)) {
    const name = draft.parts.text(block["name"]);
    const key = `inline:${name}`;
    if (draft.has(role, key) || isEmptyBlock(name, block["policy"])) continue;
    const attribute = `inline_policy[${JSON.stringify(draft.parts.plain(name))}]`;
    draft.attach(role, key, {
      kind: "inline",
      name: draft.shown(name, resource, attribute),
      address: resource.address,
      document: draft.document(resource, attribute, block["policy"] ?? undefined),
      attachedBy: resource.address,
    });
  }
}

/**
 * `inline_policy {}` says that a role has no inline policies; the provider records it as a block of empty texts.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#removing-policies-attached-out-of-band
 */
function isEmptyBlock(name: string, policy: unknown): boolean {
  return name === "" && (policy === undefined || policy === null || policy === "");
}

/** A policy of a principal of which only is known that it is there. */
export function attachUnknown(
  principal: DraftPrincipal,
  name: string,
  reason: string,
  location: string,
  draft: GraphDraft,
): UnknownValue {
  const document = new UnknownValue(location, reason);
  draft.note(document);
  const address = location.slice(0, location.lastIndexOf("."));
  draft.attach(principal, `unknown:${location}:${name}`, {
    kind: "inline",
    name,
    address,
    document,
    attachedBy: address,
  });
  return document;
}

function place(
  kind: PrincipalKind,
  name: string,
  attribute: string,
  key: string,
  policy: AttachedPolicy,
  resource: SourceResource,
  draft: GraphDraft,
): void {
  const principal = draft.principal(kind, name, resource);
  if (principal !== undefined) {
    draft.attach(principal, key, policy);
    return;
  }
  draft.unplaced.push({
    kind: "policy",
    principalKind: kind,
    principalName: draft.parts.plain(name),
    accountId: draft.parts.plain(resource.provider.accountId),
    policy,
    unknown: draft.missing(kind, name, `${resource.address}.${attribute}`),
  });
}
