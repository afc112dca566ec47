import type { AccountInventory } from "../aws/inventory";
import { accountSettingsSchema } from "../environment/account-settings";
import type { EnvironmentInput } from "../environment/environment";
import type { NotTaken } from "./left-out";

const GITHUB = "oidc-provider/token.actions.githubusercontent.com";

type PasswordPolicy = NonNullable<NonNullable<EnvironmentInput["account"]>["passwordPolicy"]>;

/** The account's settings in an environment's words; nothing where there are none, or none is known. */
export function accountSettings(inventory: AccountInventory): EnvironmentInput["account"] {
  const { passwordPolicy, details } = inventory;
  const alias = details !== undefined && "value" in details.alias ? details.alias.value : null;
  const policy =
    "value" in passwordPolicy && passwordPolicy.value !== null
      ? passwordWords(passwordPolicy.value)
      : undefined;
  const settings = {
    ...(alias !== null && { alias: { name: alias, import: true } }),
    ...(policy !== undefined && { passwordPolicy: policy }),
  };
  return Object.keys(settings).length > 0 ? settings : undefined;
}

/** A policy that an environment cannot say as it is (no number of remembered passwords) stays unmanaged. */
function passwordWords(policy: Readonly<Record<string, unknown>>): PasswordPolicy | undefined {
  const said = {
    minimumLength: policy["minimum_password_length"],
    requireUppercase: policy["require_uppercase_characters"],
    requireLowercase: policy["require_lowercase_characters"],
    requireNumbers: policy["require_numbers"],
    requireSymbols: policy["require_symbols"],
    reusePrevention: policy["password_reuse_prevention"],
    ...(Number(policy["max_password_age"] ?? 0) > 0 && { maxAgeDays: policy["max_password_age"] }),
    ...(typeof policy["hard_expiry"] === "boolean" && { hardExpiry: policy["hard_expiry"] }),
    allowUsersToChange: policy["allow_users_to_change_password"],
    import: true,
  };
  if (Object.values(said).some((value) => value === undefined)) return undefined;
  const parsed = accountSettingsSchema.shape.passwordPolicy.safeParse(said);
  return parsed.success && parsed.data !== undefined ? (said as PasswordPolicy) : undefined;
}

/**
 * Identity providers and settings that stay as they are.
 *
 * @param declared names of the providers that the project has already
 */
export function settingsNotTaken(
  inventory: AccountInventory,
  declared: readonly string[],
): readonly NotTaken[] {
  const { oidcProviders, samlProviders, passwordPolicy } = inventory;
  const providers = [oidcProviders, samlProviders]
    .flatMap((answer) => ("value" in answer ? answer.value : []))
    .map(({ arn }) => arn.slice(arn.lastIndexOf(":") + 1))
    .filter((name) => !declared.some((one) => name.endsWith(`/${one}`)));
  const policy = "value" in passwordPolicy ? passwordPolicy.value : null;
  return [
    ...providers.map((name) => ({
      kind: "identity-provider" as const,
      name,
      reason:
        name === GITHUB
          ? "roles may trust it as it is; to manage it: account.githubOidcProvider: { import: true }"
          : "roles may trust it as it is; to manage it, declare it under identityProviders",
    })),
    ...(policy !== null && passwordWords(policy) === undefined
      ? [
          {
            kind: "setting" as const,
            name: "password-policy",
            reason:
              "an environment cannot say it as it is: declare account.passwordPolicy where it may be stricter",
          },
        ]
      : []),
  ];
}
