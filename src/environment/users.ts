import * as z from "zod";

const names = (what: string) => z.array(z.string()).readonly().describe(what);

const guardParts = z.strictObject({
  mfa: z
    .boolean()
    .default(true)
    .describe("Deny everything but enrolling MFA and starting an MFA session to callers without MFA."),
  networks: z
    .boolean()
    .default(true)
    .describe("Deny everything from outside allowedNetworks and allowedVpcs."),
});

/** A group of device users: each carries self-service and the guard, nothing else. */
export const developerGroupSchema = z.strictObject({
  guard: guardParts
    .default({ mfa: true, networks: true })
    .describe("Parts of the guard policy. A part that is switched off is listed in every report."),
  allowSelfReactivation: z
    .boolean()
    .default(true)
    .describe(
      "Whether a member with a living MFA session may set its own access key to Active again after the nightly run.",
    ),
});

/** One IAM user for one device of one person. */
export const deviceSchema = z.strictObject({
  owner: z.string().min(1).max(256).describe("Person who holds the device; becomes the tag `owner`."),
  groups: names(
    "Developer groups the user joins, at most 10. Default: the only developer group, where there is exactly one.",
  ).optional(),
  roles: names(
    "Roles the device may assume: a role of this environment by name, one of another environment as `environment/role`.",
  ).default([]),
  tags: z.record(z.string(), z.string()).default({}).describe("Further tags of the user."),
});

/** A user for the day when everything else is locked: never deactivated, watched, under the full guard. */
export const breakGlassSchema = z.strictObject({
  owner: z.string().min(1).max(256).describe("Person who holds the key; becomes the tag `owner`."),
  roles: names("Roles of this environment the user may assume.").default([]),
});

export type GuardParts = z.output<typeof guardParts>;
export type DeveloperGroup = z.output<typeof developerGroupSchema>;
export type Device = z.output<typeof deviceSchema>;
export type BreakGlassUser = z.output<typeof breakGlassSchema>;
