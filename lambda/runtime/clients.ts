import { IAMClient } from "@aws-sdk/client-iam";
import { SNSClient } from "@aws-sdk/client-sns";

/**
 * Patient, because IAM throttles by account and call and does not publish its limits: up to eight tries, at a rate that
 * adapts to what IAM takes. A connection that says nothing is given up after ten seconds.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const PATIENCE = {
  retryMode: "adaptive",
  maxAttempts: 8,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 },
} as const;

export function newIamClient(): IAMClient {
  return new IAMClient(PATIENCE);
}

export function newSnsClient(): SNSClient {
  // The run is over by then and little time may be left.
  return new SNSClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000 },
  });
}
