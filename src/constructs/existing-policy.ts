import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { type ExistingDocument, existingPolicyText, leaving, providerOf, tagsOf } from "./existing-policies";

export interface ExistingPolicyProps {
  /** Name that the policy has. */
  readonly policyName: string;
  /** IAM path that it has; another one would replace the policy. */
  readonly path: string;
  /** Version that is in force. */
  readonly document: ExistingDocument;
  /** Every tag that it has. */
  readonly tags?: Readonly<Record<string, string>>;
  /** What is not known here and therefore left as the account has it. @default nothing */
  readonly leftAlone?: readonly "tags"[];
  readonly provider?: TerraformProvider | undefined;
}

/**
 * A customer managed policy that was there before the baseline, exactly as it is. IAM never changes a policy's
 * description, and another one in the configuration would replace the policy: it is left alone.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
 */
export class ExistingPolicy extends Construct {
  readonly policy: IamPolicy;

  constructor(scope: Construct, id: string, props: ExistingPolicyProps) {
    super(scope, id);
    this.policy = new IamPolicy(this, "policy", {
      name: props.policyName,
      path: props.path,
      policy: existingPolicyText(props.document),
      ...tagsOf(props.tags),
      ...leaving(["description", ...(props.leftAlone?.includes("tags") ? ["tags", "tags_all"] : [])]),
      ...providerOf(props.provider),
    });
  }
}
