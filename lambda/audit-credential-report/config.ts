import { type AuditScope, unpackAuditScope } from "../../src/credentials/audit/audit-scope";
import { COMMON_SETTINGS, type CommonSettings } from "../runtime/common-settings";
import { InvalidSettingsError, SettingsReader } from "../runtime/settings";

/** Settings of the function. */
export interface AuditSettings extends CommonSettings {
  readonly scope: AuditScope;
}

/**
 * Reads the function's environment variables.
 *
 * | variable | value |
 * |---|---|
 * | `ENVIRONMENT` | name of the environment, for logs, metrics and messages |
 * | `AUDIT_SCOPE` | what the account is compared with as JSON, or `event`: it comes with each event |
 * | `TOPIC_ARN` | SNS topic of the notifications |
 *
 * @throws InvalidSettingsError naming every setting that is wrong
 */
export function readSettings(
  variables: Readonly<Record<string, string | undefined>>,
  event: unknown,
): AuditSettings {
  const reader = new SettingsReader(variables);
  const environment = reader.text("ENVIRONMENT", ...COMMON_SETTINGS.environment);
  const topicArn = reader.text("TOPIC_ARN", ...COMMON_SETTINGS.topicArn);
  const scope = reader.parsed(() => unpackAuditScope(variables["AUDIT_SCOPE"], event));
  reader.check();
  if (scope === undefined) throw new InvalidSettingsError("AUDIT_SCOPE was refused without a reason");
  return { environment, topicArn, scope };
}
