import { newUrgentIamClient, newUrgentSnsClient } from "../runtime/clients";
import { sleep } from "../runtime/sleep";
import { respondHandler } from "./respond-handler";

/** Ends a leaked key and its sessions. Invoked by EventBridge where AWS says that one leaked; safe to start again. */
export const handler = respondHandler({
  iam: newUrgentIamClient(),
  sns: newUrgentSnsClient(),
  variables: process.env,
  now: () => new Date(),
  sleep,
});
