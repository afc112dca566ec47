import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { IamUserGroupMembership } from "@cdktf/provider-aws/lib/iam-user-group-membership";
import { IamUserPoliciesExclusive } from "@cdktf/provider-aws/lib/iam-user-policies-exclusive";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import { IamUserPolicyAttachment } from "@cdktf/provider-aws/lib/iam-user-policy-attachment";
import { IamUserPolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-user-policy-attachments-exclusive";
import { Construct } from "constructs";
import {
  dependingOn,
  type ExistingPolicies,
  existingPolicyText,
  providerOf,
  tagsOf,
} from "./existing-policies";

export interface ExistingUserProps extends ExistingPolicies {
  /** Name that the user has. */
  readonly userName: string;
  /** IAM path that it has. */
  readonly path: string;
  /** Names of the groups it is in. */
  readonly groupNames: readonly string[];
  /** ARN of its permissions boundary. @default none */
  readonly permissionsBoundary?: string | undefined;
  /** Every tag that it has. */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A user that was there before the baseline, exactly as it is: its path, groups, policies and tags. Its keys, password
 * and MFA devices are nobody's here. The lists of its policies are exclusive, because all of them are declared.
 *
 * `force_destroy` stays off, as an import leaves it: a plan that would destroy the user fails while it has a key.
 */
export class ExistingUser extends Construct {
  readonly user: IamUser;

  constructor(scope: Construct, id: string, props: ExistingUserProps) {
    super(scope, id);
    const provider = providerOf(props.provider);
    this.user = new IamUser(this, "user", {
      name: props.userName,
      path: props.path,
      forceDestroy: false,
      ...(props.permissionsBoundary !== undefined && { permissionsBoundary: props.permissionsBoundary }),
      ...tagsOf(props.tags),
      ...provider,
    });
    const user = this.user.name;
    if (props.groupNames.length > 0) {
      new IamUserGroupMembership(this, "groups", { user, groups: [...props.groupNames], ...provider });
    }
    const inline = Object.entries(props.inlinePolicies).map(
      ([name, document]) =>
        new IamUserPolicy(this, `policy-${name}`, {
          user,
          name,
          policy: existingPolicyText(document),
          ...provider,
        }),
    );
    new IamUserPoliciesExclusive(this, "policies", {
      userName: user,
      policyNames: inline.map(({ name }) => name),
      ...provider,
    });
    const attached = Object.entries(props.managedPolicies).map(
      ([part, { arn, dependsOn }]) =>
        new IamUserPolicyAttachment(this, `attachment-${part}`, {
          user,
          policyArn: arn,
          ...dependingOn(dependsOn),
          ...provider,
        }),
    );
    new IamUserPolicyAttachmentsExclusive(this, "attachments", {
      userName: user,
      policyArns: attached.map(({ policyArn }) => policyArn),
      ...provider,
    });
  }
}
