import { isSensitiveAttribute } from "../../sources/sensitive/sensitive-names";
import type { Nature, ValueKind } from "./nature";
import { ordinaryReason } from "./ordinary-attributes";

interface NatureRule {
  readonly nature: Nature;
  /** Matches the last part of a path. */
  readonly names: RegExp;
  /** Of these types only. */
  readonly types?: RegExp;
  /** Matches the path before the last part. */
  readonly within?: RegExp;
  readonly kinds?: readonly ValueKind[];
}

const words = (text: string) => new RegExp(`^(?:${text.trim().split(/\s+/).join("|")})$`);

/** The first that matches decides. Dangerous natures come before the ordinary ones. */
const RULES: readonly NatureRule[] = [
  { nature: "ordinary", names: /^(?:create|update|delete|read|default)$/, within: /^timeouts$/ },
  // names that mean something else in some types
  {
    nature: "ordinary",
    types: /^aws_(?:cloudformation_stack|appautoscaling|autoscaling)_?/,
    names: /^policy_(?:name|type)$/,
  },
  { nature: "ordinary", types: /^aws_(?:dlm|ecr_lifecycle|s3_lifecycle)/, names: /^policy(?:_details)?$/ },
  { nature: "ordinary", names: /^(?:policy_name|policy_names|policy_type|policy_id|policy_version)$/ },
  {
    nature: "code",
    types: /^aws_(?:cloudformation|servicecatalog)/,
    names: /^(?:template_body|template_url|parameters|parameter_value|parameter_overrides)$/,
  },
  {
    nature: "code",
    types:
      /^aws_(?:sfn|ssm_document|ssm_association|imagebuilder|codebuild|codepipeline|codedeploy|glue|batch|ecs|emr|sagemaker|lambda|apprunner|lightsail)/,
    names:
      /^(?:definition|content|document.*|arguments|default_arguments|container_properties|parameters|stages?|actions?|data|job_definition|input)$/,
  },
  // a block about somebody or something that grants, and how it is called there
  { nature: "role", names: /^(?:name|arn|id)$/, within: /(?:^|\.)(?:.*_role|role|.*instance_profile)$/ },
  { nature: "encryption", names: /^(?:name|arn|id)$/, within: /(?:^|\.)kms_key$/ },
  { nature: "protection", names: /./, within: /(?:^|\.)password_policy$/ },
  { nature: "protection", names: /^(?:traffic_type|session_duration|.*log_types?|cluster_log_types)$/ },
  {
    nature: "policy",
    names: words(
      `policy policy_document .*_policy_document access_policy access_policies resource_policy inline_policy key_policy
       bucket_policy assume_role_policy policy_json .*_policy_json policy_body override_policy.* target_policy
       session_policy file_system_policy permissions_policy policy_text resource_policy_document delivery_policy_document
       contact_policy`,
    ),
    kinds: ["text", "list"],
  },
  {
    nature: "role",
    names: words(
      `role roles role_arn role_arns .*_role .*_role_arn .*_role_arns role_name .*_role_name iam_role .*iam_role.* execution_role.*
       .*_execution_role.* task_role.* job_role.* service_role.* instance_profile.* .*instance_profile.* assume_role
       access_role.* role_session.* credentials_arn invocation_role.* .*_role_id .*role_to_assume`,
    ),
  },
  {
    nature: "principal",
    names: words(
      `principals? .*_principals? principal_arns? principal_identifiers? principal_ids? principal_org.* source_account
       account account_ids? .*_account_ids? .*_accounts? accounts aws_account.* .*_aws_account.* user_ids? user_arns?
       grantee.* grantees organization_arns? organization_ids? organizational_unit.* owner_account.* allowed_principals.*
       allowed_account.* consumer_.* external_id external_ids trusted_.* trust_.* shared_accounts? share_with.*
       shared_with.* .*_shared_.* launch_permission.* create_volume_permission.* user_groups? .*_user_groups?
       permissions? permission .*_permissions? grants? grant_.* acl .*_acl access_control_.* visibility .*_visibility
       data_share_accounts db_security_group_ingress source_organization.* access_level role_values groups?
       target_account.* delegated_admin.* member_.* subject_.* federated.*`,
    ),
  },
  {
    nature: "public",
    names: words(
      `public publicly_accessible is_public .*_public_access public_access .*_public_access_enabled internet_accessible
       internet_facing associate_public_ip.* map_public_ip.* assign_public_ip assign_ipv6.* anonymous_auth.*
       enable_anonymous.* allow_external_principals open public_read`,
    ),
  },
  {
    nature: "protection",
    names: words(
      `block_public.* ignore_public.* restrict_public.* .*deletion_protection.* termination_protection.* .*_protection
       .*_protection_.* enable_key_rotation .*_key_rotation.* mfa_delete versioning .*versioning.* object_lock.*
       scan_on_push scan_type scan_frequency .*scanning.* image_tag_mutability require_.* .*_required enforce_.*
       .*_enforced .*_enforcement.* .*log_file_validation.* include_global_service_events is_multi_region_trail
       is_organization_trail multi_region .*_integrity.* http_tokens http_put_response_hop_limit .*imds.*
       encrypted .*_encrypted encryption .*_encryption .*encryption_enabled .*encryption_mode .*_encryption_.*
       encryption_type encryption_at_rest.* sse_algorithm sse_type .*_sse_.* node_to_node.* enable_dns_sec.*
       minimum_protocol_version min_tls.* minimum_tls.* .*tls_version.* tls_security_policy security_policy
       ssl_policy ssl_.* .*_ssl .*_ssl_.* enforce_https .*https_only secure_.* .*_secure .*lock_configuration.*
       point_in_time_recovery.* backup_.* .*_backup_.* automated_snapshot.* auto_minor_version_upgrade drop_invalid.*
       monitoring .*_monitoring.* enable_.*_log.* enable_logging .*logging_enabled log_.*_enabled logging
       logging_.* .*_logging .*_logging_.* log_level .*_log_level log_types? .*_logs? .*logs_exports .*_logs_.*
       data_trace_enabled tracing_.* xray.* .*_audit.* audit_.* insight_selector event_selector.*
       advanced_event_selector.* finding_publishing_frequency datasources.* features? auto_enable.* web_acl.* .*waf.*
       firewall_.* inspection.* rotation_.* automatically_after_days root_login readonly read_only root_access
       readonly_root_filesystem network_isolation enable_network_isolation inter_container.* code_signing.*
       certificate_based_auth.* revocation_.* client_certificate.* mutual_.* verify.* .*_verification .*verification_.*
       disable_api_termination disable_api_stop disable_execute_api_endpoint disable_password.* disable_unauth.*
       guard_.* deletion_window.* recovery_window.* recovery_point.* cross_region_copy.* replicat.*
       max_password_age password_.* minimum_.*_length temporary_password.* .*_password_policy hard_expiry`,
    ),
  },
  {
    nature: "exposure",
    names: words(
      `allow_.* .*_allowed force_destroy force_delete skip_final_snapshot final_snapshot.* skip_.* insecure.* .*_insecure
       permissive.* privileged.* privileged_mode enable_execute_command bypass_.* disable_.* .*_disabled disabled
       delete_automated_backups delete_on_.* unauthenticated.* .*bypass.* enable_fault_injection ignore_.*
       pid_mode ipc_mode host_path host_network linux_parameters capabilities enable_admin.* self
       cross_zone_.* no_device no_encryption prevent_.*existence.*`,
    ),
  },
  {
    nature: "encryption",
    names: words(
      `kms_.* .*_kms_.* kms kms_master_key_id .*_kms_key .*kms_key.* .*_encryption_key.* encryption_key.* customer_managed_key
       .*_cmk.* master_key.* key_arn target_key_id customer_key.* key_material.* sse_kms.* .*_sse`,
    ),
  },
  {
    nature: "authentication",
    names: words(
      `auth_type auth_mode auth_.* .*_auth .*_auth_.* authentication.* .*_authentication .*_authentication_.* authorization.*
       authorizers? .*_authorizer.* .*authorization_.* .*_authorization authorizer_.* issuer .*_issuer issuer_.*
       jwks.* .*_jwks.* client_id_list thumbprint_list audiences? .*_audience.* saml.* .*_saml.* oidc.* .*_oidc.*
       openid.* identity_provider.* .*_identity_provider.* identity_pool.* provider_type provider_details idp_.*
       mfa_configuration mfa_.* .*_mfa .*_mfa_.* iam_database_.* .*iam_auth.* trusted_key_groups trusted_signers
       trust_anchor.* certificate .*_certificate certificate_body certificate_chain ca_certificate.* .*_ca_.*
       client_certificate_.* .*metadata_document.* public_key .*_public_key encoded_key sign_in_.* login.*
       explicit_auth_flows allowed_oauth.* callback_urls logout_urls default_redirect_uri supported_identity_.*
       generate_secret token_.* .*_token_validity session_duration authentication_flow.*
       access_entry.* kubernetes_groups user_access.* api_key_.*required api_key_source`,
    ),
  },
  {
    nature: "retention",
    names: words(
      `.*retention.* retention retain_.* .*_retain.* message_retention_seconds days expiration .*expiration.* expire_.*
       .*_expiry .*noncurrent.* abort_incomplete.* delete_after .*_delete_after transition.* .*_transition_.*
       lifecycle_rule.* lifecycle_policy.* cold_storage_after snapshot_retention.*`,
    ),
  },
  {
    nature: "network",
    names: words(
      `.*cidr.* security_groups? security_group_ids? .*_security_groups? .*_security_group_ids? .*security_group.* .*_ips ip
       ips ip_.* .*_ip .*_ip_.* ip_addresses .*_ip_addresses ipv[46].* .*ipv[46].* subnets? subnet_.* .*_subnets?
       .*_subnet_.* vpc vpc_.* .*_vpc .*_vpc_.* prefix_list.* .*_prefix_list.* ingress.* egress.* from_port to_port port ports
       .*_ports? .*_port_range port_.* protocols? .*_protocol ip_protocol rule_action rule_no .*gateway.*
       .*_gateway_.* route_.* .*_route_.* route.* .*peer.* .*transit.* .*vpn.* network_.* .*_network .*_network_.*
       networks? .*whitelist.* .*allowlist.* .*blocklist.* cors.* .*_cors.* allow_origins allowed_origins
       allowed_methods allowed_headers geo_.* scheme internal address_family bgp.* .*_asn icmp_.* listener.*
       exposed_.* connectivity.* network_mode dns_.* access_string`,
    ),
  },
  {
    nature: "code",
    names: words(
      `image images image_uri image_id .*_image .*_image_uri .*_image_id .*_image_arn ami .*_ami ami_.* filename .*_filename
       source_code.* .*_code .*_code_.* code code_.* script .*_script .*script.* user_data.* command commands .*_command
       .*_commands entry_?point.* .*_entry_?point container_definitions containers? container_.* .*_container handler
       .*_handler runtime runtime_.* .*_runtime layers? .*_layers? buildspec.* .*_buildspec build_.* template_body
       template_url template .*_template .*_template_body definition .*_definition .*_definition_.* body payload
       package_type packages? .*_package.* artifacts?.* .*_artifact.* main_class .*_jar.* jar_.* notebook.*
       function function_.* .*_function_.* .*_function lambda.* .*_lambda.* .*lambda_.* document documents .*_document
       query .*_query query_.* sql .*_sql environment .*_environment environment_variables? .*_variables?
       variables? bootstrap.* .*_bootstrap.* steps? .*_step extensions? plugins? .*_plugin.* repository .*_repository.*
       repository_.* branch .*_branch branch_.* commit.* revision s3_key s3_bucket s3_object.* source_version
       source_hash source .*_source source_location .*_source_location launch_template.* launch_configuration.*
       manifest.* recipe.* on_start.* on_create.* on_stop.* content content_base64 .*_content init_.* user_script
       request_mapping_template response_mapping_template request_template.* response_template.* module .*_module
       object_version publish snap_start.* compute_environment.* file_system_config.* local_mount_path image_config.*
       task_definition workflow.* .*_workflow.* main_.* startup.* boot.* program`,
    ),
  },
  {
    nature: "endpoint",
    names: words(
      `endpoint endpoints .*_endpoint .*_endpoints .*_endpoint_.* url urls .*_url .*_urls uri .*_uri destination.* .*_destination
       .*_destination.* targets? target_.* .*_targets? .*_target_.* topics? .*_topics? topic_arn .*_topic_arn .*_topic_.*
       queue queues .*_queue .*_queue_.* queue_.* webhook.* .*_webhook.* host hosts hostname .*_host .*_hosts
       .*_hostname host_.* domain domains domain_name .*_domain .*_domain_name .*_domains .*bucket.* streams? .*_stream
       stream_.* .*_stream_.* sinks? .*_sink.* receiver.* recipient.* .*_recipients? email .*_email .*_emails email_.*
       subscriber.* notification.* .*_notification.* servers? .*_servers? server_.* event_bus.* .*_bus.* bus_.* delivery.*
       .*_delivery.* records? .*_records? forward.* .*_forward.* redirect.* .*_redirect.* alarm_actions ok_actions
       insufficient_data_actions .*_actions connection.* .*_connection.* arns? .*_arns? s3_.* .*_s3_.* kinesis.*
       .*firehose.* proxy.* .*_proxy.* resource resources resource_.* .*_resource .*_resource_.* origin origins
       origin_.* .*_origin.* event_source.* .*_event_source.* source_arn .*_source_arn service_name aliases alias
       dead_letter.* redrive.* on_failure on_success output_.* input_.* replication_.* storage_location`,
    ),
  },
  {
    nature: "state",
    names: words(
      `state .*_state status .*_status enabled is_enabled enable .*_enabled enable_.* mode .*_mode actions_enabled
       active suspended default_action action effect decision action_type behavior on_.* type .*_type event_pattern
       filter_pattern filter_policy.* pattern filter .*_filter`,
    ),
  },
];

