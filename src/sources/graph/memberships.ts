import type { SourceResource } from "../resource/source-resource";
import { attachUnknown } from "./attachments";
import type { DraftUser, GraphDraft } from "./graph-draft";

/** `aws_iam_user_group_membership`: groups of one user, beside those that others give him. */
export function addUserGroups(resource: SourceResource, draft: GraphDraft): void {
  const user = draft.text(resource, "user");
  for (const group of draft.texts(resource, "groups")) join(user, "user", group, "groups", resource, draft);
}

/** `aws_iam_group_membership`: users of one group. */
export function addGroupUsers(resource: SourceResource, draft: GraphDraft): void {
  const group = draft.text(resource, "group");
  for (const user of draft.texts(resource, "users")) join(user, "users", group, "group", resource, draft);
}

function join(
  userName: string,
  userAttribute: string,
  groupName: string,
  groupAttribute: string,
  resource: SourceResource,
  draft: GraphDraft,
): void {
  const { accountId } = resource.provider;
  const user = draft.users.find(userName, accountId);
  const group = draft.groups.find(groupName, accountId);
  if (user !== undefined && group !== undefined) {
    if (!user.groups.includes(group)) user.groups.push(group);
    return;
  }
  const missing =
    user === undefined
      ? draft.missing("user", userName, `${resource.address}.${userAttribute}`)
      : draft.missing("group", groupName, `${resource.address}.${groupAttribute}`);
  draft.unplaced.push({
    kind: "membership",
    userName: draft.parts.plain(userName),
    groupName: draft.parts.plain(groupName),
    accountId: draft.parts.plain(accountId),
    address: resource.address,
    unknown: user === undefined ? missing : unknownGroup(user, groupName, missing, draft),
  });
}

/** A group that is not here has policies that are not known: the user carries them all the same. */
function unknownGroup(
  user: DraftUser,
  groupName: string,
  missing: { readonly address: string; readonly reason: string },
  draft: GraphDraft,
) {
  const name = `policies of group ${draft.parts.plain(groupName)}`;
  return attachUnknown(user, name, missing.reason, missing.address, draft);
}
