import type { AccessGraph } from "../../iam/graph";
import type { Source, SourceResource } from "../resource/source-resource";
import { UnknownValue } from "../resource/unknown-parts";
import { addAttachment, addInlinePolicy, addRolePolicies, addSharedAttachment } from "./attachments";
import {
  addCredential,
  addInstanceProfile,
  addOidcProvider,
  addSamlProvider,
  CREDENTIAL_USERS,
} from "./credentials";
import { DocumentTexts } from "./document-texts";
import { addExclusiveAttachments, addExclusivePolicies } from "./exclusive-lists";
import { GraphDraft } from "./graph-draft";
import { addGroupUsers, addUserGroups } from "./memberships";
import { addGroup, addManagedPolicy, addRole, addServiceLinkedRole, addUser } from "./principals";
import { addSafeguard, SAFEGUARD_TYPES } from "./safeguards";

type Add = (resource: SourceResource, draft: GraphDraft) => void;

/**
 * Who reads which type, in the order of reading: policies before the principals whose boundaries they are, principals
 * before what is attached to them, and of several resources that make one attachment the plainest first.
 */
const PASSES: readonly Readonly<Record<string, Add>>[] = [
  { aws_iam_policy: addManagedPolicy },
  {
    aws_iam_user: addUser,
    aws_iam_group: addGroup,
    aws_iam_role: addRole,
    aws_iam_service_linked_role: addServiceLinkedRole,
  },
  {
    aws_iam_user_policy: (resource, draft) => addInlinePolicy("user", resource, draft),
    aws_iam_group_policy: (resource, draft) => addInlinePolicy("group", resource, draft),
    aws_iam_role_policy: (resource, draft) => addInlinePolicy("role", resource, draft),
    aws_iam_user_policy_attachment: (resource, draft) => addAttachment("user", resource, draft),
    aws_iam_group_policy_attachment: (resource, draft) => addAttachment("group", resource, draft),
    aws_iam_role_policy_attachment: (resource, draft) => addAttachment("role", resource, draft),
    aws_iam_user_group_membership: addUserGroups,
    aws_iam_group_membership: addGroupUsers,
    aws_iam_instance_profile: addInstanceProfile,
    aws_iam_openid_connect_provider: addOidcProvider,
    aws_iam_saml_provider: addSamlProvider,
    ...Object.fromEntries(Object.keys(CREDENTIAL_USERS).map((type) => [type, addCredential])),
  },
  { aws_iam_policy_attachment: addSharedAttachment },
  { aws_iam_role: addRolePolicies },
  {
    aws_iam_user_policies_exclusive: (resource, draft) => addExclusivePolicies("user", resource, draft),
    aws_iam_group_policies_exclusive: (resource, draft) => addExclusivePolicies("group", resource, draft),
    aws_iam_role_policies_exclusive: (resource, draft) => addExclusivePolicies("role", resource, draft),
    aws_iam_user_policy_attachments_exclusive: (resource, draft) =>
      addExclusiveAttachments("user", resource, draft),
    aws_iam_group_policy_attachments_exclusive: (resource, draft) =>
      addExclusiveAttachments("group", resource, draft),
    aws_iam_role_policy_attachments_exclusive: (resource, draft) =>
      addExclusiveAttachments("role", resource, draft),
  },
  Object.fromEntries([...SAFEGUARD_TYPES].map((type) => [type, addSafeguard])),
];

const READ = new Set(PASSES.flatMap((pass) => Object.keys(pass)));

/** What a source adds to the graph before it is finished: attachments that nothing in the source stands for. */
export type Supplement = (draft: GraphDraft) => void;

export function buildGraph(
  source: Source,
  documents: DocumentTexts = new DocumentTexts(),
  supplement?: Supplement,
): AccessGraph {
  const draft = new GraphDraft(source.parts, documents);
  for (const unknown of source.unknowns) draft.note(unknown);
  const byType = new Map<string, SourceResource[]>();
  for (const resource of source.resources) {
    const present = byType.get(resource.type);
    if (present === undefined) byType.set(resource.type, [resource]);
    else present.push(resource);
  }
  for (const pass of PASSES) {
    for (const [type, add] of Object.entries(pass)) {
      for (const resource of byType.get(type) ?? []) add(resource, draft);
    }
  }
  supplement?.(draft);
  for (const [type, resources] of byType) {
    if (READ.has(type) || !type.startsWith("aws_iam_")) continue;
    for (const { address } of resources) {
      draft.note(new UnknownValue(address, `resources of type ${type} are not read into the access model`));
    }
  }
  return draft.finish();
}
