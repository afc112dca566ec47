import { defineRule } from "../../findings/rule";
import type { Severity } from "../../findings/severity";
import { worse } from "../../review/weight";
import { attributeLine, attributesText } from "../attribute-text";
import { deployCommand } from "../commands";
import type { DriftRule } from "../drift-rule";
import type { ChangedAttribute, StackResourceFact } from "../resource-fact";

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
    "target",
    "end_date",
  ],
  aws_cloudwatch_event_rule: ["state", "is_enabled", "schedule_expression", "event_pattern"],
  aws_cloudwatch_event_target: ["arn", "input"],
  aws_lambda_function: [
    "source_code_hash",
    "environment",
    "role",
    "handler",
    "runtime",
    "layers",
    "reserved_concurrent_executions",
    "timeout",
  ],
  aws_cloudwatch_metric_alarm: [
    "actions_enabled",
    "alarm_actions",
    "threshold",
    "metric_name",
    "treat_missing_data",
  ],
  aws_sns_topic: ["policy", "kms_master_key_id"],
  aws_sns_topic_policy: ["policy"],
  aws_sns_topic_subscription: ["endpoint", "filter_policy"],
  aws_s3_bucket_policy: ["policy"],
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

/** Changes of these mean nothing to anybody's access. */
const SLIGHT = new Set([
  "description",
  "tags",
  "force_destroy",
  "force_detach_policies",
  "retention_in_days",
]);

export const resourceChanged: DriftRule<StackResourceFact, "resource-changed"> = {
  declaration: RESOURCE_CHANGED,
  judge: ({ address, type, attributes, stack }) => ({
    severity: attributes.map(({ name }) => severityOf(type, name)).reduce(worse, "low"),
    message: `${address} was changed outside of Terraform${attributesText(attributes)}.`,
    evidence: resourceEvidence(stack, address, attributes),
  }),
  remedy: ({ stack }, isRepaired) => resourceRemedy(stack, isRepaired),
};

function severityOf(type: string, attribute: string): Severity {
  if (GRAVE[type]?.includes(attribute) === true) return "high";
  return SLIGHT.has(attribute) ? "low" : "medium";
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
  return [`stack ${stack}: ${address}`, ...attributes.map(attributeLine)];
}
