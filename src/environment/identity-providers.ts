import * as z from "zod";

const imported = z
  .boolean()
  .default(false)
  .describe("The account has it already: emit an import block, so that the first deploy takes it over.");

const samlProviderSchema = z.strictObject({
  metadata: z
    .string()
    .min(1000, "the metadata document itself (readFileSync of the file), 1,000 characters at least")
    .max(10_000_000)
    .describe(
      'The identity provider\'s metadata document, as XML: `readFileSync(new URL(...), "utf8")` of the file it gives you. It holds certificates, no secret.',
    ),
  import: imported,
});

const oidcProviderSchema = z.strictObject({
  url: z
    .string()
    .describe(
      "Issuer of the tokens, as in their `iss`: `https://gitlab.com`. No query, no port, no slash at the end.",
    ),
  audiences: z
    .array(z.string().min(1).max(255))
    .min(1)
    .max(100)
    .readonly()
    .describe(
      "What `aud` of a token may be: 1-100. GitLab's is what a job asks for, Bitbucket's names the workspace.",
    ),
  import: imported,
});

/** Who vouches for people and jobs besides IAM: one of a name or URL per account. */
export const identityProvidersSchema = z.strictObject({
  saml: z
    .record(z.string().regex(/^[\w.-]{1,128}$/, "1-128 of A-Za-z0-9._-"), samlProviderSchema)
    .default({})
    .describe("SAML providers for people, by name."),
  oidc: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, "1-32 of a-z0-9-, beginning with a letter"),
      oidcProviderSchema,
    )
    .default({})
    .describe(
      "OIDC providers for jobs other than GitHub's (`account.githubOidcProvider`), by a name of yours.",
    ),
});

export type IdentityProviders = z.output<typeof identityProvidersSchema>;
export type SamlProviderSettings = z.output<typeof samlProviderSchema>;
export type OidcProviderSettings = z.output<typeof oidcProviderSchema>;
