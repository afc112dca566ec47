import * as z from "zod";
import { partitionOfRegion } from "../iam/names/regions";
import { acceptanceSchema } from "./acceptance-schema";
import { accountQuotasSchema } from "./account-quotas";
import { accountSettingsSchema } from "./account-settings";
import { backendSchema } from "./backend";
import type { EnvironmentDeclaration } from "./environment-input.generated";
import { identityProvidersSchema } from "./identity-providers";
import { keyRulesSchema } from "./key-rules";
import { recoverySchema } from "./recovery";
import { ciGroupSchema, repositorySchema } from "./repositories";
import { roleSchema } from "./roles";
import { rootUserSchema } from "./root-user";
import { breakGlassSchema, type DeveloperGroup, developerGroupSchema, deviceSchema } from "./users";

/** Records in the order of their keys, so that the order in which a person writes them never matters. */
function sortedRecord<T extends z.ZodType>(value: T) {
  return z
    .record(z.string(), value)
    .transform(
      (record): Readonly<Record<string, z.output<T>>> =>
        Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))),
    );
}

export const environmentSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z](?:[a-z0-9]|-(?!-)){0,30}[a-z0-9]$/)
    .describe(
      "Name of the environment, 2-32 of a-z0-9-; stacks are called `<name>-<stack>` and the file `<name>.ts`.",
    ),
  accountId: z
    .string()
    .regex(/^\d{12}$/)
    .describe("AWS account id: 12 digits, as a string."),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/)
    .describe("Region of the provider and of what is not global, such as `eu-central-1`."),
  namespace: z
    .string()
    .regex(/^[a-z](?:[a-z0-9-]{0,30})$/)
    .default("baseline")
    .describe(
      "Root of all IAM paths, `/<namespace>/`. Environments that share an account need different ones.",
    ),
  backend: backendSchema.describe("Where Terraform keeps the state: `local()` or `s3({ ... })`."),
  allowedNetworks: z
    .array(z.string())
    .readonly()
    .describe("Public networks people work from, IPv4 and IPv6 with prefix length. At least one."),
  allowedVpcs: z
    .array(z.string().regex(/^vpc-[0-9a-f]{8,17}$/))
    .readonly()
    .default([])
    .describe("VPCs whose endpoints people work through, `vpc-...`."),
  tags: z
    .record(z.string(), z.string())
    .default({})
    .describe("Tags on everything, besides `environment` and `managed-by`."),
  developerGroups: sortedRecord(developerGroupSchema)
    .optional()
    .describe(
      "Groups of device users, by IAM group name. Default: one group `developers` with the full guard, where there are devices.",
    ),
  devices: sortedRecord(deviceSchema).default({}).describe("Devices, by IAM user name."),
  breakGlass: sortedRecord(breakGlassSchema).default({}).describe("Break-glass users, by IAM user name."),
  ciGroups: sortedRecord(ciGroupSchema)
    .default({})
    .describe("Groups of repository users, by IAM group name."),
  repositories: sortedRecord(repositorySchema)
    .default({})
    .describe("Repositories with an IAM user, as `owner/name`."),
  roles: sortedRecord(roleSchema).default({}).describe("Roles, by name without suffix."),
  roleSuffix: z
    .string()
    .regex(/^[a-z0-9]{1,16}$/)
    .optional()
    .describe(
      "Fixed end of the role names, 1-16 of a-z0-9. Default: 8 random characters, kept in the state. Roles that other accounts assume need a fixed one. It is no secret.",
    ),
  identityProviders: identityProvidersSchema
    .default({ saml: {}, oidc: {} })
    .describe(
      "SAML and OIDC providers that roles trust, besides GitHub's. Each belongs to one environment of an account.",
    ),
  quotas: accountQuotasSchema
    .default({})
    .describe("Quotas that AWS raised for the account. Default: those that every account has."),
  account: accountSettingsSchema.default({}).describe("Settings that exist once in an account."),
  keyRules: keyRulesSchema.optional().describe("When access keys are deactivated."),
  root: rootUserSchema
    .default({ credentials: "own", usedWithinDays: 7, acknowledgedUses: [] })
    .describe("The account's root user."),
  recovery: recoverySchema.optional().describe("The way back when every key of an owner is inactive."),
  accepted: z
    .array(acceptanceSchema)
    .readonly()
    .default([])
    .describe("Findings of proofs, reviews, audits and drift that may stand, each with a reason and an end."),
});

/** An environment as a person writes it in `environments/`: the schema's input, with its documentation in the editor. */
export type EnvironmentInput = EnvironmentDeclaration;

/** An environment that was validated, with every default filled in. Made by `validateEnvironments` only. */
export type Environment = Omit<z.output<typeof environmentSchema>, "developerGroups"> & {
  readonly developerGroups: Readonly<Record<string, DeveloperGroup>>;
  readonly partition: string;
};

/**
 * Declares one environment, with every type at hand in the editor. It changes nothing: all environments are
 * validated together, by `validateEnvironments`, so that all that is wrong is told at once.
 */
export function defineEnvironment(environment: EnvironmentInput): EnvironmentInput {
  return environment;
}

const DEFAULT_GROUPS = {
  developers: { guard: { mfa: true, networks: true }, allowSelfReactivation: true },
} as const;

/** Completes parsed input with what follows from it. */
export function completed(parsed: z.output<typeof environmentSchema>): Environment {
  const withoutGroups = Object.keys(parsed.devices).length > 0 ? DEFAULT_GROUPS : {};
  return {
    ...parsed,
    developerGroups: parsed.developerGroups ?? withoutGroups,
    partition: partitionOfRegion(parsed.region),
  };
}
