import type { DetectionScope } from "../../src/detection/detection-scope";
import { readScope } from "../../src/detection/read-scope";
import { COMMON_SETTINGS, type CommonSettings } from "../runtime/common-settings";
import { InvalidSettingsError, SettingsReader } from "../runtime/settings";

/** Settings of the function. */
export interface RespondSettings extends CommonSettings {
  readonly scope: DetectionScope;
  /** ARN of the policy of cut sessions. */
  readonly cutoffPolicyArn: string;
  /** Every role of people asks for the user's name as session name. */
  readonly oneByOne: boolean;
}

/**
 * Reads the function's environment variables.
 *
 * | variable | value |
 * |---|---|
 * | `ENVIRONMENT` | name of the environment, for logs, metrics and messages |
 * | `TOPIC_ARN` | SNS topic of the notifications |
 * | `DETECTION_SCOPE` | what detections know of the environment, as JSON |
 * | `CUTOFF_POLICY_ARN` | the policy that denies sessions |
 * | `ONE_BY_ONE` | `true`: sessions of one user can be told from others; `false`: everybody's are cut |
 *
 * @throws InvalidSettingsError naming every setting that is wrong
 */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): RespondSettings {
  const reader = new SettingsReader(variables);
  const environment = reader.text("ENVIRONMENT", ...COMMON_SETTINGS.environment);
  const topicArn = reader.text("TOPIC_ARN", ...COMMON_SETTINGS.topicArn);
  const cutoffPolicyArn = reader.text("CUTOFF_POLICY_ARN", ...COMMON_SETTINGS.policyArn);
  const oneByOne = reader.oneOf("ONE_BY_ONE", ["true", "false"]);
  const scope = reader.parsed(() => readScope(variables["DETECTION_SCOPE"], "DETECTION_SCOPE"));
  reader.check();
  if (scope === undefined || oneByOne === undefined)
    throw new InvalidSettingsError("a setting was refused without a reason");
  return { environment, topicArn, scope, cutoffPolicyArn, oneByOne: oneByOne === "true" };
}
