import type { Safeguard } from "../../iam/graph";
import { isRecord } from "../resource/json-shape";
import type { SourceResource } from "../resource/source-resource";
import { isUnknownValue, UnknownValue } from "../resource/unknown-parts";
import type { GraphDraft } from "./graph-draft";

/** What a reviewer looks at; the first one is the name. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_scheduler_schedule: [
    "name",
    "group_name",
    "state",
    "schedule_expression",
    "schedule_expression_timezone",
    "start_date",
    "end_date",
    "flexible_time_window",
    "target",
    "kms_key_arn",
  ],
  aws_scheduler_schedule_group: ["name"],
  aws_cloudwatch_event_rule: [
    "name",
    "state",
    "is_enabled",
    "schedule_expression",
    "event_pattern",
    "event_bus_name",
    "role_arn",
  ],
  aws_cloudwatch_event_target: [
    "rule",
    "target_id",
    "arn",
    "event_bus_name",
    "role_arn",
    "input",
    "input_path",
    "input_transformer",
    "retry_policy",
    "dead_letter_config",
  ],
  aws_lambda_function: [
    "function_name",
    "role",
    "handler",
    "runtime",
    "package_type",
    "filename",
    "source_code_hash",
    "s3_bucket",
    "s3_key",
    "s3_object_version",
    "image_uri",
    "timeout",
    "memory_size",
    "reserved_concurrent_executions",
    "environment",
    "layers",
    "vpc_config",
    "dead_letter_config",
    "logging_config",
    "kms_key_arn",
    "code_signing_config_arn",
  ],
  aws_lambda_function_event_invoke_config: [
    "function_name",
    "qualifier",
    "maximum_retry_attempts",
    "maximum_event_age_in_seconds",
    "destination_config",
  ],
  aws_lambda_permission: [
    "function_name",
    "qualifier",
    "action",
    "principal",
    "source_account",
    "source_arn",
    "principal_org_id",
  ],
  aws_cloudwatch_metric_alarm: [
    "alarm_name",
    "actions_enabled",
    "alarm_actions",
    "ok_actions",
    "insufficient_data_actions",
    "comparison_operator",
    "threshold",
    "evaluation_periods",
    "datapoints_to_alarm",
    "period",
    "statistic",
    "extended_statistic",
    "namespace",
    "metric_name",
    "dimensions",
    "metric_query",
    "treat_missing_data",
  ],
  aws_cloudwatch_log_group: ["name", "retention_in_days", "kms_key_id", "skip_destroy", "log_group_class"],
  aws_cloudwatch_log_metric_filter: ["name", "log_group_name", "pattern", "metric_transformation"],
  aws_sqs_queue: [
    "name",
    "kms_master_key_id",
    "sqs_managed_sse_enabled",
    "message_retention_seconds",
    "redrive_policy",
    "policy",
  ],
  aws_sqs_queue_policy: ["queue_url", "policy"],
  aws_sns_topic: ["name", "kms_master_key_id", "policy", "delivery_policy"],
  aws_sns_topic_policy: ["arn", "policy"],
  aws_sns_topic_subscription: [
    "topic_arn",
    "protocol",
    "endpoint",
    "filter_policy",
    "filter_policy_scope",
    "redrive_policy",
  ],
  aws_cloudtrail: [
    "name",
    "enable_logging",
    "is_multi_region_trail",
    "include_global_service_events",
    "enable_log_file_validation",
    "is_organization_trail",
    "s3_bucket_name",
    "cloud_watch_logs_group_arn",
    "kms_key_id",
    "event_selector",
    "advanced_event_selector",
  ],
  aws_cloudwatch_event_bus: ["name"],
  aws_guardduty_detector: ["finding_publishing_frequency", "enable"],
  aws_accessanalyzer_analyzer: ["analyzer_name", "type", "configuration", "region"],
  aws_accessanalyzer_archive_rule: ["rule_name", "analyzer_name", "filter"],
  aws_config_configuration_recorder: ["name", "role_arn", "recording_group", "recording_mode"],
  aws_config_configuration_recorder_status: ["name", "is_enabled"],
  aws_config_delivery_channel: ["name", "s3_bucket_name", "sns_topic_arn"],
  aws_config_config_rule: ["name", "source", "input_parameters", "scope"],
  aws_lambda_code_signing_config: ["description", "policies", "allowed_publishers"],
  aws_iam_account_alias: ["account_alias"],
  aws_iam_account_password_policy: [
    "minimum_password_length",
    "password_reuse_prevention",
    "max_password_age",
    "require_lowercase_characters",
    "require_numbers",
    "require_symbols",
    "require_uppercase_characters",
    "allow_users_to_change_password",
    "hard_expiry",
  ],
  aws_iam_organizations_features: ["enabled_features"],
  aws_iam_outbound_web_identity_federation: ["issuer_identifier"],
  aws_iam_security_token_service_preferences: ["global_endpoint_token_version"],
};

/** Blocks of which there is one: the stack may write it bare, a plan has a list of it. */
const SINGLE_BLOCKS = new Set([
  "target",
  "retry_policy",
  "dead_letter_config",
  "flexible_time_window",
  "environment",
  "destination_config",
  "on_failure",
  "on_success",
  "logging_config",
  "vpc_config",
  "input_transformer",
  "metric_transformation",
]);

export const SAFEGUARD_TYPES: ReadonlySet<string> = new Set(Object.keys(ATTRIBUTES));

/** Attributes of a safeguard that the graph holds. */
export function safeguardAttributes(type: string): readonly string[] {
  return ATTRIBUTES[type] ?? [];
}

export function addSafeguard(resource: SourceResource, draft: GraphDraft): void {
  const names = ATTRIBUTES[resource.type] ?? [];
  const attributes: Record<string, unknown> = {};
  for (const name of names) {
    const value = shown(resource.attribute(name), `${resource.address}.${name}`, name, draft);
    if (value !== undefined) attributes[name] = value;
  }
  const [nameAttribute = ""] = names;
  const name = attributes[nameAttribute];
  const safeguard: Safeguard = {
    type: resource.type,
    address: resource.address,
    name: typeof name === "string" ? name : resource.address,
    attributes,
  };
  draft.safeguards.push(safeguard);
}

/** A value without what says nothing (null, empty lists and texts), with unknown parts as the graph shows them. */
function shown(value: unknown, location: string, name: string, draft: GraphDraft): unknown {
  if (value === undefined || value === null || value === "") return undefined;
  if (isUnknownValue(value)) {
    const unknown = new UnknownValue(location, value.reason);
    draft.note(unknown);
    return unknown;
  }
  if (typeof value === "string") {
    const whole = draft.parts.whole(value);
    if (whole !== undefined) return shown(whole, location, name, draft);
    for (const { reason } of draft.parts.in(value)) draft.note(new UnknownValue(location, reason));
    return draft.parts.plain(value);
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => shown(item, location, "", draft)).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, shown(item, `${location}.${key}`, key, draft)] as const)
    .filter(([, item]) => item !== undefined);
  if (entries.length === 0) return undefined;
  const object = Object.fromEntries(entries);
  return SINGLE_BLOCKS.has(name) ? [object] : object;
}
