import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { IamUserGroupMembership } from "@cdktf/provider-aws/lib/iam-user-group-membership";
import { IamUserPoliciesExclusive } from "@cdktf/provider-aws/lib/iam-user-policies-exclusive";
import { IamUserPolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-user-policy-attachments-exclusive";
import { Construct } from "constructs";
import { nameRule } from "../environment/iam-names";
import { quotas } from "../environment/quotas";

export interface PasswordlessUserProps {
  /** IAM user name: 1-64 of `A-Za-z0-9+=,.@_-`, unique in the account without regard to case. */
  readonly userName: string;
  /** IAM path; policies address all users of one kind by it. */
  readonly path: string;
  /** Names of the groups the user joins, at least 1 and at most 10. */
  readonly groupNames: readonly string[];
  /** Tags besides the provider's default tags. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Refuse to destroy the user: for break-glass users. @default false */
  readonly preventDestroy?: boolean;
}

/**
 * An IAM user that only its groups give anything to: no password, no access key made by Terraform, no policy of its
 * own. Whatever somebody attaches to it by hand shows in the next plan and goes with the next apply. Four resources.
 *
 * Its access keys and MFA devices are made outside of Terraform, so `force_destroy` is on from the start: a destroy
 * would fail while they exist, and reads the setting from the state.
 *
 * @throws RangeError for a name, a path or a number of groups that IAM would refuse.
 */
export class PasswordlessUser extends Construct {
  readonly userName: string;
  readonly path: string;
  /** The IAM user: what policies that name it depend on. */
  readonly user: IamUser;

  constructor(scope: Construct, id: string, props: PasswordlessUserProps) {
    super(scope, id);
    refuseWhatIamRefuses(this.node.path, props);
    this.userName = props.userName;
    this.path = props.path;
    this.user = new IamUser(this, "user", {
      name: props.userName,
      path: props.path,
      forceDestroy: !props.preventDestroy,
      ...(props.tags && { tags: { ...props.tags } }),
      ...(props.preventDestroy && { lifecycle: { preventDestroy: true } }),
    });
    const user = this.user.name;
    new IamUserGroupMembership(this, "groups", { user, groups: [...props.groupNames] });
    new IamUserPoliciesExclusive(this, "policies", { userName: user, policyNames: [] });
    new IamUserPolicyAttachmentsExclusive(this, "attachments", { userName: user, policyArns: [] });
  }
}

function refuseWhatIamRefuses(at: string, { userName, path, groupNames }: PasswordlessUserProps): void {
  const rule = nameRule("user", userName);
  if (rule !== undefined) throw new RangeError(`${at}: ${rule}, got "${userName}"; rename the user`);
  if (!/^\/(?:[!-.0-~]+\/)*$/.test(path) || path.length > quotas.pathCharacters) {
    throw new RangeError(
      `${at}: an IAM path begins and ends with "/", got "${path}"; write one such as "/baseline/device/"`,
    );
  }
  if (groupNames.length === 0 || groupNames.length > quotas.groupsPerUser) {
    throw new RangeError(
      `${at}: a user is in 1-${quotas.groupsPerUser} groups, got ${groupNames.length}; groups carry all that users may do`,
    );
  }
}
