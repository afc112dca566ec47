import { IamGroup } from "@cdktf/provider-aws/lib/iam-group";
import { IamGroupPoliciesExclusive } from "@cdktf/provider-aws/lib/iam-group-policies-exclusive";
import { IamGroupPolicy } from "@cdktf/provider-aws/lib/iam-group-policy";
import { IamGroupPolicyAttachment } from "@cdktf/provider-aws/lib/iam-group-policy-attachment";
import { IamGroupPolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-group-policy-attachments-exclusive";
import { Construct } from "constructs";
import { dependingOn, type ExistingPolicies, existingPolicyText, providerOf } from "./existing-policies";

export interface ExistingGroupProps extends ExistingPolicies {
  /** Name that the group has. */
  readonly groupName: string;
  /** IAM path that it has. */
  readonly path: string;
}

/** A group that was there before the baseline, exactly as it is, with exactly the policies that it has. */
export class ExistingGroup extends Construct {
  /** Reference to the group's name: whoever uses it is created after the group. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: ExistingGroupProps) {
    super(scope, id);
    const provider = providerOf(props.provider);
    const group = new IamGroup(this, "group", { name: props.groupName, path: props.path, ...provider });
    this.name = group.name;
    const inline = Object.entries(props.inlinePolicies).map(
      ([name, document]) =>
        new IamGroupPolicy(this, `policy-${name}`, {
          group: group.name,
          name,
          policy: existingPolicyText(document),
          ...provider,
        }),
    );
    new IamGroupPoliciesExclusive(this, "policies", {
      groupName: group.name,
      policyNames: inline.map(({ name }) => name),
      ...provider,
    });
    const attached = Object.entries(props.managedPolicies).map(
      ([part, { arn, dependsOn }]) =>
        new IamGroupPolicyAttachment(this, `attachment-${part}`, {
          group: group.name,
          policyArn: arn,
          ...dependingOn(dependsOn),
          ...provider,
        }),
    );
    new IamGroupPolicyAttachmentsExclusive(this, "attachments", {
      groupName: group.name,
      policyArns: attached.map(({ policyArn }) => policyArn),
      ...provider,
    });
  }
}
