import * as z from "zod";

const existing = z
  .boolean()
  .default(false)
  .describe("The account has one already: emit an import block, so that the first deploy takes it over.");

/** CIS AWS Foundations v7.0.0: 2.8 asks for 14 characters, 2.9 for 24 remembered passwords. */
export const passwordPolicySchema = z.strictObject({
  minimumLength: z.number().int().min(6).max(128).default(14).describe("Characters, 6-128."),
  requireUppercase: z.boolean().default(true).describe("Require A-Z."),
  requireLowercase: z.boolean().default(true).describe("Require a-z."),
  requireNumbers: z.boolean().default(true).describe("Require 0-9."),
  requireSymbols: z.boolean().default(true).describe("Require one of the special characters."),
  reusePrevention: z.number().int().min(1).max(24).default(24).describe("Remembered passwords, 1-24."),
  maxAgeDays: z.number().int().min(1).max(1095).optional().describe("Days until a password expires, 1-1095."),
  hardExpiry: z
    .boolean()
    .default(false)
    .describe("Whether an expired password can only be reset by an administrator."),
  allowUsersToChange: z.boolean().default(true).describe("Whether users may change their own password."),
  import: existing,
});

export const accountSettingsSchema = z.strictObject({
  passwordPolicy: passwordPolicySchema.optional().describe("Password policy of the account."),
  alias: z
    .strictObject({
      name: z
        .string()
        .regex(/^(?!\d{12}$)[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/)
        .describe("3-63 of a-z0-9-, unique in all of AWS, not 12 digits."),
      import: existing,
    })
    .optional()
    .describe("Account alias, for the console's sign-in page."),
  githubOidcProvider: z
    .strictObject({ import: existing })
    .optional()
    .describe(
      "Create the OIDC provider of GitHub Actions. One per account: leave it out where another stack owns it.",
    ),
});

export type PasswordPolicy = z.output<typeof passwordPolicySchema>;
export type AccountSettings = z.output<typeof accountSettingsSchema>;
