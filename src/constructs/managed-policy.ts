import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { nameRule } from "../environment/iam-names";
import { quotas } from "../environment/quotas";
import type { PolicyDocument } from "../iam/policy-document";
import { countedCharacters } from "../policies/minified";
import { policyText } from "./iam-policy-text";

export interface ManagedPolicyProps {
  /** Policy name: 1-128 of `A-Za-z0-9+=,.@_-`, unique in the account without regard to case. */
  readonly policyName: string;
  /** ARN, computed from account, path and name: the provider's own `arn` is unknown until apply. */
  readonly arn: string;
  /** IAM path. */
  readonly path: string;
  /** At most 6,144 characters without white space. */
  readonly document: PolicyDocument;
  /** Terraform makes it with this document and leaves later versions alone. @default false */
  readonly ignoreDocument?: boolean;
}

/**
 * Customer managed policy with an ARN that plans show in full.
 *
 * @throws RangeError for a name or a size that IAM would refuse.
 */
export class ManagedPolicy extends Construct {
  readonly arn: string;
  /** What an attachment by ARN has to depend on. */
  readonly policy: IamPolicy;

  constructor(scope: Construct, id: string, props: ManagedPolicyProps) {
    super(scope, id);
    const rule = nameRule("policy", props.policyName);
    if (rule !== undefined)
      throw new RangeError(`${this.node.path}: ${rule}, got "${props.policyName}"; rename it`);
    const characters = countedCharacters(props.document);
    if (characters > quotas.managedPolicyCharacters) {
      throw new RangeError(
        `${this.node.path}: a managed policy has at most ${quotas.managedPolicyCharacters} characters without white space, got ${characters}; split it`,
      );
    }
    this.arn = props.arn;
    this.policy = new IamPolicy(this, "policy", {
      name: props.policyName,
      path: props.path,
      policy: policyText(props.document),
      ...(props.ignoreDocument === true && { lifecycle: { ignoreChanges: ["policy"] } }),
    });
  }
}
