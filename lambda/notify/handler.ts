import { newSnsClient, newSqsClient } from "../runtime/clients";
import { notifyHandler } from "./notify-handler";

/** Tells people what the detection rules match. Invoked by EventBridge for each event, and by Scheduler for the digest. */
export const handler = notifyHandler({
  sns: newSnsClient(),
  sqs: newSqsClient(),
  variables: process.env,
  now: () => new Date(),
});
