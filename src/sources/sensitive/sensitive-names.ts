/**
 * Attributes that the schema of the AWS provider (6.25) marks as sensitive, by type. Plans and shown states mark them
 * themselves; stacks, state files and older plans do not. Taken from the schema as `@pulumi/aws` 7.48 publishes it
 * (`additionalSecretOutputs`), with the names that its resources have in Terraform.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/framework/handling-data/attributes/string#sensitive
 */
const BY_TYPE: Readonly<Record<string, string>> = {
  aws_amplify_app: "access_token basic_auth_credentials oauth_token",
  aws_amplify_branch: "basic_auth_credentials",
  aws_api_gateway_api_key: "value",
  aws_appconfig_hosted_configuration_version: "content",
  aws_appsync_api_key: "key",
  aws_bedrockagentcore_agent_runtime: "environment_variables",
  aws_cloudcontrolapi_resource: "schema",
  aws_codebuild_source_credential: "token",
  aws_codebuild_webhook: "secret",
  aws_directory_service_shared_directory: "notes",
  aws_dms_certificate: "certificate_pem certificate_wallet",
  aws_ecr_authorization_token: "authorization_token password",
  aws_eks_cluster_auth: "token",
  aws_glue_connection: "athena_properties connection_properties",
  aws_grafana_workspace_api_key: "key",
  aws_grafana_workspace_service_account_token: "key",
  aws_iam_access_key: "secret ses_smtp_password_v4",
  aws_iam_service_specific_credential: "service_password service_credential_secret",
  aws_iam_user_login_profile: "password",
  aws_iam_virtual_mfa_device: "base_32_string_seed qr_code_png",
  aws_iot_authorizer: "token_signing_public_keys",
  aws_iot_ca_certificate: "ca_certificate_pem verification_certificate_pem",
  aws_iot_certificate: "ca_pem certificate_pem private_key public_key",
  aws_kms_ciphertext: "plaintext plaintext_wo",
  aws_kms_external_key: "key_material_base64",
  aws_kms_grant: "grant_token",
  aws_kms_replica_external_key: "key_material_base64",
  aws_kms_secrets: "plaintext",
  aws_lambda_invocation: "result",
  aws_mwaa_environment: "airflow_configuration_options",
  aws_pinpoint_adm_channel: "client_id client_secret",
  aws_pinpoint_apns_channel: "bundle_id certificate private_key team_id token_key token_key_id",
  aws_pinpoint_apns_sandbox_channel: "bundle_id certificate private_key team_id token_key token_key_id",
  aws_pinpoint_apns_voip_channel: "bundle_id certificate private_key team_id token_key token_key_id",
  aws_pinpoint_apns_voip_sandbox_channel: "bundle_id certificate private_key team_id token_key token_key_id",
  aws_pinpoint_baidu_channel: "api_key secret_key",
  aws_pinpoint_gcm_channel: "api_key service_json",
  aws_redshiftserverless_namespace: "admin_user_password admin_user_password_wo admin_username",
  aws_s3_bucket_object_lock_configuration: "token",
  aws_s3_bucket_replication_configuration: "token",
  aws_s3_object_copy: "customer_key kms_encryption_context kms_key_id source_customer_key",
  aws_secretsmanager_random_password: "random_password",
  aws_secretsmanager_secret_version: "secret_binary secret_string secret_string_wo",
  aws_sns_platform_application: "platform_credential platform_principal",
  aws_ssm_parameter: "value value_wo",
  aws_ssm_parameters_by_path: "values",
  aws_transfer_certificate: "certificate certificate_chain private_key",
  aws_transfer_host_key: "host_key_body host_key_body_wo",
  aws_transfer_server: "host_key post_authentication_login_banner pre_authentication_login_banner",
  aws_vpn_connection: "customer_gateway_configuration tunnel1_preshared_key tunnel2_preshared_key",
  external: "result",
  http: "body response_body response_body_base64",
  local_sensitive_file: "content content_base64",
  random_password: "result bcrypt_hash",
  tls_private_key: "private_key_openssh private_key_pem private_key_pem_pkcs8",
};

const named = new Map(Object.entries(BY_TYPE).map(([type, names]) => [type, new Set(names.split(" "))]));

/** Names that hold a secret in whatever block they stand, of whatever provider. */
const ANYWHERE =
  /(?:^|_)(?:passwords?|passwd|passphrase|secret_(?:string|binary|key|token|access_key)|client_secret|credential_secret|private_key(?:_pem|_openssh)?|(?:auth|access|oauth|api|jwt|refresh|hec|grafana|bearer)_token|api_key(?:_value)?|shared_secret|preshared_key|connection_string|kubeconfig)(?:_wo)?$/;

/** Of providers other than AWS's, whose schema nobody has at hand. */
const ELSEWHERE = /(?:^|_)(?:token|secret|credentials?|plaintext_value|encrypted_value|data_json)$/;

/** Whether an attribute of a type is sensitive as a whole. */
export function isSensitiveAttribute(type: string, name: string): boolean {
  return named.get(type)?.has(name) === true || isSensitiveName(type, name);
}

/** Whether text under a name is sensitive in any block of a type. */
export function isSensitiveName(type: string, name: string): boolean {
  return ANYWHERE.test(name) || (!type.startsWith("aws_") && ELSEWHERE.test(name));
}
