import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";
import { DETECTION } from "../resources/resource-types";

export const PROTECTION_REMOVED = defineRule({
  id: "protection-removed",
  area: "review",
  title: "Something that protects data or watches the account is removed",
  severities: ["high", "medium"],
  why: "Without the block a bucket can be made public, without versions a state cannot be brought back, and without a trail nobody sees who did what.",
  example: { before: "aws_s3_bucket_public_access_block.state", after: "the block is gone" },
  remedy: "Keep it, or say in the pull request what takes its place.",
  since: "0.1.0",
});

/** Types that stand for something that protects or watches, beside those of detection. */
const PROTECTING =
  /_(?:policy|public_access_block|versioning|server_side_encryption_configuration|encryption(?:_configuration)?|logging(?:_configuration)?|flow_log|query_log|query_logging_config|log_metric_filter|metric_alarm|composite_alarm|web_acl(?:_association)?|firewall|firewall_policy|network_acl_rule|vault_lock(?:_configuration)?|object_lock_configuration|rotation|guardrail|config_rule|budget|anomaly_monitor|anomaly_subscription|resource_policy|ownership_controls|backup_plan|backup_selection|code_signing_config|signing_profile|account_public_access_block|block_public_access_configuration|emr_block_public_access|ebs_encryption_by_default|image_block_public_access|snapshot_block_public_access|default_credit_specification|instance_metadata_defaults)$/;
/** Policies that grant, and do nothing when they are gone. */
const GRANTING = /^aws_(?:autoscaling|appautoscaling|dlm|ecr_lifecycle|lb_|elb_|codecommit|lambda_layer)/;

export function protectionRemoved({ type, address }: RawResource): readonly Draft[] {
  const isWatching = DETECTION.test(type);
  if (!isWatching && (!PROTECTING.test(type) || GRANTING.test(type))) return [];
  return [
    {
      rule: PROTECTION_REMOVED,
      severity: isWatching || type.startsWith("aws_s3_") ? "high" : "medium",
      category: "guard-rails",
      address,
      subjects: [],
      predicate: `${address} is removed`,
    },
  ];
}
