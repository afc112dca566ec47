import { patternFaults } from "../../../detection/pattern/faults";
import { deadParts } from "../../../detection/pattern/never-matches";
import { alternativesOf, type EventPattern } from "../../../detection/pattern/pattern";
import { encryptionKey } from "./encryption-judge";
import { anyChange, entriesKept, high, isOn, type Judge, medium, note, staysWanted } from "./judgement";

const ALL_EVENTS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/** A rule that is off, or that is sent fewer events. */
export const ruleState: Judge = (before, after, { what }) => {
  const on = (value: unknown) => value === undefined || value === "ENABLED" || value === ALL_EVENTS;
  if (on(before) && !on(after)) return high(`${what} is switched off`);
  if (before === ALL_EVENTS && after !== ALL_EVENTS)
    return medium(`${what} is no longer sent calls that only read`);
  return note(`${what} changes (state)`);
};

/** Another pattern; one that can match nothing looks like an account where nothing happens. */
export const eventPattern: Judge = (_before, after, { what, attributes }) => {
  if (after === undefined) return high(`${what} has no event pattern any more`);
  const pattern = parsed(after);
  if (pattern === undefined || patternFaults(pattern).length > 0)
    return high(`${what} has a pattern that EventBridge does not take`);
  // where the rule is and what it is sent is for synthesis to judge: here, what contradicts itself
  const anywhere = { region: "", globalRegion: "", reads: true };
  const dead = deadParts(pattern, anywhere).length;
  if (dead >= alternativesOf(pattern).length && dead > 0 && isWhole(pattern, anywhere))
    return high(`${what} can match no event any more`);
  return medium(`${what} matches other events (${String(attributes["name"] ?? "")})`.replace(" ()", ""));
};

/** Whether every alternative is dead as a whole, not only a value of its lists. */
function isWhole(pattern: EventPattern, listening: Parameters<typeof deadParts>[1]): boolean {
  return deadParts(pattern, listening).every((part) => !part.startsWith('"') && !part.startsWith("{"));
}

function parsed(text: unknown): EventPattern | undefined {
  try {
    return JSON.parse(String(text)) as EventPattern;
  } catch {
    return undefined;
  }
}

/** What watches the account. */
export const DETECTION_JUDGES: Readonly<Record<string, Readonly<Record<string, Judge>>>> = {
  aws_cloudtrail: {
    enable_logging: staysWanted(
      "high",
      (value) => value === undefined || isOn(value),
      "no longer records: the rules on the event bus fall silent",
    ),
    is_multi_region_trail: staysWanted("high", isOn, "records one region alone"),
    include_global_service_events: staysWanted(
      "high",
      (value) => value === undefined || isOn(value),
      "no longer records IAM",
    ),
    enable_log_file_validation: staysWanted("medium", isOn, "no longer proves that its files are whole"),
    event_selector: anyChange("medium", "records other events"),
    advanced_event_selector: anyChange("medium", "records other events"),
    s3_bucket_name: anyChange("medium", "writes into another bucket"),
    kms_key_id: encryptionKey("is no longer encrypted by its key", false),
  },
  aws_cloudwatch_event_bus: { name: anyChange("low", "is another bus") },
  aws_guardduty_detector: {
    enable: staysWanted("high", (value) => value === undefined || isOn(value), "is switched off"),
    finding_publishing_frequency: anyChange("info", "sends recurring findings at another pace"),
  },
  aws_accessanalyzer_analyzer: { type: anyChange("medium", "looks for something else") },
  aws_accessanalyzer_archive_rule: { filter: anyChange("medium", "hides other findings") },
  aws_config_configuration_recorder_status: { is_enabled: staysWanted("high", isOn, "is switched off") },
  aws_config_configuration_recorder: {
    recording_group: anyChange("medium", "records other resources"),
    recording_mode: anyChange("low", "records at another pace"),
    role_arn: anyChange("medium", "runs with another role"),
  },
  aws_config_delivery_channel: { s3_bucket_name: anyChange("medium", "writes into another bucket") },
  aws_config_config_rule: {
    source: anyChange("medium", "is another rule"),
    input_parameters: anyChange("low", "has other limits"),
  },
  aws_lambda_code_signing_config: {
    policies: anyChange("high", "treats unsigned code in another way"),
    allowed_publishers: entriesKept("medium", "no longer takes a signer"),
  },
};
