import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import {
  dependingOn,
  type ExistingDocument,
  type ExistingPolicies,
  existingPolicyText,
  leaving,
  providerOf,
  tagsOf,
} from "./existing-policies";
import { escapedForTerraform } from "./iam-policy-text";

/** What an inventory may not tell of a role. */
export type LeftAloneOfRole = "description" | "maxSessionDuration" | "instanceProfileTags";

export interface ExistingRoleProps extends ExistingPolicies {
  /** Name that the role has: no suffix is added. */
  readonly roleName: string;
  /** IAM path that it has; another one would replace the role. */
  readonly path: string;
  /** Who may assume it, as the account says it. */
  readonly trust: ExistingDocument;
  /** Users of the same stack that the trust names: IAM refuses principals that do not exist. @default none */
  readonly trusts?: readonly ITerraformDependable[];
  readonly description?: string | undefined;
  /** ARN of its permissions boundary. @default none */
  readonly permissionsBoundary?: string | undefined;
  /** Seconds, 3600-43200. */
  readonly maxSessionDuration: number;
  /** Instance profiles that pass the role to EC2, by name. @default none */
  readonly instanceProfiles?: Readonly<Record<string, { readonly path: string }>>;
  /** Every tag that it has. */
  readonly tags?: Readonly<Record<string, string>>;
  /** What is not known here and therefore left as the account has it. @default nothing */
  readonly leftAlone?: readonly LeftAloneOfRole[];
}

/** A role that was there before the baseline, exactly as it is: its trust, its policies, its instance profiles. */
export class ExistingRole extends Construct {
  constructor(scope: Construct, id: string, props: ExistingRoleProps) {
    super(scope, id);
    const provider = providerOf(props.provider);
    const leftAlone = props.leftAlone ?? [];
    const role = new IamRole(this, "role", {
      name: props.roleName,
      path: props.path,
      assumeRolePolicy: existingPolicyText(props.trust),
      ...(!leftAlone.includes("maxSessionDuration") && { maxSessionDuration: props.maxSessionDuration }),
      ...(props.description !== undefined && { description: escapedForTerraform(props.description) }),
      ...(props.permissionsBoundary !== undefined && { permissionsBoundary: props.permissionsBoundary }),
      ...tagsOf(props.tags),
      ...leaving([
        ...(leftAlone.includes("description") ? ["description"] : []),
        ...(leftAlone.includes("maxSessionDuration") ? ["max_session_duration"] : []),
      ]),
      ...dependingOn(props.trusts),
      ...provider,
    });
    this.addPolicies(role, props);
    for (const [name, { path }] of Object.entries(props.instanceProfiles ?? {})) {
      new IamInstanceProfile(this, `instance-profile-${name}`, {
        name,
        path,
        role: role.name,
        ...leaving(leftAlone.includes("instanceProfileTags") ? ["tags", "tags_all"] : []),
        ...provider,
      });
    }
  }

  private addPolicies(role: IamRole, props: ExistingRoleProps): void {
    const provider = providerOf(props.provider);
    const inline = Object.entries(props.inlinePolicies).map(
      ([name, document]) =>
        new IamRolePolicy(this, `policy-${name}`, {
          role: role.name,
          name,
          policy: existingPolicyText(document),
          ...provider,
        }),
    );
    new IamRolePoliciesExclusive(this, "policies", {
      roleName: role.name,
      policyNames: inline.map(({ name }) => name),
      ...provider,
    });
    const attached = Object.entries(props.managedPolicies).map(
      ([part, { arn, dependsOn }]) =>
        new IamRolePolicyAttachment(this, `attachment-${part}`, {
          role: role.name,
          policyArn: arn,
          ...dependingOn(dependsOn),
          ...provider,
        }),
    );
    new IamRolePolicyAttachmentsExclusive(this, "attachments", {
      roleName: role.name,
      policyArns: attached.map(({ policyArn }) => policyArn),
      ...provider,
    });
  }
}
