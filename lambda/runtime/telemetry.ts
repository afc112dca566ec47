import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { redact } from "../../src/findings/mask";

/** CloudWatch namespace of every metric of the project; dimensions are `environment` and `service`. */
export const METRICS_NAMESPACE = "IamBaseline";

/** Logs JSON lines in which every access key, user and role id is masked, whatever was logged. */
export function newLogger(serviceName: string): Logger {
  return new Logger({
    serviceName,
    jsonReplacerFn: (_key, value) => (typeof value === "string" ? redact(value) : value),
  });
}

/** Metrics in CloudWatch's embedded format: log lines, no calls. */
export function newMetrics(serviceName: string, environment: string): Metrics {
  return new Metrics({ namespace: METRICS_NAMESPACE, serviceName, defaultDimensions: { environment } });
}
