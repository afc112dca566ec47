import { IAMClient } from "@aws-sdk/client-iam";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import {
  limitRequests,
  PATIENT_LIMITS,
  requestHandlerOf,
  SHORT_LIMITS,
  URGENT_LIMITS,
} from "../../src/aws/request-limits";

/**
 * Patient with throttling, because IAM throttles by account and call and does not publish its limits: up to eight
 * tries, at a rate that adapts to what IAM takes. Not so with silence: see {@link PATIENT_LIMITS}.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const PATIENCE = {
  retryMode: "adaptive",
  maxAttempts: 8,
  requestHandler: requestHandlerOf(PATIENT_LIMITS),
} as const;

/** The run is over by then and little time may be left. */
const SHORT = { maxAttempts: 2, requestHandler: requestHandlerOf(SHORT_LIMITS) } as const;

export function newIamClient(): IAMClient {
  return limitRequests(new IAMClient(PATIENCE), PATIENT_LIMITS);
}

export function newSnsClient(): SNSClient {
  return limitRequests(new SNSClient(SHORT), SHORT_LIMITS);
}

export function newSqsClient(): SQSClient {
  return limitRequests(new SQSClient(SHORT), SHORT_LIMITS);
}

/** Whoever has a minute: short tries, and pauses of his own between them. */
const URGENT = {
  retryMode: "standard",
  maxAttempts: 2,
  requestHandler: requestHandlerOf(URGENT_LIMITS),
} as const;

export function newUrgentIamClient(): IAMClient {
  return limitRequests(new IAMClient(URGENT), URGENT_LIMITS);
}

export function newUrgentSnsClient(): SNSClient {
  return limitRequests(new SNSClient(URGENT), URGENT_LIMITS);
}
