import type { DetectionScope } from "../../src/detection/detection-scope";
import { readScope } from "../../src/detection/read-scope";
import { COMMON_SETTINGS, type CommonSettings } from "../runtime/common-settings";
import { InvalidSettingsError, SettingsReader } from "../runtime/settings";

/** Settings of the function. */
export interface NotifySettings extends CommonSettings {
  readonly scope: DetectionScope;
  /** Ids of detections that are not wanted. */
  readonly except: readonly string[];
  /** Queue of what waits for the digest. */
  readonly digestQueueUrl: string;
}

/**
 * Reads the function's environment variables.
 *
 * | variable | value |
 * |---|---|
 * | `ENVIRONMENT` | name of the environment, for logs, metrics and messages |
 * | `TOPIC_ARN` | SNS topic of the notifications |
 * | `DETECTION_SCOPE` | what detections know of the environment, as JSON |
 * | `EXCEPT` | ids of detections that are not wanted, with commas between |
 * | `DIGEST_QUEUE_URL` | SQS queue of what waits for the digest |
 *
 * @throws InvalidSettingsError naming every setting that is wrong
 */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): NotifySettings {
  const reader = new SettingsReader(variables);
  const environment = reader.text("ENVIRONMENT", ...COMMON_SETTINGS.environment);
  const topicArn = reader.text("TOPIC_ARN", ...COMMON_SETTINGS.topicArn);
  const digestQueueUrl = reader.text("DIGEST_QUEUE_URL", ...COMMON_SETTINGS.queueUrl);
  const scope = reader.parsed(() => readScope(variables["DETECTION_SCOPE"], "DETECTION_SCOPE"));
  reader.check();
  if (scope === undefined) throw new InvalidSettingsError("DETECTION_SCOPE was refused without a reason");
  const except = (variables["EXCEPT"] ?? "").split(",").filter((id) => id !== "");
  return { environment, topicArn, digestQueueUrl, scope, except };
}
