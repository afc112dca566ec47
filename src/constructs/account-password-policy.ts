import { IamAccountPasswordPolicy } from "@cdktf/provider-aws/lib/iam-account-password-policy";
import { Construct } from "constructs";
import type { PasswordPolicy as PasswordPolicySettings } from "../environment/account-settings";

export type AccountPasswordPolicyProps = PasswordPolicySettings;

/**
 * The password policy of the account. It exists once: exactly one stack of an account may own it. The baseline's users
 * have no passwords; it is there for whoever gets one by hand.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_account_password_policy#import
 */
export class AccountPasswordPolicy extends Construct {
  constructor(scope: Construct, id: string, props: AccountPasswordPolicyProps) {
    super(scope, id);
    const policy = new IamAccountPasswordPolicy(this, "policy", {
      minimumPasswordLength: props.minimumLength,
      requireUppercaseCharacters: props.requireUppercase,
      requireLowercaseCharacters: props.requireLowercase,
      requireNumbers: props.requireNumbers,
      requireSymbols: props.requireSymbols,
      passwordReusePrevention: props.reusePrevention,
      hardExpiry: props.hardExpiry,
      allowUsersToChangePassword: props.allowUsersToChange,
      ...(props.maxAgeDays !== undefined && { maxPasswordAge: props.maxAgeDays }),
    });
    if (props.import) policy.importFrom("iam-account-password-policy");
  }
}
