import { newIamClient, newSnsClient } from "../runtime/clients";
import { sleep } from "../runtime/sleep";
import { deactivationHandler } from "./deactivation-handler";

/** Deactivates access keys by rule. Started every night by EventBridge Scheduler; safe to start again at any time. */
export const handler = deactivationHandler({
  iam: newIamClient(),
  sns: newSnsClient(),
  variables: process.env,
  now: () => new Date(),
  sleep,
});
