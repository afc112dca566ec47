import { IamArns } from "../environment/arns";
import type { DraftExisting } from "./draft";

type Ids = Readonly<Record<string, readonly string[]>>;

interface Carrier {
  readonly managedPolicies?: readonly string[] | undefined;
  readonly inlinePolicies?: Readonly<Record<string, unknown>> | undefined;
}

interface Account {
  readonly partition: string;
  readonly accountId: string;
  readonly namespace: string;
}

/**
 * The import ids of everything that `existing` declares, by Terraform type: each principal with every policy,
 * attachment and exclusive list, so that the first plan adds none and takes none away.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_user_policy_attachments_exclusive#import
 */
export function importIdsOf({ users, groups, roles, policies }: DraftExisting, account: Account): Ids {
  const arns = new IamArns(account);
  const ids = new Map<string, string[]>();
  const add = (type: string, ...more: readonly string[]) => {
    if (more.length > 0) ids.set(type, [...(ids.get(type) ?? []), ...more]);
  };
  for (const [kind, record] of [
    ["user", users],
    ["group", groups],
    ["role", roles],
  ] as const) {
    for (const [name, { managedPolicies = [], inlinePolicies = {} }] of Object.entries<Carrier>(record)) {
      add(`aws_iam_${kind}`, name);
      add(`aws_iam_${kind}_policies_exclusive`, name);
      add(`aws_iam_${kind}_policy_attachments_exclusive`, name);
      add(`aws_iam_${kind}_policy`, ...Object.keys(inlinePolicies).map((policy) => `${name}:${policy}`));
      add(
        `aws_iam_${kind}_policy_attachment`,
        ...managedPolicies.map((policy) => `${name}/${arns.managedPolicy(policy)}`),
      );
    }
  }
  for (const [name, { groups: joined = [] }] of Object.entries(users)) {
    if (joined.length > 0) add("aws_iam_user_group_membership", [name, ...[...joined].sort()].join("/"));
  }
  for (const { instanceProfiles = {} } of Object.values(roles))
    add("aws_iam_instance_profile", ...Object.keys(instanceProfiles));
  for (const [name, { path = "/" }] of Object.entries(policies))
    add("aws_iam_policy", arns.policy(name, path));
  return Object.fromEntries([...ids].sort(([left], [right]) => (left < right ? -1 : 1)));
}
