import type { Severity } from "../findings/severity";
import { worse } from "../review/weight";
import type { DriftFinding, DriftWording } from "./drift-finding";
import { shellWord } from "./drift-finding";
import type { ResourceFact } from "./resource-drift";

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

const PASSWORD_POLICY = "aws_iam_account_password_policy";
const LONGEST_VALUE = 120;

export function resourceFinding(fact: ResourceFact, stack: string, wording: DriftWording): DriftFinding {
  const { environment } = wording;
  const deploy = `Run \`cdktf deploy ${shellWord(stack)}\``;
  const evidence = [`stack ${stack}: ${fact.address}`, ...fact.attributes.map(attributeLine)];
  if (fact.kind === "undeployed-change") {
    return {
      rule: fact.kind,
      severity: "low",
      address: fact.address,
      message: `${fact.address} is to be changed (${fact.actions.join(", ")}), and was not deployed${attributesText(fact)}.`,
      remedy: `${deploy}, or take the change back.`,
      environment,
      evidence,
    };
  }
  if (fact.type === PASSWORD_POLICY)
    return passwordPolicyFinding(fact.attributes, `${deploy}, which puts it back.`, wording);
  const remedy = fact.isRepaired
    ? `${deploy}, which puts it back.`
    : `Put it back by hand, or declare it: an apply of stack ${stack} leaves it as it is.`;
  return fact.kind === "resource-deleted"
    ? {
        rule: fact.kind,
        severity: "high",
        address: fact.address,
        message: `${fact.address} is declared and was deleted outside of Terraform.`,
        remedy,
        environment,
        evidence,
      }
    : {
        rule: fact.kind,
        severity: severityOf(fact),
        address: fact.address,
        message: `${fact.address} was changed outside of Terraform${attributesText(fact)}.`,
        remedy,
        environment,
        evidence,
      };
}

/** @param attributes in Terraform's words, from a plan or from the account itself */
export function passwordPolicyFinding(
  attributes: ResourceFact["attributes"],
  remedy: string,
  { environment }: DriftWording,
): DriftFinding {
  return {
    rule: "password-policy-changed",
    severity: attributes.some(isWeaker) ? "medium" : "low",
    address: "account/password-policy",
    message: `The password policy of the account was changed: ${attributes.map(attributeText).join(", ")}.`,
    remedy,
    environment,
    evidence: attributes.map(attributeLine),
    trail: { events: ["UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy"] },
  };
}

/** Shorter, fewer, off: but for the age, where less is stricter. */
function isWeaker({ name, declared, actual }: ResourceFact["attributes"][number]): boolean {
  if (name === "max_password_age") return Number(actual ?? 0) === 0 || Number(actual) > Number(declared ?? 0);
  if (name === "allow_users_to_change_password" || name === "hard_expiry") return false;
  return Number(actual ?? 0) < Number(declared ?? 0);
}

function severityOf({ type, attributes }: ResourceFact): Severity {
  return attributes
    .map(({ name }): Severity => {
      if (GRAVE[type]?.includes(name) === true) return "high";
      return SLIGHT.has(name) ? "low" : "medium";
    })
    .reduce(worse, "low");
}

function attributesText({ attributes }: ResourceFact): string {
  if (attributes.length === 0) return "";
  const shown = attributes.slice(0, 6).map(attributeText);
  return `: ${shown.join(", ")}${attributes.length > 6 ? ` and ${attributes.length - 6} more` : ""}`;
}

function attributeText({ name, declared, actual }: ResourceFact["attributes"][number]): string {
  return `${name.replaceAll("_", " ")} is ${valueText(actual)}, declared is ${valueText(declared)}`;
}

function attributeLine({ name, declared, actual }: ResourceFact["attributes"][number]): string {
  return `${name}: ${valueText(declared)} -> ${valueText(actual)}`;
}

function valueText(value: unknown): string {
  const text =
    value === undefined || value === null
      ? "nothing"
      : typeof value === "string"
        ? value
        : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
}
