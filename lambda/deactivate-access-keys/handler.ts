import { newIamClient, newSnsClient, newSqsClient } from "../runtime/clients";
import { sleep } from "../runtime/sleep";
import { deactivationHandler } from "./deactivation-handler";

/** Deactivates access keys by rule. Started every night by EventBridge Scheduler; safe to start again at any time. */
export const handler = deactivationHandler({
  iam: newIamClient(),
  sns: newSnsClient(),
  sqs: newSqsClient(),
  variables: process.env,
  now: () => new Date(),
  sleep,
});
