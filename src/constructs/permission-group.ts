import { IamGroup } from "@cdktf/provider-aws/lib/iam-group";
import { IamGroupPoliciesExclusive } from "@cdktf/provider-aws/lib/iam-group-policies-exclusive";
import { IamGroupPolicy } from "@cdktf/provider-aws/lib/iam-group-policy";
import { IamGroupPolicyAttachment } from "@cdktf/provider-aws/lib/iam-group-policy-attachment";
import { IamGroupPolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-group-policy-attachments-exclusive";
import { Construct } from "constructs";
import { nameRule } from "../environment/iam-names";
import { quotas } from "../environment/quotas";
import type { PolicyDocument } from "../iam/policy-document";
import { countedCharacters } from "../policies/minified";
import { policyText } from "./iam-policy-text";
import type { ManagedPolicy } from "./managed-policy";

export interface PermissionGroupProps {
  /** Group name: 1-128 of `A-Za-z0-9+=,.@_-`, unique in the account without regard to case. */
  readonly groupName: string;
  /** IAM path. */
  readonly path: string;
  /** Managed policies by a name that says their part in the group: made here, or ARNs. At most 10. */
  readonly managedPolicies: Readonly<Record<string, ManagedPolicy | string>>;
  /** The group's own policy; 5,120 characters at most. @default none */
  readonly inlinePolicy?: { readonly name: string; readonly document: PolicyDocument } | undefined;
}

/**
 * IAM group that carries exactly these policies: what somebody adds by hand shows in the next plan and goes with the
 * next apply.
 *
 * @throws RangeError for a name, a number of policies or a size that IAM would refuse.
 */
export class PermissionGroup extends Construct {
  /** Reference to the group's name: whoever uses it is created after the group. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: PermissionGroupProps) {
    super(scope, id);
    const rule = nameRule("group", props.groupName);
    if (rule !== undefined)
      throw new RangeError(`${this.node.path}: ${rule}, got "${props.groupName}"; rename it`);
    const managed = Object.entries(props.managedPolicies);
    if (managed.length > quotas.managedPoliciesPerGroup) {
      throw new RangeError(
        `${this.node.path}: a group has at most ${quotas.managedPoliciesPerGroup} managed policies, got ${managed.length}; merge some`,
      );
    }
    const inlineCharacters = props.inlinePolicy ? countedCharacters(props.inlinePolicy.document) : 0;
    if (inlineCharacters > quotas.groupInlineCharacters) {
      throw new RangeError(
        `${this.node.path}: the inline policy of a group has at most ${quotas.groupInlineCharacters} characters without white space, got ${inlineCharacters}; split the group`,
      );
    }
    const group = new IamGroup(this, "group", { name: props.groupName, path: props.path });
    this.name = group.name;
    const attachments = managed.map(
      ([part, policy]) =>
        new IamGroupPolicyAttachment(this, `attachment-${part}`, {
          group: group.name,
          ...(typeof policy === "string"
            ? { policyArn: policy }
            : { policyArn: policy.arn, dependsOn: [policy.policy] }),
        }),
    );
    new IamGroupPolicyAttachmentsExclusive(this, "attachments", {
      groupName: group.name,
      policyArns: attachments.map(({ policyArn }) => policyArn),
    });
    const inline =
      props.inlinePolicy &&
      new IamGroupPolicy(this, "policy", {
        group: group.name,
        name: props.inlinePolicy.name,
        policy: policyText(props.inlinePolicy.document),
      });
    new IamGroupPoliciesExclusive(this, "policies", {
      groupName: group.name,
      policyNames: inline ? [inline.name] : [],
    });
  }
}
