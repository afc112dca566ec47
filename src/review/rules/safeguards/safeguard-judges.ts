import { DETECTION_JUDGES, eventPattern, ruleState } from "./detection-judges";
import { encryptionKey } from "./encryption-judge";
import {
  concurrency,
  functionVariables,
  invoker,
  invokingSource,
  isKeyRules,
  keyRuleJudgements,
  runtime,
} from "./function-judges";
import {
  anyChange,
  blockKept,
  entriesKept,
  high,
  isOn,
  type Judge,
  low,
  medium,
  note,
  number,
  staysWanted,
} from "./judgement";
import { flexibleWindow, scheduleExpression, target, timezone } from "./schedule-judges";

/** Whether an alarm goes off later depends on which side of the threshold it watches. */
const threshold: Judge = (before, after, { what, attributes }) => {
  const operator = String(attributes["comparison_operator"]);
  const side = /^Greater/.test(operator) ? 1 : /^LessThan(?:Or|Thr)/.test(operator) ? -1 : 0;
  const text = `${what} has another threshold: ${String(after)} instead of ${String(before)}`;
  if (side === 0 || before === undefined || after === undefined) return medium(text);
  return (Number(after) - Number(before)) * side <= 0 ? note(text) : medium(`${text}, so it goes off later`);
};

const retention: Judge = (before, after, { what }) => {
  const [old, current] = [before, after].map((value) =>
    value === undefined || Number(value) === 0 ? Infinity : Number(value),
  );
  if (old === undefined || current === undefined || old === current) return undefined;
  const days = (value: number) => (value === Infinity ? "for ever" : `${value} days`);
  const text = `${what} is kept ${days(current)} instead of ${days(old)}`;
  return current < old ? medium(text) : note(text);
};

