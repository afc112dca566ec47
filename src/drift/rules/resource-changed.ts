import { defineRule } from "../../findings/rule";
import type { Severity } from "../../findings/severity";
import { natureOf } from "../../review/natures/attribute-nature";
import type { Nature } from "../../review/natures/nature";
import { worse } from "../../review/weight";
import { attributeLines, attributesText, resourceText } from "../attribute-text";
import { deployCommand } from "../commands";
import type { DriftRule } from "../drift-rule";
import type { ChangedAttribute, StackResourceFact } from "../plan/resource-fact";
import { policyChangeLines } from "../policy-change-text";
import { repairCommand } from "../resource-repair";

export const RESOURCE_CHANGED = defineRule({
  id: "resource-changed",
  area: "drift",
  title: "A resource of a stack was changed outside of Terraform",
  severities: ["high", "medium", "low"],
  why: "Functions, schedules, topics, alarms and the state's bucket are what ends old keys, tells people and keeps the state. It is high where the change keeps the nightly run from running, hides what it says or opens the state, and low for descriptions and tags.",
  example: {
    before: "aws scheduler update-schedule --name deactivate-access-keys --state DISABLED ...",
    after: "the schedule is ENABLED, as declared",
  },
  remedy: "Deploy the stack, which puts it back, or put it back by hand where a deployment leaves it.",
  since: "0.1.0",
});

/** Attributes that keep the nightly run, its alarms and the state safe. */
const GRAVE: Readonly<Record<string, readonly string[]>> = {
  aws_scheduler_schedule: [
    "state",
    "schedule_expression",
    "schedule_expression_timezone",
    "start_date",
    "end_date",
    "target",
  ],
  aws_cloudwatch_event_rule: ["state", "is_enabled", "schedule_expression", "event_pattern"],
  aws_cloudwatch_event_target: ["arn", "input", "role_arn"],
  aws_cloudtrail: [
    "enable_logging",
    "is_multi_region_trail",
    "include_global_service_events",
    "enable_log_file_validation",
    "s3_bucket_name",
    "event_selector",
    "advanced_event_selector",
  ],
  aws_guardduty_detector: ["enable"],
  aws_accessanalyzer_analyzer: ["type"],
  aws_accessanalyzer_archive_rule: ["filter"],
  aws_config_configuration_recorder: ["recording_group", "role_arn"],
  aws_config_configuration_recorder_status: ["is_enabled"],
  aws_lambda_function: [
    "code_sha256",
    "source_code_hash",
    "environment",
    "role",
    "handler",
    "runtime",
    "layers",
    "reserved_concurrent_executions",
    "timeout",
    "vpc_config",
  ],
  aws_lambda_function_event_invoke_config: ["destination_config"],
  aws_cloudwatch_metric_alarm: [
    "actions_enabled",
    "alarm_actions",
    "comparison_operator",
    "datapoints_to_alarm",
    "dimensions",
    "evaluation_periods",
    "metric_name",
    "namespace",
    "period",
    "statistic",
    "threshold",
    "treat_missing_data",
  ],
  aws_sns_topic: ["policy", "kms_master_key_id"],
  aws_sns_topic_policy: ["policy"],
  aws_sns_topic_subscription: ["endpoint", "protocol", "filter_policy"],
  aws_sqs_queue: ["policy"],
  aws_s3_bucket: ["policy", "acl", "grant", "replication_configuration"],
  aws_s3_bucket_acl: ["acl", "access_control_policy"],
  aws_s3_bucket_policy: ["policy"],
  aws_s3_bucket_ownership_controls: ["rule"],
  aws_s3_bucket_public_access_block: [
    "block_public_acls",
    "block_public_policy",
    "ignore_public_acls",
    "restrict_public_buckets",
  ],
  aws_s3_bucket_versioning: ["versioning_configuration"],
  aws_s3_bucket_server_side_encryption_configuration: ["rule"],
  aws_iam_openid_connect_provider: ["client_id_list", "thumbprint_list", "url"],
};

/** What lets somebody in or runs, whatever the type and its attribute are called. */
const GRANTING: ReadonlySet<Nature> = new Set([
  "policy",
  "role",
  "principal",
  "public",
  "code",
  "authentication",
]);

/** Changes of these mean nothing to anybody's access. */
const SLIGHT = new Set([
  "account_alias",
  "alarm_description",
  "description",
  "display_name",
  "tags",
  "tags_all",
  "force_destroy",
  "force_detach_policies",
  "retention_in_days",
]);

export const resourceChanged: DriftRule<StackResourceFact, "resource-changed"> = {
  declaration: RESOURCE_CHANGED,
  judge: ({ address, type, values, attributes, stack }, { actual }) => ({
    severity: attributes.map((attribute) => severityOf(type, attribute)).reduce(worse, "low"),
    message: `${resourceText(address, values)} was changed outside of Terraform${attributesText(attributes, actual)}.`,
    evidence: resourceEvidence(stack, address, attributes),
  }),
  remedy(fact, isRepaired) {
    const command = isRepaired ? undefined : repairCommand(fact);
    if (command === undefined) return resourceRemedy(fact.stack, isRepaired);
    const { stack, isPartlyRepaired = false } = fact;
    return isPartlyRepaired
      ? `Run ${deployCommand(stack)}, and ${command} for what it leaves as it is.`
      : `Run ${command}: an apply of stack ${stack} leaves it as it is.`;
  },
};

function severityOf(type: string, { name, declared, actual }: ChangedAttribute): Severity {
  if (GRAVE[type]?.includes(name) === true) return "high";
  if (SLIGHT.has(name)) return "low";
  return GRANTING.has(natureOf(type, name, declared, actual)) ? "high" : "medium";
}

export function resourceRemedy(stack: string, isRepaired: boolean): string {
  return isRepaired
    ? `Run ${deployCommand(stack)}, which puts it back.`
    : `Put it back by hand, or declare it: an apply of stack ${stack} leaves it as it is.`;
}

export function resourceEvidence(
  stack: string,
  address: string,
  attributes: readonly ChangedAttribute[],
): readonly string[] {
  return [
    `stack ${stack}: ${address}`,
    ...attributes.flatMap(({ documents }) => (documents === undefined ? [] : policyChangeLines(documents))),
    ...attributeLines(attributes.filter(({ documents }) => documents === undefined)),
  ];
}
