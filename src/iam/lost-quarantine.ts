import { quarantinePolicy } from "./quarantine";

type Attributes = Readonly<Record<string, unknown>>;

/**
 * The quarantine policies that a change of a resource takes away from a user: an exclusive list that loses one, or an
 * attachment that goes or becomes another. A resource that is only forgotten takes nothing away.
 *
 * @param type as Terraform calls it: `aws_iam_user_policy_attachments_exclusive`
 * @param after nothing where the resource is destroyed
 */
export function lostQuarantine(
  type: string,
  before: Attributes | undefined,
  after: Attributes | undefined,
): { readonly userName: string; readonly policy: string } | undefined {
  if (before === undefined) return undefined;
  const exclusive = type === "aws_iam_user_policy_attachments_exclusive";
  // a list that goes takes nothing away: what it watched over stays
  if (!(exclusive ? after !== undefined : type === "aws_iam_user_policy_attachment")) return undefined;
  const attribute = exclusive ? "policy_arns" : "policy_arn";
  const arns = [after?.[attribute] ?? []].flat().map(String);
  const policy = [before[attribute] ?? []]
    .flat()
    .map(String)
    .flatMap((arn) => (arns.includes(arn) ? [] : (quarantinePolicy(arn) ?? [])))[0];
  const userName = String(before[exclusive ? "user_name" : "user"] ?? "(not known)");
  return policy === undefined ? undefined : { userName, policy };
}