/** By type and attribute: what a change means. What is not here is told as low. */
export const JUDGES: Readonly<Record<string, Readonly<Record<string, Judge>>>> = {
  ...DETECTION_JUDGES,
  aws_scheduler_schedule: {
    state: staysWanted("high", (value) => value === undefined || value === "ENABLED", "is switched off"),
    schedule_expression: scheduleExpression,
    schedule_expression_timezone: timezone,
    start_date: blockKept("low", "loses its start", "starts at another time"),
    end_date: (_before, after, { what }) =>
      after === undefined ? note(`${what} has no end any more`) : high(`${what} ends at ${String(after)}`),
    flexible_time_window: flexibleWindow,
    target,
    group_name: anyChange("low", "moves to another group"),
  },
  aws_cloudwatch_event_rule: {
    state: ruleState,
    is_enabled: staysWanted("high", (value) => value !== false, "is switched off"),
    schedule_expression: scheduleExpression,
    event_pattern: eventPattern,
  },
  aws_cloudwatch_event_target: {
    arn: anyChange("high", "sends events elsewhere"),
    role_arn: anyChange("medium", "runs with another role"),
    input: (before, after, { what }) => {
      const judged = keyRuleJudgements(before, after, what);
      return judged.length > 0 || isKeyRules(before) ? judged : medium(`${what} gets another input`);
    },
    input_path: anyChange("medium", "gets another input"),
    input_transformer: anyChange("medium", "gets another input"),
    dead_letter_config: blockKept(
      "high",
      "loses its dead-letter queue: a run that could not start leaves no trace",
      "sends runs that could not start elsewhere",
    ),
  },
  aws_lambda_function: {
    environment: functionVariables,
    reserved_concurrent_executions: concurrency,
    timeout: number("lower", "medium", 3, " seconds"),
    memory_size: number("lower", "low", 128, " MB"),
    role: anyChange("high", "runs with another role"),
    filename: anyChange("info", "gets other code"),
    source_code_hash: anyChange(
      "info",
      "gets other code: review the source, this shows only that it is replaced",
    ),
    s3_key: anyChange("medium", "gets other code, from a bucket"),
    s3_bucket: anyChange("high", "gets its code from another bucket"),
    image_uri: anyChange("medium", "gets another image"),
    handler: anyChange("medium", "starts another handler"),
    runtime,
    layers: anyChange("high", "gets other layers: code of others that runs before its own"),
    vpc_config: anyChange("medium", "moves to another network"),
    dead_letter_config: blockKept("medium", "loses its dead-letter queue", "has another dead-letter queue"),
    logging_config: anyChange("medium", "logs elsewhere or less"),
  },
  aws_lambda_permission: {
    principal: invoker,
    source_arn: invokingSource,
    source_account: invokingSource,
    principal_org_id: invokingSource,
    function_name: anyChange("high", "is for another function"),
    action: anyChange("medium", "is for another action"),
  },
  aws_lambda_function_event_invoke_config: {
    destination_config: blockKept(
      "high",
      "loses the queue for failed runs: a failure leaves no trace",
      "sends failed runs elsewhere",
    ),
    maximum_retry_attempts: number("lower", "medium", 2),
    maximum_event_age_in_seconds: number("lower", "low", 21_600),
  },
  aws_cloudwatch_metric_alarm: {
    actions_enabled: staysWanted(
      "high",
      (value) => value === undefined || isOn(value),
      "tells nobody any more: its actions are switched off",
    ),
    alarm_actions: entriesKept("high", "no longer tells whom it told"),
    ok_actions: anyChange("info", "changes what it tells when all is well"),
    insufficient_data_actions: entriesKept("medium", "no longer tells when data is missing"),
    threshold,
    evaluation_periods: number("higher", "medium", 1),
    datapoints_to_alarm: number("higher", "medium", 1),
    period: number("higher", "medium", 60, " seconds"),
    treat_missing_data: staysWanted(
      "high",
      (value) => value === "breaching",
      "takes missing data as fine: silence is no alarm any more",
    ),
    comparison_operator: anyChange("high", "compares otherwise"),
    metric_name: anyChange("high", "looks at another metric"),
    namespace: anyChange("high", "looks at another metric"),
    dimensions: anyChange("high", "looks at another metric"),
    metric_query: anyChange("high", "looks at another metric"),
    statistic: anyChange("medium", "looks at another statistic"),
  },
  aws_cloudwatch_log_group: {
    retention_in_days: retention,
    kms_key_id: encryptionKey("is no longer encrypted by its key"),
    skip_destroy: anyChange("info", "changes"),
    log_group_class: anyChange("low", "changes its class"),
  },
  aws_cloudwatch_log_metric_filter: { pattern: anyChange("high", "counts other lines") },
  aws_sqs_queue: {
    message_retention_seconds: number("lower", "medium", 345_600, " seconds"),
    sqs_managed_sse_enabled: staysWanted(
      "medium",
      (value) => value === undefined || isOn(value),
      "is no longer encrypted",
    ),
    kms_master_key_id: encryptionKey("is no longer encrypted by its key"),
    policy: () => undefined,
    redrive_policy: blockKept("low", "loses its redrive policy", "redrives elsewhere"),
  },
  aws_sqs_queue_policy: { policy: () => undefined },
  aws_sns_topic: {
    policy: () => undefined,
    kms_master_key_id: encryptionKey("is no longer encrypted"),
  },
  aws_sns_topic_policy: { policy: () => undefined },
  aws_sns_topic_subscription: {
    endpoint: anyChange("high", "tells somebody else"),
    filter_policy: anyChange("medium", "tells of other messages"),
    redrive_policy: anyChange("low", "redrives elsewhere"),
  },
  aws_iam_account_password_policy: {
    minimum_password_length: number("lower", "medium", 6),
    password_reuse_prevention: number("lower", "medium", 0),
    max_password_age: (before, after, names) =>
      number("higher", "medium", Infinity)(Number(before) || undefined, Number(after) || undefined, names),
    require_lowercase_characters: staysWanted("medium", isOn, "no longer asks for lower case"),
    require_uppercase_characters: staysWanted("medium", isOn, "no longer asks for upper case"),
    require_numbers: staysWanted("medium", isOn, "no longer asks for numbers"),
    require_symbols: staysWanted("medium", isOn, "no longer asks for symbols"),
    allow_users_to_change_password: anyChange("info", "changes who may change passwords"),
    hard_expiry: anyChange("low", "changes what an expired password may do"),
  },
  aws_iam_account_alias: { account_alias: anyChange("low", "changes: people sign in at another address") },
  aws_iam_security_token_service_preferences: {
    global_endpoint_token_version: (_before, after, { what }) =>
      String(after).startsWith("v1")
        ? low(`${what}: session tokens of the old format, which hold in fewer regions`)
        : note(`${what}: session tokens of the new format`),
  },
  aws_iam_organizations_features: {
    enabled_features: entriesKept("high", "loses a feature that locks root users away"),
  },
};

/** Defaults that a file may leave out or write. */
export const SILENT: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  aws_scheduler_schedule: { state: "ENABLED", schedule_expression_timezone: "UTC", group_name: "default" },
  aws_cloudwatch_metric_alarm: { actions_enabled: true, treat_missing_data: "missing" },
  aws_sqs_queue: { sqs_managed_sse_enabled: true, message_retention_seconds: 345_600 },
  aws_cloudwatch_event_rule: { state: "ENABLED", is_enabled: true },
  aws_lambda_function: { reserved_concurrent_executions: -1, package_type: "Zip" },
  aws_cloudtrail: { enable_logging: true, include_global_service_events: true },
  aws_guardduty_detector: { enable: true },
};
