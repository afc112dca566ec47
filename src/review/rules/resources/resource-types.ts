/** Resources that watch the account: none may go or be switched off in silence. */
export const DETECTION =
  /^aws_(?:cloudtrail|guardduty|securityhub|accessanalyzer|config|inspector2?|macie2|detective|auditmanager|flow_log|s3_bucket_logging)(?:_|$)/;

/** Types that the access graph reads. */
export const GRAPH_TYPES =
  /^aws_iam_(?:user|group|role|policy|user_policy|group_policy|role_policy|(?:user|group|role)_policy_attachment|policy_attachment|user_group_membership|group_membership|instance_profile|openid_connect_provider|saml_provider|service_linked_role|(?:user|group|role)_(?:policies|policy_attachments)_exclusive|user_login_profile|access_key|user_ssh_key|service_specific_credential|signing_certificate|virtual_mfa_device|server_certificate)$/;
