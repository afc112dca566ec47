import * as z from "zod";
import { defineRefusal } from "../findings/refusal";
import type { Violation } from "../findings/violation";
import { LAMBDA_RUNTIME_NAMES, type LambdaRuntimeName, runtimeState } from "./lambda-runtimes";
import { scheduleViolations } from "./schedule-violations";

export const KEY_RULE_EMPTY = defineRefusal({
  code: "key-rule-empty",
  title: "Key rules, or one of them, would do nothing",
  why: "A rule without a condition deactivates no key and looks as if it did.",
  example:
    "environments/prod.ts: keyRules.rules: key rules hold at least one rule, got none; add a rule, or remove keyRules [key-rule-empty]",
  remedy: "Add `nightly`, `maxAgeDays`, `unusedDays` or `supersededDays`, or remove the rule.",
  since: "0.1.0",
});

export const KEY_RULE_CONFLICT = defineRefusal({
  code: "key-rule-conflict",
  title: "Conditions of a key rule do not go together",
  why: "`nightly` deactivates every key, so that nothing beside it matters, and `freshDays` only softens `unusedDays`.",
  example:
    "environments/prod.ts: keyRules.rules.nightly: nightly deactivates every key and stands alone, got nightly with further conditions, which would never matter; remove nightly or the other conditions, or split the rule in two [key-rule-conflict]",
  remedy: "Remove one of the conditions, or split the rule in two.",
  since: "0.1.0",
});

export const RUNTIME_BLOCKED = defineRefusal({
  code: "runtime-blocked",
  title: "A Lambda runtime is one of which AWS makes no functions any more",
  why: "The deployment would fail, or change a function that nobody can change again; and AWS mends nothing in it.",
  example:
    'environments/prod.ts: keyRules.runtime: a runtime that AWS makes functions of, got "nodejs20.x": AWS makes no function of it since 2026-08-31, and changes none since 2026-09-30; remove the line, or choose a later runtime [runtime-blocked]',
  remedy: "Leave `keyRules.runtime` out: the default is a runtime that AWS supports.",
  since: "0.2.0",
});

export const EXEMPT_PATH_INVALID = defineRefusal({
  code: "exempt-path-invalid",
  title: "An exempt path exempts all, nobody, or is no IAM path",
  why: "An exemption that covers a managed path as a whole switches the rules off; one outside of them exempts nobody.",
  example:
    'environments/prod.ts: keyRules.exemptPaths: an exempt path lies below a managed one, so that rules still reach somebody, got "/baseline/device/", a managed path as a whole; exempt a path below it, or remove the rules of that path [exempt-path-invalid]',
  remedy: "Exempt a path below `/baseline/device/` or `/baseline/ci/`, beginning and ending with `/`.",
  since: "0.1.0",
});

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

const IAM_PATH = /^\/(?:[\x21-\x2e\x30-\x7e]+\/)+$/;

/**
 * What is wrong with key rules whose shape is right. Whether groups, users and repositories exist is for the
 * environment's own validation, which knows them all.
 *
 * @param location where the rules are, e.g. `environments/prod.ts: keyRules`
 * @param managedPaths IAM paths of device and ci users, for `exemptPaths`
 */
export function keyRulesViolations(
  keyRules: KeyRules,
  location: string,
  managedPaths: readonly string[],
  now: Date,
): Violation[] {
  return [
    ...scheduleViolations(keyRules.schedule, `${location}.schedule`, now),
    ...(keyRules.runtime === undefined
      ? []
      : runtimeViolations(keyRules.runtime, `${location}.runtime`, now)),
    ...(Object.keys(keyRules.rules).length === 0
      ? [
          {
            code: KEY_RULE_EMPTY.code,
            location: `${location}.rules`,
            expected: "key rules hold at least one rule",
            got: "none",
            remedy: "add a rule, or remove keyRules",
          },
        ]
      : []),
    ...Object.entries(keyRules.rules).flatMap(([name, rule]) =>
      ruleViolations(rule, `${location}.rules.${name}`),
    ),
    ...keyRules.exemptPaths.flatMap((path) =>
      exemptPathViolations(path, `${location}.exemptPaths`, managedPaths),
    ),
  ];
}

function runtimeViolations(runtime: LambdaRuntimeName, location: string, now: Date): Violation[] {
  const state = runtimeState(runtime, now);
  if (state.state !== "blocked") return [];
  return [
    {
      code: RUNTIME_BLOCKED.code,
      location,
      expected: "a runtime that AWS makes functions of",
      got: `"${runtime}": ${state.because}`,
      remedy: "remove the line, or choose a later runtime",
    },
  ];
}

function ruleViolations(rule: KeyRule, location: string): Violation[] {
  const found: Violation[] = [];
  const { nightly, maxAgeDays, unusedDays, freshDays, supersededDays } = rule;
  if ([nightly, maxAgeDays, unusedDays, supersededDays].every((condition) => condition === undefined)) {
    found.push({
      code: KEY_RULE_EMPTY.code,
      location,
      expected: "a rule has at least one of nightly, maxAgeDays, unusedDays and supersededDays",
      got: "none, so it would do nothing",
      remedy: "add one, or remove the rule",
    });
  }
  if (freshDays !== undefined && unusedDays === undefined) {
    found.push({
      code: KEY_RULE_CONFLICT.code,
      location: `${location}.freshDays`,
      expected: "freshDays softens unusedDays",
      got: `freshDays ${freshDays} without unusedDays`,
      remedy: "add unusedDays, or remove freshDays",
    });
  }
  if (nightly === true && [maxAgeDays, unusedDays, supersededDays].some((days) => days !== undefined)) {
    found.push({
      code: KEY_RULE_CONFLICT.code,
      location,
      expected: "nightly deactivates every key and stands alone",
      got: "nightly with further conditions, which would never matter",
      remedy: "remove nightly or the other conditions, or split the rule in two",
    });
  }
  return found;
}

function exemptPathViolations(path: string, location: string, managedPaths: readonly string[]): Violation[] {
  if (!IAM_PATH.test(path) || path.length > 512) {
    return [
      {
        code: EXEMPT_PATH_INVALID.code,
        location,
        expected: "an IAM path begins and ends with / and has at most 512 printable ASCII characters",
        got: JSON.stringify(path),
        remedy: 'write it as "/baseline/device/lab/"',
      },
    ];
  }
  if (managedPaths.includes(path)) {
    return [
      {
        code: EXEMPT_PATH_INVALID.code,
        location,
        expected: "an exempt path lies below a managed one, so that rules still reach somebody",
        got: `${JSON.stringify(path)}, a managed path as a whole`,
        remedy: "exempt a path below it, or remove the rules of that path",
      },
    ];
  }
  if (!managedPaths.some((managed) => path.startsWith(managed))) {
    return [
      {
        code: EXEMPT_PATH_INVALID.code,
        location,
        expected: `an exempt path lies below one of ${managedPaths.join(", ")}`,
        got: `${JSON.stringify(path)}, which no rule reaches anyway`,
        remedy: "correct or remove it",
      },
    ];
  }
  return [];
}
