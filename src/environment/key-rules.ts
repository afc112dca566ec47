import * as z from "zod";
import { LAMBDA_RUNTIME_NAMES } from "./lambda-runtimes";

const count = (least: number, most: number) => z.int().min(least).max(most);

const text = z.string().regex(/\S/, "says something").max(200);

/** Whose keys a rule judges: exactly one of a path, a group, a user or a repository. */
export const ruleTargetSchema = z
  .union([
    z
      .strictObject({
        path: z.enum(["device", "ci"]).describe("All users of one kind, declared or not, by their IAM path."),
      })
      .readonly(),
    z
      .strictObject({ group: z.string().min(1).describe("The members of one group of this environment.") })
      .readonly(),
    z
      .strictObject({ user: z.string().min(1).describe("One device or repository user, by IAM user name.") })
      .readonly(),
    z
      .strictObject({ repository: z.string().min(1).describe("The user of one repository, `owner/name`.") })
      .readonly(),
  ])
  .describe("Whose keys the rule judges: exactly one of `path`, `group`, `user` and `repository`.");

/** Days are whole days in UTC. */
export const keyRuleSchema = z
  .strictObject({
    appliesTo: ruleTargetSchema,
    nightly: z.literal(true).optional().describe("Deactivate every active key in every run."),
    maxAgeDays: count(1, 3650)
      .optional()
      .describe(
        "Deactivate a key on the day its age reaches this many days. CIS AWS Foundations v7.0.0, 2.12 asks for at most 90.",
      ),
    unusedDays: count(1, 3650)
      .optional()
      .describe(
        "Deactivate a key that signed nothing for this many days; a key that was never used counts from its creation. CIS AWS Foundations v7.0.0, 2.11 asks for at most 45.",
      ),
    freshDays: count(0, 365)
      .optional()
      .describe(
        "Grace for keys that were never used: younger ones are not judged by `unusedDays`. Default 7.",
      ),
    supersededDays: count(1, 365)
      .optional()
      .describe(
        "After a rotation, deactivate the older key once the newer active one is this many days old.",
      ),
    reason: text.describe("Why the rule exists; shown with every decision it makes."),
  })
  .readonly();

/** Rules for access keys, and the run that applies them. */
export const keyRulesSchema = z
  .strictObject({
    schedule: z
      .strictObject({
        cron: z
          .string()
          .describe("`cron(minutes hours day-of-month month day-of-week year)` of EventBridge Scheduler."),
        timeZone: z.string().describe("IANA name of the time zone of `cron`, e.g. `Asia/Tokyo`."),
      })
      .readonly()
      .describe('When the run starts. Write `dailyAt("00:00", "Asia/Tokyo")`.'),
    dryRun: z
      .boolean()
      .default(true)
      .describe(
        "Only report what would be deactivated. Default true: set it to false once the reports look right.",
      ),
    rules: z
      .record(
        z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, "1-64 of a-z, 0-9 and -, beginning with a letter"),
        keyRuleSchema,
      )
      .describe("Rules by name. Where several reach a key, the strictest wins."),
    exemptPaths: z
      .array(z.string())
      .readonly()
      .default([])
      .describe(
        "Further IAM paths whose users no rule reaches, e.g. `/baseline/device/lab/`. Break-glass users always are exempt.",
      ),
    reactivation: z
      .strictObject({
        maxHours: count(1, 72).describe(
          "How many hours ahead of the run an exception may end. 24 reaches the next nightly run.",
        ),
      })
      .readonly()
      .optional()
      .describe(
        "Honour `baseline keys reactivate`: tags that keep one key of a user active for some hours. Default: no exception is honoured.",
      ),
    lastKeyStays: z
      .boolean()
      .default(false)
      .describe(
        'Whether rules by age and disuse leave an owner the last key with which the owner can set another device\'s key to Active, until such another key works. For `recovery: "second-device"`: age and absence end the keys of all devices at once. Told in every run. Default false.',
      ),
    endSessions: z
      .boolean()
      .default(false)
      .describe(
        "Whether a run ends the sessions of users whose keys it deactivates, which otherwise live for up to 36 hours. Needs `respond`, and `trust.sessionName` of every role that devices assume. Default false.",
      ),
    warnDays: count(0, 60)
      .default(14)
      .describe(
        "How many days before its end a key is named in the notification of a run: so many days before, and 7, 3, 2 and 1. 0: never. Default 14.",
      ),
    notifications: z
      .strictObject({
        emails: z
          .array(z.email().describe("An e-mail address."))
          .readonly()
          .default([])
          .describe("Addresses that get the notification of a run that changed something or failed."),
      })
      .readonly()
      .default({ emails: [] })
      .describe("Who is told. Default: the topic exists, nobody is subscribed."),
    logRetentionDays: z
      .union([
        z.literal([
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
          3653,
        ]),
      ])
      .default(365)
      .describe("Days that CloudWatch Logs keeps the run's log; one of the periods it offers. Default 365."),
    runtime: z
      .enum(LAMBDA_RUNTIME_NAMES)
      .optional()
      .describe(
        "Lambda runtime of the functions; refused from the day on which AWS makes no functions of it. Default `nodejs24.x`.",
      ),
  })
  .readonly();

export type RuleTarget = z.output<typeof ruleTargetSchema>;
export type KeyRule = z.output<typeof keyRuleSchema>;
/** Key rules that were validated, with every default filled in. */
export type KeyRules = z.output<typeof keyRulesSchema>;
