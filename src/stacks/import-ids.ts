type Attributes = Readonly<Record<string, unknown>>;

/** The names that references such as `${aws_iam_user.laptop.name}` stand for, as far as the stack says them itself. */
export function referencedNames(
  resources: readonly (readonly [address: string, attributes: Attributes])[],
): ReadonlyMap<string, string> {
  return new Map(
    resources.flatMap(([address, attributes]) =>
      Object.entries(attributes).flatMap(([key, value]) =>
        typeof value === "string" && !value.includes("${")
          ? [[`\${${address}.${key}}`, value] as [string, string]]
          : [],
      ),
    ),
  );
}

/** Attributes that the import id of a type is made of, and what stands between them. */
const PARTS: Readonly<Record<string, readonly [separator: string, ...attributes: string[]]>> = {
  aws_iam_user: ["", "name"],
  aws_iam_group: ["", "name"],
  aws_iam_role: ["", "name"],
  aws_iam_user_policy: [":", "user", "name"],
  aws_iam_group_policy: [":", "group", "name"],
  aws_iam_role_policy: [":", "role", "name"],
  aws_iam_user_policy_attachment: ["/", "user", "policy_arn"],
  aws_iam_group_policy_attachment: ["/", "group", "policy_arn"],
  aws_iam_role_policy_attachment: ["/", "role", "policy_arn"],
  aws_iam_user_policies_exclusive: ["", "user_name"],
  aws_iam_user_policy_attachments_exclusive: ["", "user_name"],
  aws_iam_group_policies_exclusive: ["", "group_name"],
  aws_iam_group_policy_attachments_exclusive: ["", "group_name"],
  aws_iam_role_policies_exclusive: ["", "role_name"],
  aws_iam_role_policy_attachments_exclusive: ["", "role_name"],
  aws_iam_instance_profile: ["", "name"],
};

/**
 * The id under which Terraform imports what a resource describes, from the resource's own attributes; nothing where
 * they are not known, or the type has none that they tell (a policy's id is its ARN).
 *
 * @param names what references to other resources of the stack stand for
 * @param arnOf ARN of a policy, from its path and name
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_user_policy_attachment#import
 */
export function importId(
  type: string,
  attributes: Attributes,
  names: ReadonlyMap<string, string>,
  arnOf: (path: string, name: string) => string,
): string | undefined {
  const text = (attribute: string) => known(attributes[attribute], names);
  if (type === "aws_iam_policy") {
    const [path, name] = [text("path"), text("name")];
    return path === undefined || name === undefined ? undefined : arnOf(path, name);
  }
  if (type === "aws_iam_user_group_membership") {
    const { groups } = attributes;
    const user = text("user");
    const joined = Array.isArray(groups) ? groups.map((group) => known(group, names)) : [];
    if (user === undefined || joined.some((group) => group === undefined)) return undefined;
    return [user, ...joined].join("/");
  }
  const [separator, ...parts] = PARTS[type] ?? [""];
  const values = parts.map(text);
  if (values.length === 0 || values.some((value) => value === undefined)) return undefined;
  return values.join(separator);
}

function known(value: unknown, names: ReadonlyMap<string, string>): string | undefined {
  if (typeof value !== "string") return undefined;
  return value.includes("${") ? names.get(value) : value;
}
