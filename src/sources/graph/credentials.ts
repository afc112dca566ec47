import type { DeclaredCredential } from "../../iam/graph";
import type { SourceResource } from "../resource/source-resource";
import type { GraphDraft } from "./graph-draft";
import { accountOf, nameOf } from "./principals";

/** Attribute that names the user, by type; none for a credential that belongs to no user. */
export const CREDENTIAL_USERS: Readonly<Record<string, string | undefined>> = {
  aws_iam_user_login_profile: "user",
  aws_iam_access_key: "user",
  aws_iam_user_ssh_key: "username",
  aws_iam_service_specific_credential: "user_name",
  aws_iam_signing_certificate: "user_name",
  aws_iam_virtual_mfa_device: "user_name",
  aws_iam_server_certificate: undefined,
};

const WITH_STATUS = new Set([
  "aws_iam_access_key",
  "aws_iam_user_ssh_key",
  "aws_iam_service_specific_credential",
  "aws_iam_signing_certificate",
]);

export function addCredential(resource: SourceResource, draft: GraphDraft): void {
  const { type, address } = resource;
  const attribute = CREDENTIAL_USERS[type];
  const userName = attribute === undefined ? "" : draft.text(resource, attribute);
  const status = draft.shown(draft.text(resource, "status") || "Active", resource, "status");
  const credential: DeclaredCredential = {
    type,
    address,
    accountId: draft.parts.plain(resource.provider.accountId),
    userName: draft.parts.plain(userName),
    ...(WITH_STATUS.has(type) ? { status } : {}),
  };
  draft.credentials.push(credential);
  if (attribute === undefined || userName === "") return;
  const user = draft.users.find(userName, resource.provider.accountId);
  if (user === undefined) draft.missing("user", userName, `${address}.${attribute}`);
  else if (type === "aws_iam_user_login_profile") user.loginProfiles.push(address);
  else if (type === "aws_iam_access_key") user.accessKeys.push({ address, status });
}

export function addInstanceProfile(resource: SourceResource, draft: GraphDraft): void {
  const roleName = draft.text(resource, "role");
  if (roleName === "") return;
  const role = draft.roles.find(roleName, resource.provider.accountId);
  if (role === undefined) draft.missing("role", roleName, `${resource.address}.role`);
  else role.instanceProfiles.push(nameOf(resource, draft));
}

export function addOidcProvider(resource: SourceResource, draft: GraphDraft): void {
  const arn = draft.text(resource, "arn");
  const url = draft.shown(draft.text(resource, "url"), resource, "url");
  const clientIds = draft.texts(resource, "client_id_list");
  draft.oidcProviders.push({
    arn: draft.parts.plain(arn),
    url: url.replace(/^https:\/\//, ""),
    clientIds: clientIds.map((id) => draft.shown(id, resource, "client_id_list")),
    accountId: accountOf(arn, resource, draft),
    address: resource.address,
  });
}

export function addSamlProvider(resource: SourceResource, draft: GraphDraft): void {
  const arn = draft.text(resource, "arn");
  draft.samlProviders.push({
    arn: draft.parts.plain(arn),
    name: nameOf(resource, draft),
    accountId: accountOf(arn, resource, draft),
    address: resource.address,
  });
}
