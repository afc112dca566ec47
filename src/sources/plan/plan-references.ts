import { isRecord, type JsonRecord } from "../resource/json-shape";

/**
 * Attributes that name another resource. In a plan of HCL an expression is only a list of the references in it; for these
 * attributes a sole reference to a name, an id or an ARN is taken to be the whole expression, because that is what
 * they are written as. Everywhere else an expression that is not known stays unknown.
 */
const NAMING = new Set([
  "user",
  "users",
  "user_name",
  "username",
  "group",
  "groups",
  "group_name",
  "role",
  "roles",
  "role_name",
  "function_name",
  "rule",
  "log_group_name",
]);
const ARN_NAMING = new Set([
  "policy_arn",
  "policy_arns",
  "managed_policy_arns",
  "permissions_boundary",
  "role_arn",
  "arn",
  "destination",
  "topic_arn",
  "endpoint",
  "alarm_actions",
  "ok_actions",
  "insufficient_data_actions",
  "source_arn",
]);
const DOCUMENTS = new Set([
  "policy",
  "assume_role_policy",
  "source_policy_documents",
  "override_policy_documents",
]);

const LISTS = new Set([
  "users",
  "groups",
  "roles",
  "policy_arns",
  "managed_policy_arns",
  "alarm_actions",
  "ok_actions",
  "insufficient_data_actions",
  "source_policy_documents",
  "override_policy_documents",
  "identifiers",
  "allowed_account_ids",
]);

/** Stands for a resource type where it is a provider whose arguments are read. */
export const PROVIDER = "provider";

/** Blocks that are sets: in a plan their order is not that of the configuration. */
const SETS = new Set(["principals", "not_principals", "condition", "inline_policy"]);

/** How an attribute may refer to others: which attributes of theirs, and which of them where the plan leaves it out. */
export function referring(
  attribute: string,
  type: string,
): { readonly allowed: ReadonlySet<string>; readonly usual: string } | undefined {
  if (type === PROVIDER)
    return { allowed: new Set(["account_id", "arn", "id", "name", "region"]), usual: "id" };
  if (DOCUMENTS.has(attribute)) return { allowed: new Set(["json", "minified_json"]), usual: "json" };
  const isArn = ARN_NAMING.has(attribute) || (attribute === "role" && type === "aws_lambda_function");
  if (isArn || attribute === "identifiers") {
    return { allowed: new Set(["arn", "id"]), usual: "arn" };
  }
  if (!NAMING.has(attribute)) return undefined;
  const allowed = new Set(["name", "id", "function_name", "user_name", "group_name", "role_name"]);
  return { allowed, usual: attribute === "function_name" ? "function_name" : "name" };
}

export function isListAttribute(attribute: string): boolean {
  return LISTS.has(attribute);
}

export function isSetOfBlocks(attribute: string): boolean {
  return SETS.has(attribute);
}

/** Whether an item of `expressions` is an expression, not a block of them. */
export function isExpression(value: unknown): value is JsonRecord {
  return isRecord(value) && ("constant_value" in value || Array.isArray(value["references"]));
}

/**
 * The references of an expression without those that are the beginning of a longer one: Terraform writes
 * `aws_iam_role.r.name` and `aws_iam_role.r` for one reference.
 */
export function longestReferences(expression: JsonRecord): readonly string[] {
  const references = expression["references"];
  if (!Array.isArray(references)) return [];
  const texts = [...new Set(references.filter((reference) => typeof reference === "string"))];
  return texts.filter(
    (text) => !texts.some((other) => other.startsWith(`${text}.`) || other.startsWith(`${text}[`)),
  );
}
