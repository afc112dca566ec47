import { asked, type Control, excepted, met, notOurs } from "./control";

const password = (id: string, asks: string) =>
  asked(id, asks, "`account.passwordPolicy`. No user has a password.", "password-enabled");

/**
 * The IAM checks of Prowler 5.46.
 *
 * @see https://hub.prowler.com/check
 */
export const PROWLER_IAM: readonly Control[] = [
  met(
    "iam_administrator_access_with_mfa",
    "administrators have MFA",
    "Users hold nothing themselves; the role is assumed with recent MFA.",
    "administrator-paths",
  ),
  met("iam_avoid_root_usage", "root is not used", "Each use is told at once.", "root-used"),
  excepted(
    "iam_aws_attached_policy_no_administrative_privileges",
    "AdministratorAccess is attached to nothing",
    "A role with `administrator: true` holds it: see CIS 2.14.",
    "administrator-paths",
  ),
  asked(
    "iam_check_saml_providers_sts",
    "there is a SAML provider",
    "`identityProviders.saml`. Without one the check fails: devices are the other way.",
  ),
  met(
    "iam_customer_attached_policy_no_administrative_privileges",
    "no own policy allows everything",
    "Refused at synthesis.",
    "no-privilege-escalation",
  ),
  met(
    "iam_customer_unattached_policy_no_administrative_privileges",
    "no unattached policy allows everything",
    "The baseline makes no policy that it does not attach; others are drift.",
    "undeclared-policy",
  ),
  met(
    "iam_group_administrator_access_policy",
    "no group of administrators",
    "Groups of people carry self-service and guard alone.",
    "users-only-self-service",
  ),
  met(
    "iam_inline_policy_allows_privilege_escalation",
    "no inline policy leads up",
    "Proven for every principal and method.",
    "no-privilege-escalation",
  ),
  met(
    "iam_inline_policy_no_administrative_privileges",
    "no inline policy allows everything",
    "Refused at synthesis.",
    "no-privilege-escalation",
  ),
  met(
    "iam_inline_policy_no_full_access_to_cloudtrail",
    "no inline policy allows all of CloudTrail",
    "Of the baseline's own none does; whoever could stop its trail is told.",
    "machinery-is-untouched",
  ),
  met(
    "iam_inline_policy_no_full_access_to_kms",
    "no inline policy allows all of KMS",
    "Of the baseline's own none does; what a role's statements allow is the environment's.",
  ),
  met(
    "iam_inline_policy_no_wildcard_marketplace_subscribe",
    "no inline policy buys anything",
    "Of the baseline's own none does.",
  ),
  met(
    "iam_no_custom_policy_permissive_role_assumption",
    "sts:AssumeRole on named roles",
    "Role ARNs are written out in full; that needs a fixed `roleSuffix` across accounts.",
    "roles-are-assumed-as-declared",
  ),
  met(
    "iam_no_expired_server_certificates_stored",
    "no expired certificate",
    "The audit lists them.",
    "server-certificate-expired",
  ),
  met("iam_no_root_access_key", "no access key of root", "The audit tells of one.", "root-access-key"),
  password("iam_password_policy_expires_passwords_within_90_days_or_less", "passwords expire"),
  password("iam_password_policy_lowercase", "passwords have lower case"),
  password("iam_password_policy_minimum_length_14", "passwords of 14 characters"),
  password("iam_password_policy_number", "passwords have a number"),
  password("iam_password_policy_reuse_24", "no password again"),
  password("iam_password_policy_symbol", "passwords have a symbol"),
  password("iam_password_policy_uppercase", "passwords have upper case"),
  met(
    "iam_policy_allows_privilege_escalation",
    "no policy leads up",
    "Proven for every principal and method.",
    "no-privilege-escalation",
  ),
  met(
    "iam_policy_attached_only_to_group_or_roles",
    "policies on groups and roles alone",
    "Exclusive lists keep users without.",
    "users-are-declared",
  ),
  met(
    "iam_policy_cloudshell_admin_not_attached",
    "AWSCloudShellFullAccess is attached to nothing",
    "Nothing attaches it.",
    "access-changed",
  ),
  met(
    "iam_policy_no_agentcore_workload_access_token_wildcard",
    "no token of every workload",
    "Of the baseline's own policies none grants it.",
  ),
  met(
    "iam_policy_no_full_access_to_cloudtrail",
    "no policy allows all of CloudTrail",
    "Of the baseline's own none does.",
    "machinery-is-untouched",
  ),
  met("iam_policy_no_full_access_to_kms", "no policy allows all of KMS", "Of the baseline's own none does."),
  met(
    "iam_policy_no_wildcard_marketplace_subscribe",
    "no policy buys anything",
    "Of the baseline's own none does.",
  ),
  met(
    "iam_policy_passrole_to_bedrock_agentcore_restricted",
    "iam:PassRole to agents is restricted",
    "Who may pass which role is proven.",
    "passed-roles-are-known",
  ),
  notOurs(
    "iam_role_access_not_stale_to_bedrock",
    "Bedrock is used by roles that may",
    "About a service's use; IAM Access Analyzer's unused access tells more.",
  ),
  excepted(
    "iam_role_administratoraccess_policy",
    "no role of administrators",
    "A role with `administrator: true`: see CIS 2.14.",
    "administrator-paths",
  ),
  met(
    "iam_role_cross_account_readonlyaccess_policy",
    "no foreign account reads everything",
    "Trust policies name users of declared environments.",
    "roles-are-assumed-as-declared",
  ),
  excepted(
    "iam_role_cross_service_confused_deputy_prevention",
    "services say for whom they act",
    "Roles of services ask for `aws:SourceAccount`, but for EC2 and Lambda, which do not reliably send it; only who may pass such a role can use it.",
    "passed-roles-are-known",
  ),
  notOurs(
    "iam_root_credentials_management_enabled",
    "root's credentials are managed centrally",
    "The organization's: see CIS 2.1.1.",
  ),
  notOurs("iam_root_hardware_mfa_enabled", "hardware MFA for root", "A purchase."),
  met("iam_root_mfa_enabled", "MFA for root", "The audit tells where it is missing.", "root-without-mfa"),
  asked(
    "iam_rotate_access_key_90_days",
    "keys of 90 days at most",
    "`keyRules` with `maxAgeDays: 90`.",
    "key-too-old",
  ),
  asked(
    "iam_securityaudit_role_created",
    "a role with SecurityAudit",
    'A role with `managedPolicies: ["SecurityAudit"]`.',
  ),
  asked("iam_support_role_created", "a support role", 'A role with `managedPolicies: ["AWSSupportAccess"]`.'),
  notOurs(
    "iam_user_access_not_stale_to_bedrock",
    "Bedrock is used by users that may",
    "Users may use nothing.",
  ),
  notOurs(
    "iam_user_access_not_stale_to_sagemaker",
    "SageMaker is used by users that may",
    "Users may use nothing.",
  ),
  asked("iam_user_accesskey_unused", "no unused key", "`keyRules` with `unusedDays`.", "key-unused"),
  met(
    "iam_user_administrator_access_policy",
    "no user is administrator",
    "Proven for every user, through every chain of roles.",
    "administrator-paths",
  ),
  met("iam_user_console_access_unused", "no unused password", "No user has a password.", "password-enabled"),
  excepted(
    "iam_user_hardware_mfa_enabled",
    "hardware MFA for users",
    "Virtual MFA is the default; a device may enrol a passkey or a key of its own.",
    "users-need-mfa",
  ),
  met(
    "iam_user_mfa_enabled_console_access",
    "MFA for users with a password",
    "No user has a password.",
    "password-without-mfa",
  ),
  met(
    "iam_user_no_setup_initial_access_key",
    "no key beside a password",
    "No user has a password, and Terraform makes no key.",
    "users-are-declared",
  ),
  met(
    "iam_user_two_active_access_key",
    "one active key for a user",
    "Two are told, outside of a rotation.",
    "two-active-keys",
  ),
  met(
    "iam_user_with_temporary_credentials",
    "users use IAM and STS alone",
    "It is all that they may.",
    "users-only-self-service",
  ),
];
