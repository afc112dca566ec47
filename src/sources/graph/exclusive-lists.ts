import type { SourceResource } from "../resource/source-resource";
import { hasUnknownPart, UnknownValue } from "../resource/unknown-parts";
import { attachUnknown } from "./attachments";
import type { DraftPrincipal, GraphDraft, PrincipalKind } from "./graph-draft";

/**
 * `aws_iam_user_policy_attachments_exclusive` and its siblings: attaches what of its list is missing and detaches all
 * else. An attachment that another resource keeps making is a conflict that Terraform never settles; it is noted.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_user_policy_attachments_exclusive
 */
export function addExclusiveAttachments(
  kind: PrincipalKind,
  resource: SourceResource,
  draft: GraphDraft,
): void {
  const principal = named(kind, resource, draft);
  const arns = draft.texts(resource, "policy_arns");
  const location = `${resource.address}.policy_arns`;
  if (principal === undefined) {
    for (const arn of arns) {
      draft.unplaced.push({
        kind: "policy",
        principalKind: kind,
        principalName: draft.parts.plain(draft.text(resource, `${kind}_name`)),
        accountId: draft.parts.plain(resource.provider.accountId),
        policy: draft.policy(arn, location, resource.address),
        unknown: draft.missing(
          kind,
          draft.text(resource, `${kind}_name`),
          `${resource.address}.${kind}_name`,
        ),
      });
    }
    return;
  }
  noteConflicts(
    principal.policies.flatMap(({ arn, attachedBy }) =>
      arn === undefined ? [] : [{ what: arn, attachedBy }],
    ),
    arns,
    location,
    draft,
  );
  for (const arn of arns) draft.attach(principal, arn, draft.policy(arn, location, resource.address));
}

/**
 * `aws_iam_user_policies_exclusive` and its siblings: deletes every inline policy that it does not name. It makes none:
 * a name whose document no resource holds is a policy that is there, with a document that is not known.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_user_policies_exclusive
 */
export function addExclusivePolicies(kind: PrincipalKind, resource: SourceResource, draft: GraphDraft): void {
  const principal = named(kind, resource, draft);
  const location = `${resource.address}.policy_names`;
  const names = draft.texts(resource, "policy_names");
  if (principal === undefined) {
    const name = draft.text(resource, `${kind}_name`);
    if (names.length > 0) draft.missing(kind, name, `${resource.address}.${kind}_name`);
    return;
  }
  noteConflicts(
    principal.policies
      .filter((policy) => policy.kind === "inline" && !("unknown" in policy.document))
      .map(({ name, attachedBy }) => ({ what: name, attachedBy })),
    names,
    location,
    draft,
  );
  for (const name of names) {
    if (draft.has(principal, `inline:${name}`)) continue;
    const plain = draft.parts.plain(name);
    const reason = `inline policy ${plain} is listed, but no resource of this source holds its document`;
    attachUnknown(principal, plain, reason, location, draft);
  }
}

function named(kind: PrincipalKind, resource: SourceResource, draft: GraphDraft): DraftPrincipal | undefined {
  return draft.principal(kind, draft.text(resource, `${kind}_name`), resource);
}

/** Nothing is said of lists or names that are not known as a whole. */
function noteConflicts(
  present: readonly { readonly what: string; readonly attachedBy: string }[],
  texts: readonly string[],
  location: string,
  draft: GraphDraft,
): void {
  if (texts.some(hasUnknownPart)) return;
  for (const { what, attachedBy } of present) {
    if (hasUnknownPart(what) || texts.includes(what)) continue;
    const reason = `${attachedBy} puts ${what} there and the exclusive list takes it away: which comes last is not known`;
    draft.note(new UnknownValue(location, reason));
  }
}
