import type { Safeguard } from "../../../iam/graph";

const WORDS: Readonly<Record<string, string>> = {
  aws_scheduler_schedule: "schedule",
  aws_scheduler_schedule_group: "schedule group",
  aws_cloudwatch_event_rule: "event rule",
  aws_cloudwatch_event_target: "event target",
  aws_lambda_function: "function",
  aws_lambda_function_event_invoke_config: "failure handling of function",
  aws_lambda_permission: "invoke permission on function",
  aws_cloudwatch_event_bus: "event bus",
  aws_cloudtrail: "trail",
  aws_guardduty_detector: "GuardDuty detector",
  aws_accessanalyzer_analyzer: "access analyzer",
  aws_accessanalyzer_archive_rule: "archive rule",
  aws_config_configuration_recorder: "Config recorder",
  aws_config_configuration_recorder_status: "Config recorder",
  aws_config_delivery_channel: "Config delivery channel",
  aws_config_config_rule: "Config rule",
  aws_lambda_code_signing_config: "code signing",
  aws_cloudwatch_metric_alarm: "alarm",
  aws_cloudwatch_log_group: "log group",
  aws_cloudwatch_log_metric_filter: "metric filter",
  aws_sqs_queue: "queue",
  aws_sqs_queue_policy: "policy of queue",
  aws_sns_topic: "topic",
  aws_sns_topic_policy: "policy of topic",
  aws_sns_topic_subscription: "subscription to",
  aws_iam_account_password_policy: "password policy",
  aws_iam_account_alias: "account alias",
};

/** `schedule deactivate-access-keys`. */
export function safeguardText({ type, name }: Safeguard): string {
  return `${WORDS[type] ?? type} ${name}`;
}
