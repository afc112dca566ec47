/** Attributes of which a change is told as ordinary, and why. Everything else is judged, or listed as not judged. */
export interface OrdinaryGroup {
  readonly reason: string;
  /** Matches the last part of a path. */
  readonly names?: RegExp;
  /** Matches the whole path, without indexes: `timeouts.create`. */
  readonly paths?: RegExp;
}

const words = (text: string) => new RegExp(`^(?:${text.trim().split(/\s+/).join("|")})$`);

export const ORDINARY_ATTRIBUTES: readonly OrdinaryGroup[] = [
  {
    reason: "words for people: no service decides by them",
    names: words(
      `description .*_description comment comments title .*_title display_name note notes label text message .*_message
       subject html_body text_body summary caption documentation .*_documentation greeting tooltip placeholder
       business_name operational_details`,
    ),
  },
  {
    reason: "tags and labels: a rule of its own tells of those that a condition or this baseline reads",
    paths: /^(?:tags|tags_all|labels|tag_specifications?|.*_tags|tag|propagate_.*tags.*|copy_tags.*)(?:\.|$)/,
  },
  {
    reason: "how Terraform goes about it, not what it makes",
    paths:
      /^(?:timeouts(?:\..*)?|id|triggers|keepers|triggers_replace|wait_for_.*|apply_immediately|force_update|force_new_deployment|force_detach_policies|track_latest|most_recent|replace_security_groups_on_destroy|replacement_security_group_ids|.*_on_destroy|skip_destroy|create_before_destroy|depends_on|.*_wo_version)$/,
  },
  {
    reason: "the own name: a rename makes another resource, which is judged as new where it matters",
    names: words(
      `name name_prefix .*_prefix .*_name_prefix identifier .*_identifier identifier_prefix family alarm_name rule_name
       sid statement_id rule_id target_id .*_label category family_name given_name first_name last_name key_name
       job_name project_name portal_name stage_name stack_name stack_set_name space_name profile_name campaign_name
       parameter_group_name option_group_name dashboard_name bucket function_name cluster_name cluster_identifier
       alias_name launch_template_name instance_name load_balancer_name lb_name volume_name disk_name queue_name
       topic_name table_name database_name database db_name index_name collection_name workspace_name registry_name
       group_name user_name username log_group_name log_stream_name account_alias zone_name test_name metric_name
       namespace namespace_name data_set_name vault_name plan_name`,
    ),
  },
  {
    reason: "how much of it there is: capacity and size",
    names: words(
      `.*_size .*_size_in_.* size .*_count count .*_capacity .*_capacity_.* capacity iops .*_iops throughput .*_throughput
       min max minimum maximum .*_minimum .*_maximum min_.* max_.* minimum_.* maximum_.* desired_.* allocated_storage
       .*_storage storage_.* volumes?_per_.* .*_units? units? memory memory_size .*_memory cpu .*_cpu .*_cores? vcpus?
       .*_vcpus? instance_type .*_instance_type instance_types instance_class node_type .*_node_type worker_type
       .*_worker.* number_of_.* .*_concurrency concurrency weight weighted_.* .*_weight .*_percentage .*_percent
       percentage .*_price bid_price .*_limit limit quota .*_quota batch_size .*_batch_.* parallelization_factor
       replicas .*_replicas shard.* partitions partition_count depth length width height bandwidth .*_gib .*_mb .*_gb
       cpu_options.* compute_type .*_class tier .*_tier edition reserved_concurrent_executions provisioned_.*
       ephemeral_storage .*_rate rate_.* burst_.* healthy_threshold unhealthy_threshold failure_threshold temperature
       top_p top_k stop_sequences .*_amount`,
    ),
  },
  {
    reason: "when and how often, beside the schedules that keep credentials short-lived",
    names: words(
      `.*timeout.* .*_seconds .*_minutes .*_hours interval .*_interval .*_interval_.* period .*_period .*_delay delay .*_ttl
       ttl ttl_.* .*_window window .*_window_.* maintenance_.* .*_maintenance_.* schedule .*_schedule schedule_.*
       timezone time_zone .*_timezone start_time end_time start end start_date end_date .*_date .*_time date
       day_of_.* hour_of_.* minute_of_.* hours minutes frequency .*_frequency maximum_execution_frequency cooldown
       .*_cooldown duration .*_duration latency retries retry_.* max_retries warmup .*_warmup deprecation_time
       start_inclusive end_inclusive cron`,
    ),
  },
  {
    reason: "which version of a managed engine, format or protocol: access does not hinge on it",
    names: words(
      `engine engine_version .*_engine_version version .*_version version_id .*_version_number .*_version_alias
       platform platform_version license_model operating_system.* glue_version release_label model_id model_name
       format .*_format data_format content_type .*_content_type content_encoding content_language
       content_disposition cache_control encoding .*_encoding compression .*_compression compression_.* locale
       .*_locale locale_id language .*_language language_code accept_language mime_type schema_version
       parameter_group_family apply_method delimiter .*_delimiter character_set.* charset collation time_format`,
    ),
  },
  {
    reason: "where in AWS it stands: zones and placement within the account",
    names: words(
      `region .*_region region_name regions availability_zone availability_zones .*_availability_zone.* availability_zone_id
       placement.* .*_placement_.* multi_az tenancy rack location location_.* latitude longitude hypervisor
       architecture architectures .*_architecture capacity_reservation.* hibernation ebs_optimized interface_type
       device_index device_name .*_device_name network_card_index group_number`,
    ),
  },
  {
    reason: "how data is laid out: keys, fields and types of tables and records",
    names: words(
      `hash_key range_key partition_key.* sort_key billing_mode attribute_name attribute_type data_type key_type
       key_schema.* projection_type non_key_attributes primary_key.* field_name record_column.* record_row.* mapping
       serialization_library input_format output_format serde.* classification stream_view_type table_type
       lower upper numeric number special override_special keepers byte_length separator`,
    ),
  },
  {
    reason: "what is looked for among findings, logs and resources: it changes a view, not the things",
    paths:
      /^(?:filters?|finding_criteria|filter_criteria|search_filter|query_filter)\b.*(?:comparison|values?|key|match_options|start|end|eq|neq|gte?|lte?)$/,
  },
  {
    reason: "how something looks, sorts or reads",
    names: words(
      `dashboard_body widgets? color .*_color .*_colors theme font .*_font icon icon_.* logo .*_logo layout position
       order .*_order priority .*_priority sort.* precedence rank page_size placeholder visual.* axis legend
       .*_number_format field_id column_name columns? field .*_field fields`,
    ),
  },
  {
    reason: "which metric is looked at, beside the alarms that keep credentials short-lived",
    names: words(
      `statistic .*_statistic stat extended_statistic dimensions? threshold .*_threshold comparison_operator comparator unit
       predefined_metric_type scalable_dimension evaluation_.* datapoints_to_alarm sampling.* resource_label
       treat_missing_data period metric .*_metric metrics`,
    ),
  },
  {
    reason: "whom people call or write about an account or a domain",
    names: words(
      `address address_.* address_line_.* city country country_code county province state_or_region postal_code zip_code
       district.* phone phone_number .*_phone fax contact_type company_name organization_name organization_type
       job_title website_url`,
    ),
  },
  {
    reason: "how a load is spread and requests are shaped, inside of what may be reached",
    names: words(
      `stickiness.* cookie_.* algorithm .*_algorithm_type load_balancing_.* slow_start deregistration_.* idle_timeout
       preserve_.* health_check.* healthcheck.* matcher success_codes path_pattern cache_.* compress .*_throttling_.*
       auto_scaling.* scaling_.* allocation_strategy performance_.* buffering_.* minimum_compression_size
       lifecycle_state rebalance.* warm_pool.* price_class http_version`,
    ),
  },
];

/** Why a change of an attribute is ordinary; nothing where it is not argued for. */
export function ordinaryReason(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf(".") + 1);
  return ORDINARY_ATTRIBUTES.find(
    ({ names, paths }) => names?.test(name) === true || paths?.test(path) === true,
  )?.reason;
}
