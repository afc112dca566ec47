import * as z from "zod";
import { partitionOfRegion } from "../iam/names/regions";
import { acceptanceSchema } from "./acceptance-schema";
import { accountQuotasSchema } from "./account-quotas";
import { accountSettingsSchema } from "./account-settings";
import { backendSchema } from "./backend";
import { detectionSchema, respondSchema } from "./detection";
import type { EnvironmentDeclaration } from "./environment-input.generated";
import { importsSchema } from "./existing/imports";
import { existingSchema } from "./existing/schema";
import { identityProvidersSchema } from "./identity-providers";
import { inPartition } from "./in-partition";
import { keyRulesSchema } from "./key-rules";
import { policyDocumentSchema } from "./policy-statement";
import { recoverySchema } from "./recovery";
import { ciGroupSchema, repositorySchema } from "./repositories";
import { roleSchema } from "./roles";
import { rootUserSchema } from "./root-user";
import { sortedRecord, withoutPrototype } from "./sorted-record";
import { rememberFile } from "./source-file";
import { breakGlassSchema, type DeveloperGroup, developerGroupSchema, deviceSchema } from "./users";

export const environmentSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z](?:[a-z0-9]|-(?!-)){0,30}[a-z0-9]$/)
    .describe(
      "Name of the environment, 2-32 of a-z0-9-; stacks are called `<name>-<stack>` and the file `<name>.ts`.",
    ),
  accountId: z
    .string()
    .regex(/^(?!0{12}$)\d{12}$/)
    .describe("AWS account id: 12 digits, as a string, not all of them 0."),
  region: z
    .string()
    .regex(/^[a-z]{2,4}(-[a-z]+)+-\d+$/)
    .describe("Region of the provider and of what is not global, such as `eu-central-1`."),
  namespace: z
    .string()
    .regex(/^(?!aws-(?:reserved|service-role)$)[a-z](?:[a-z0-9-]{0,30})$/)
    .default("baseline")
    .describe(
      "Root of all IAM paths, `/<namespace>/`: 1-31 of a-z0-9-, and none that IAM keeps for itself (aws-reserved, aws-service-role). Environments that share an account need different ones.",
    ),
  backend: backendSchema.describe("Where Terraform keeps the state: `local()` or `s3({ ... })`."),
  allowedNetworks: z
    .array(z.string())
    .readonly()
    .describe("Public networks people work from, IPv4 and IPv6 with prefix length. At least one."),
  allowedVpcs: z
    .array(
      z
        .string()
        .regex(/^vpc-[0-9a-f]{8}(?:[0-9a-f]{9})?$/)
        .describe("A VPC id, `vpc-` and 8 or 17 hexadecimal digits."),
    )
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
  detection: detectionSchema
    .optional()
    .describe(
      "What watches the account: a trail, rules on the event bus, AWS's own detectors. Default: nothing.",
    ),
  respond: respondSchema
    .optional()
    .describe("A function that ends a leaked key and its sessions; needs `detection`. Default: none."),
  codeSigningConfigArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:code-signing-config:csc-[a-z0-9]{17}$/)
    .optional()
    .describe(
      "Code signing configuration of Lambda's that the functions have: Lambda refuses code that no profile of it signed. Default: none; the code's hash is in the plan.",
    ),
  recovery: recoverySchema.optional().describe("The way back when every key of an owner is inactive."),
  allowUnknown: z
    .record(
      z.string().min(1),
      z
        .string()
        .regex(/\S.{6,}\S/)
        .describe("Why AWS has it: at least 8 characters."),
    )
    .default({})
    .describe(
      "Names that AWS has and the lists of this version lack (an action, a condition key, a managed policy, a service principal, a region), each with the reason. `baseline doctor` tells how old the lists are.",
    ),
  neighbours: z
    .array(z.string().min(1))
    .readonly()
    .default([])
    .describe(
      "Files of the states of other teams' Terraform in the account (`terraform show -json`, or a state file), by their path from the project. What they hold is no stranger to drift. Default: none.",
    ),
  documents: sortedRecord(policyDocumentSchema)
    .default({})
    .describe(
      "Documents of customer managed policies that this environment names by ARN and does not make, by ARN, so that proofs know what they grant.",
    ),
  existing: existingSchema
    .default({ users: {}, groups: {}, roles: {}, policies: {} })
    .describe(
      "Users, groups, roles and policies that the account had before the baseline came, under their own names and paths. `baseline import` writes them.",
    ),
  imports: importsSchema
    .optional()
    .describe("What the first apply takes over; written by `baseline import`, deleted after that apply."),
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
  rememberFile((environment as EnvironmentInput | undefined)?.name, new Error().stack);
  return environment;
}

const DEFAULT_GROUPS = {
  developers: { guard: { mfa: true, networks: true }, allowSelfReactivation: true },
} as const;

/** Completes parsed input with what follows from it. */
export function completed(parsed: z.output<typeof environmentSchema>): Environment {
  const withoutGroups = withoutPrototype(
    Object.keys(parsed.devices).length > 0 ? Object.entries(DEFAULT_GROUPS) : [],
  );
  const partition = partitionOfRegion(parsed.region);
  return {
    ...parsed,
    roles: inPartition(parsed.roles, partition),
    ciGroups: inPartition(parsed.ciGroups, partition),
    developerGroups: parsed.developerGroups ?? withoutGroups,
    partition,
  };
}
