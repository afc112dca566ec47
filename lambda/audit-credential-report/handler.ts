import { newIamClient, newSnsClient } from "../runtime/clients";
import { sleep } from "../runtime/sleep";
import { auditHandler } from "./audit-handler";

/** Audits the account's credential report. Started every week by EventBridge Scheduler; changes nothing. */
export const handler = auditHandler({
  iam: newIamClient(),
  sns: newSnsClient(),
  variables: process.env,
  now: () => new Date(),
  sleep,
});
