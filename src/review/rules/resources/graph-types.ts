/** Attributes that rules about the access graph judge: identities, their policies, trusts and memberships. */
const GRAPH_ATTRIBUTES: Readonly<Record<string, string>> = {
  aws_iam_user: "name path permissions_boundary force_destroy",
  aws_iam_group: "name path",
  aws_iam_role:
    "name name_prefix path assume_role_policy inline_policy managed_policy_arns max_session_duration permissions_boundary",
  aws_iam_policy: "name name_prefix path policy",
  aws_iam_user_policy: "name name_prefix user policy",
  aws_iam_group_policy: "name name_prefix group policy",
  aws_iam_role_policy: "name name_prefix role policy",
  aws_iam_user_policy_attachment: "user policy_arn",
  aws_iam_group_policy_attachment: "group policy_arn",
  aws_iam_role_policy_attachment: "role policy_arn",
  aws_iam_policy_attachment: "name users groups roles policy_arn",
  aws_iam_user_group_membership: "user groups",
  aws_iam_group_membership: "name group users",
  aws_iam_instance_profile: "name name_prefix path role",
  aws_iam_openid_connect_provider: "url client_id_list",
  aws_iam_saml_provider: "name",
  aws_iam_service_linked_role: "aws_service_name custom_suffix",
  aws_iam_user_policies_exclusive: "user_name policy_names",
  aws_iam_group_policies_exclusive: "group_name policy_names",
  aws_iam_role_policies_exclusive: "role_name policy_names",
  aws_iam_user_policy_attachments_exclusive: "user_name policy_arns",
  aws_iam_group_policy_attachments_exclusive: "group_name policy_arns",
  aws_iam_role_policy_attachments_exclusive: "role_name policy_arns",
  aws_iam_user_login_profile: "user",
  aws_iam_access_key: "user status",
  aws_iam_user_ssh_key: "username status",
  aws_iam_service_specific_credential: "user_name service_name status",
  aws_iam_signing_certificate: "user_name status",
  aws_iam_virtual_mfa_device: "virtual_mfa_device_name path",
  aws_iam_server_certificate: "name name_prefix path",
};

const judged = new Map(
  Object.entries(GRAPH_ATTRIBUTES).map(([type, names]) => [type, new Set(names.split(" "))]),
);

/** Types that the access graph reads. */
export function isGraphType(type: string): boolean {
  return judged.has(type);
}

/** Names of a type's attributes that rules about the access graph judge; nothing for a type that it does not read. */
export function graphAttributes(type: string): ReadonlySet<string> | undefined {
  return judged.get(type);
}
