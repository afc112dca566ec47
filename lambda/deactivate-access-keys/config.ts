import { unpackKeyRules } from "../../src/credentials/pack-key-rules";
import type { RunSettings } from "../../src/credentials/run/run-deps";
import { COMMON_SETTINGS, type CommonSettings } from "../runtime/common-settings";
import { InvalidSettingsError, SettingsReader } from "../runtime/settings";

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

export type HeartbeatDay = (typeof WEEKDAYS)[number] | "never";

/** Settings of the function. */
export interface DeactivationSettings extends RunSettings, CommonSettings {
  /** Weekday (UTC) on which a run tells even if it changed nothing. */
  readonly heartbeat: HeartbeatDay;
  /** The policy that denies sessions. Absent: a run ends none. */
  readonly cutoffPolicyArn: string | undefined;
  /** Queue that keeps reports until they are told. Absent: nothing keeps them. */
  readonly reportsQueueUrl: string | undefined;
}

/**
 * Reads the function's environment variables.
 *
 * | variable | value |
 * |---|---|
 * | `ENVIRONMENT` | name of the environment, for logs, metrics and messages |
 * | `KEY_RULES` | resolved key rules as JSON, or `event`: they come with each event |
 * | `DRY_RUN` | `true` or `false`, nothing else |
 * | `TOPIC_ARN` | SNS topic of the notifications |
 * | `REPORTS_QUEUE_URL` | SQS queue that keeps reports until they are told; not set: nothing keeps them |
 * | `CUTOFF_POLICY_ARN` | the policy that denies sessions of users whose keys are deactivated; not set: they live on |
 * | `HEARTBEAT_WEEKDAY` | `sunday` … `saturday` (UTC) or `never`; `monday` where it is not set |
 *
 * @throws InvalidSettingsError naming every setting that is wrong
 */
export function readSettings(
  variables: Readonly<Record<string, string | undefined>>,
  event: unknown,
): DeactivationSettings {
  const reader = new SettingsReader(variables);
  const environment = reader.text("ENVIRONMENT", ...COMMON_SETTINGS.environment);
  const topicArn = reader.text("TOPIC_ARN", ...COMMON_SETTINGS.topicArn);
  const dryRun = reader.oneOf("DRY_RUN", ["true", "false"]);
  const heartbeat = reader.oneOf("HEARTBEAT_WEEKDAY", [...WEEKDAYS, "never"], "monday");
  const reportsQueueUrl =
    variables["REPORTS_QUEUE_URL"] === undefined
      ? undefined
      : reader.text(
          "REPORTS_QUEUE_URL",
          /^https?:\/\/\S+\/\d{12}\/[A-Za-z0-9_-]{1,80}$/,
          "the URL of a queue",
        );
  const cutoffPolicyArn =
    variables["CUTOFF_POLICY_ARN"] === undefined
      ? undefined
      : reader.text("CUTOFF_POLICY_ARN", ...COMMON_SETTINGS.policyArn);
  const rules = reader.parsed(() => unpackKeyRules(variables["KEY_RULES"], event));
  reader.check();
  if (rules === undefined || dryRun === undefined || heartbeat === undefined) {
    throw new InvalidSettingsError("a setting was refused without a reason");
  }
  return {
    environment,
    topicArn,
    dryRun: dryRun === "true",
    heartbeat,
    reportsQueueUrl,
    cutoffPolicyArn,
    rules,
  };
}

/** True for a run on the day of the heartbeat. */
export function isHeartbeat(heartbeat: HeartbeatDay, startedAt: Date): boolean {
  return WEEKDAYS[startedAt.getUTCDay()] === heartbeat;
}
