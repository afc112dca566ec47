import type { Environment } from "../environment/environment";

export interface ManagedConfigRule {
  /** AWS's identifier. */
  readonly identifier: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Managed rules of AWS Config that this baseline meets, by the rule's name. Defaults of parameters exist in the console
 * alone, so they are written out; limits follow the environment's own key rules where those are stricter.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
 */
export function managedConfigRules({
  keyRules,
  account,
  root,
}: Environment): Readonly<Record<string, ManagedConfigRule>> {
  const rules = Object.values(keyRules?.rules ?? {});
  const least = (values: readonly (number | undefined)[], limit: number) =>
    String(Math.min(limit, ...values.filter((value) => value !== undefined)));
  return {
    "iam-user-no-policies-check": { identifier: "IAM_USER_NO_POLICIES_CHECK" },
    "iam-user-group-membership-check": { identifier: "IAM_USER_GROUP_MEMBERSHIP_CHECK" },
    "iam-group-has-users-check": { identifier: "IAM_GROUP_HAS_USERS_CHECK" },
    "access-keys-rotated": {
      identifier: "ACCESS_KEYS_ROTATED",
      parameters: {
        maxAccessKeyAge: least(
          rules.map(({ maxAgeDays }) => maxAgeDays),
          90,
        ),
      },
    },
    "iam-user-unused-credentials-check": {
      identifier: "IAM_USER_UNUSED_CREDENTIALS_CHECK",
      parameters: {
        maxCredentialUsageAge: least(
          rules.map(({ unusedDays }) => unusedDays),
          45,
        ),
      },
    },
    "iam-root-access-key-check": { identifier: "IAM_ROOT_ACCESS_KEY_CHECK" },
    // a root user without credentials has no MFA either, and needs none
    ...(root.credentials === "own" && {
      "root-account-mfa-enabled": { identifier: "ROOT_ACCOUNT_MFA_ENABLED" },
    }),
    "mfa-enabled-for-iam-console-access": { identifier: "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS" },
    ...(account.passwordPolicy && {
      "iam-password-policy": {
        identifier: "IAM_PASSWORD_POLICY",
        parameters: {
          MinimumPasswordLength: String(account.passwordPolicy.minimumLength),
          PasswordReusePrevention: String(account.passwordPolicy.reusePrevention),
          RequireUppercaseCharacters: String(account.passwordPolicy.requireUppercase),
          RequireLowercaseCharacters: String(account.passwordPolicy.requireLowercase),
          RequireNumbers: String(account.passwordPolicy.requireNumbers),
          RequireSymbols: String(account.passwordPolicy.requireSymbols),
        },
      },
    }),
    "multi-region-cloudtrail-enabled": { identifier: "MULTI_REGION_CLOUD_TRAIL_ENABLED" },
    "cloud-trail-log-file-validation-enabled": { identifier: "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED" },
  };
}
