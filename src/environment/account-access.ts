/**
 * The service by which people of IAM Identity Center get roles of the account itself: account access manager. Whom it
 * gives which role its entitlements say, in the management account; the trust policy names the service and its application.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/aam-security.html
 */
export const ACCOUNT_ACCESS = "account-access.amazonaws.com";

/** Without `sts:TagSession` nobody gets credentials. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/accountaccess_entitlement */
export const ACCOUNT_ACCESS_ACTIONS = ["sts:AssumeRole", "sts:SetContext", "sts:TagSession"] as const;

const APPLICATION = /^arn:[a-z-]+:account-access:[a-z0-9-]+:(\d{12}):application\/[^*?]+$/;

/** The account that owns an application, and that the service names as `aws:SourceAccount`; nothing for another ARN. */
export function accountOfApplication(arn: string): string | undefined {
  return APPLICATION.exec(arn)?.[1];
}