/**
 * What an attribute is, by its name and place; of one that says nothing, what the block is that it stands in. Types that
 * the data do not have are read by the same rules.
 */
export function natureByName(type: string, path: string, kind: ValueKind = "text"): Nature {
  const parts = path.split(".");
  if (parts.some((part) => isSensitiveAttribute(type, part))) return "secret";
  for (let length = parts.length; length > 0; length--) {
    const nature = ownNature(type, parts.slice(0, length).join("."), kind);
    if (nature !== "unknown") return nature;
  }
  return "unknown";
}

function ownNature(type: string, path: string, kind: ValueKind): Nature {
  const at = path.lastIndexOf(".");
  const [parent, name] = [path.slice(0, Math.max(0, at)), path.slice(at + 1)];
  const rule = RULES.find(
    ({ names, types, within, kinds }) =>
      names.test(name) &&
      types?.test(type) !== false &&
      within?.test(parent) !== false &&
      kinds?.includes(kind) !== false,
  );
  if (parent === "" && isOwnName(type, name)) return "ordinary";
  // a name on both lists is dangerous by a wide word and ordinary by a narrow one
  const ordinary = ordinaryReason(path);
  if (ordinary !== undefined && (rule === undefined || WIDE.has(rule.nature))) return "ordinary";
  return rule?.nature ?? (ordinary === undefined ? "unknown" : "ordinary");
}

/** Natures whose words are wide: the argued list goes before them. */
const WIDE: ReadonlySet<Nature> = new Set(["state", "endpoint", "code", "network", "exposure"]);

/** `analyzer_name` of an analyzer: what it is called, and not what it names. */
function isOwnName(type: string, name: string): boolean {
  return name.endsWith("_name") && type.endsWith(`_${name.slice(0, -"_name".length)}`);
}
