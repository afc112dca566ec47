import * as z from "zod";
import { dailyAt } from "./schedule";

const arn = (service: string, resource: string) =>
  z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:\\d{12}:${resource}$`));

const bucketName = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);

const own = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]$/)
    .optional()
    .describe("Name of the trail, 3-128 of A-Za-z0-9._-. Default `<namespace>-trail`."),
  bucket: bucketName.optional().describe("Bucket of the trail. Default `<namespace>-trail-<account id>`."),
  retentionDays: z
    .int()
    .min(1)
    .max(3653)
    .default(365)
    .describe("Days that the bucket keeps the records, 1-3653. Default 365."),
  import: z
    .boolean()
    .default(false)
    .describe(
      "Trail and bucket exist under these names: emit import blocks, so that the first deploy takes them over.",
    ),
});

/** Where the records come from that the rules listen to. Without a trail that is on, they are silent. */
export const trailSchema = z
  .union([
    z
      .strictObject({
        organization: arn("cloudtrail", "trail/.+").describe("ARN of the organization's trail."),
      })
      .describe("The organization's trail covers the account: nothing is made. `baseline doctor` finds it."),
    z
      .strictObject({ existing: arn("cloudtrail", "trail/.+").describe("ARN of a trail of this account.") })
      .describe("A trail of the account that somebody else manages: nothing is made."),
    own.describe("A trail of this environment: management events of all regions, and its bucket."),
  ])
  .describe("Where CloudTrail's records come from. One copy of management events is free for each account.");

const analyzerSchema = z.strictObject({
  external: z
    .union([
      z.boolean(),
      z.strictObject({ import: z.string().min(1).describe("Name of the analyzer that exists.") }),
    ])
    .default(true)
    .describe(
      "Who from outside is let in: an analyzer in the home region and one in us-east-1; free. CIS AWS Foundations v7.0.0, 2.18.",
    ),
  unusedAfterDays: z
    .int()
    .min(1)
    .max(365)
    .optional()
    .describe(
      "What nobody used for so many days, 1-365: charged for each user and role and month. Security Hub tells it for 90 days at no cost. Default: not looked for.",
    ),
});

const guardDutySchema = z.strictObject({
  publishing: z
    .enum(["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"])
    .default("FIFTEEN_MINUTES")
    .describe("How often findings that recur are sent again. Default FIFTEEN_MINUTES."),
  import: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional()
    .describe("Id of the detector that the home region has already."),
});

const configSchema = z.strictObject({
  bucket: bucketName
    .optional()
    .describe("Bucket of the recorded items. Default `<namespace>-config-<account id>`."),
  frequency: z
    .enum(["CONTINUOUS", "DAILY"])
    .default("CONTINUOUS")
    .describe("How often IAM's resources are recorded; each item is charged. Default CONTINUOUS."),
  rules: z.boolean().default(true).describe("The managed rules of this baseline. Default true."),
  import: z
    .boolean()
    .default(false)
    .describe("The home region has a recorder `default` and its delivery channel: take them over."),
});

export const detectionSchema = z
  .strictObject({
    trail: trailSchema,
    notifications: z
      .strictObject({
        emails: z
          .array(z.email())
          .readonly()
          .default([])
          .describe("Addresses that are told; each confirms once."),
      })
      .default({ emails: [] })
      .describe("Who is told. Default: the topic exists, nobody is subscribed."),
    digest: z
      .strictObject({
        cron: z.string().describe("`cron(minutes hours day-of-month month day-of-week year)`."),
        timeZone: z.string().describe("IANA name of the time zone of `cron`; moments are told in it, too."),
      })
      .default(dailyAt("07:00", "UTC"))
      .describe('When the digest of what is not urgent is sent. Default `dailyAt("07:00", "UTC")`.'),
    deploymentRoles: z
      .array(z.string().min(1))
      .readonly()
      .default([])
      .describe(
        "Roles that deploy: what they change is meant. Names of roles of this environment, or role ARNs (`*` for any end).",
      ),
    except: z
      .array(z.string())
      .readonly()
      .default([])
      .describe("Detections that are not wanted, by id (`baseline explain`)."),
    runbooks: z
      .string()
      .min(1)
      .default("docs/runbooks/")
      .describe("Where people read the runbooks, ending in `/`. Default `docs/runbooks/` of this project."),
    accessAnalyzer: analyzerSchema.optional().describe("IAM Access Analyzer."),
    guardDuty: guardDutySchema
      .optional()
      .describe("GuardDuty in the home region: charged by the number of events; the first 30 days are free."),
    config: configSchema
      .optional()
      .describe("AWS Config, recording IAM in the home region: charged by item and by evaluation."),
    logRetentionDays: z.int().min(1).max(3653).default(365).describe("Days that logs are kept. Default 365."),
  })
  .readonly();

/** What is done at once about a leaked key. */
export const respondSchema = z
  .strictObject({
    leakedKeys: z
      .boolean()
      .default(true)
      .describe(
        "Act on AWS's own word (AWS Health RISK, quarantine). false: only on a person's. Default true.",
      ),
  })
  .readonly();

export type Detection = z.output<typeof detectionSchema>;
export type Trail = z.output<typeof trailSchema>;
export type OwnTrail = z.output<typeof own>;
export type RespondSettings = z.output<typeof respondSchema>;

/** A trail that the environment makes, with its names. */
export function ownTrail(trail: Trail): OwnTrail | undefined {
  return "organization" in trail || "existing" in trail ? undefined : trail;
}
