import type { Provider, SourceResource } from "./source-resource";
import { type UnknownParts, UnknownValue } from "./unknown-parts";

type Text = (name: string) => string;
type Compute = (text: Text, provider: Provider) => string;

const iam =
  (kind: string, name = "name"): Compute =>
  (text, { partition, accountId }) =>
    `arn:${partition}:iam::${accountId}:${kind}${text("path") || "/"}${text(name)}`;

const regional =
  (service: string, resource: (text: Text) => string): Compute =>
  (text, { partition, region, accountId }) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource(text)}`;

const withoutScheme = (url: string): string => url.replace(/^https:\/\//, "");

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const ARNS: Readonly<Record<string, Compute>> = {
  aws_iam_user: iam("user"),
  aws_iam_group: iam("group"),
  aws_iam_role: iam("role"),
  aws_iam_policy: iam("policy"),
  aws_iam_instance_profile: iam("instance-profile"),
  aws_iam_virtual_mfa_device: iam("mfa", "virtual_mfa_device_name"),
  aws_iam_server_certificate: iam("server-certificate"),
  aws_iam_openid_connect_provider: (text, { partition, accountId }) =>
    `arn:${partition}:iam::${accountId}:oidc-provider/${withoutScheme(text("url"))}`,
  aws_iam_saml_provider: (text, { partition, accountId }) =>
    `arn:${partition}:iam::${accountId}:saml-provider/${text("name")}`,
  aws_lambda_function: regional("lambda", (text) => `function:${text("function_name")}`),
  aws_sqs_queue: regional("sqs", (text) => text("name")),
  aws_sns_topic: regional("sns", (text) => text("name")),
  aws_scheduler_schedule_group: regional("scheduler", (text) => `schedule-group/${text("name")}`),
  aws_scheduler_schedule: regional(
    "scheduler",
    (text) => `schedule/${text("group_name") || "default"}/${text("name")}`,
  ),
  aws_cloudwatch_log_group: regional("logs", (text) => `log-group:${text("name")}`),
  aws_cloudwatch_metric_alarm: regional("cloudwatch", (text) => `alarm:${text("alarm_name")}`),
  aws_cloudwatch_event_rule: regional("events", (text) => `rule/${text("name")}`),
};

/** Types whose `id` is another of their attributes. */
const IDS: Readonly<Record<string, string>> = {
  aws_iam_user: "name",
  aws_iam_group: "name",
  aws_iam_role: "name",
  aws_iam_policy: "arn",
  aws_iam_instance_profile: "name",
  aws_iam_openid_connect_provider: "arn",
  aws_iam_saml_provider: "arn",
  aws_lambda_function: "function_name",
  aws_sns_topic: "arn",
  aws_scheduler_schedule_group: "name",
  aws_cloudwatch_log_group: "name",
  aws_cloudwatch_metric_alarm: "alarm_name",
  aws_cloudwatch_event_rule: "name",
};

/**
 * An attribute that AWS computes, where the arguments tell it: `arn`, `id`, and a name that begins with `name_prefix`.
 * Undefined where they do not.
 */
export function computedAttribute(resource: SourceResource, name: string, parts: UnknownParts): unknown {
  const { type, provider, address } = resource;
  if (name === "arn") return ARNS[type]?.((wanted) => parts.text(resource.attribute(wanted)), provider);
  if (name === "id") {
    const other = IDS[type];
    return other === undefined ? undefined : resource.attribute(other);
  }
  if (name !== "name") return undefined;
  const location = `${address}.name`;
  const prefix = resource.attribute("name_prefix");
  const chosen = parts.mark(new UnknownValue(location, `known after apply: ${location}`));
  return typeof prefix === "string" ? `${prefix}${chosen}` : chosen;
}
