/**
 * Attributes that AWS or the provider computes: they follow from something else, or mean nothing. Most are known by
 * the configuration, which never sets them; this list is for plans that bring no configuration, and for what would
 * otherwise be taken for something that an apply changes.
 */
const COMPUTED: ReadonlySet<string> = new Set([
  "arn",
  "attachment_count",
  "create_date",
  "id",
  "invoke_arn",
  "last_modified",
  "last_updated_time",
  "owner_id",
  "policy_id",
  "qualified_arn",
  "qualified_invoke_arn",
  "signing_job_arn",
  "source_code_size",
  "version",
]);

/** Types whose every attribute the access model reads: what they change is told as access. */
const ACCESS_TYPE =
  /^aws_iam_(?:(?:user|group|role)_(?:policy|policy_attachment|policies_exclusive|policy_attachments_exclusive)|policy_attachment|user_group_membership|group_membership)$/;

/** Attributes that the access model reads, of types that have others besides. */
const ACCESS_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_user: ["name", "path", "permissions_boundary"],
  aws_iam_group: ["name", "path"],
  aws_iam_role: ["name", "path", "assume_role_policy", "max_session_duration", "permissions_boundary"],
  aws_iam_policy: ["name", "path", "policy"],
  aws_iam_instance_profile: ["name", "role"],
};

/** Lists that AWS fills for a role, whoever attached the policies: the graphs read them whole, beside what attaches. */
export const FILLED_BY_AWS: readonly string[] = ["inline_policy", "managed_policy_arns"];

/** Who reads an attribute: nobody (computed), the access model, or the comparison of resources. */
export function readerOf(type: string, attribute: string): "nobody" | "access" | "resource" {
  if (attribute === "unique_id")
    return type === "aws_iam_user" || type === "aws_iam_role" ? "access" : "nobody";
  if (COMPUTED.has(attribute)) return "nobody";
  if (type === "aws_iam_role" && FILLED_BY_AWS.includes(attribute)) return "nobody";
  if (ACCESS_TYPE.test(type) || ACCESS_ATTRIBUTES[type]?.includes(attribute) === true) return "access";
  return "resource";
}

/** Whether creation and deletion of the type are told as access. */
export function isAccessType(type: string): boolean {
  return ACCESS_TYPE.test(type) || ACCESS_ATTRIBUTES[type] !== undefined;
}
