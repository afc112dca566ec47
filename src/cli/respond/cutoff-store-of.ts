import type { IAMClient } from "@aws-sdk/client-iam";
import { sessionCutoffStore } from "../../aws/session-cutoff-store";
import { policyName } from "../../environment/account-names";
import { IamArns } from "../../environment/arns";
import type { Environment } from "../../environment/environment";
import { SESSION_CUTOFF } from "../../policies/session-cutoff-policy";
import type { CutoffStore } from "../../response/response-deps";

/** The policy of an environment that denies sessions; nothing where the environment responds to nothing. */
export function cutoffStoreOf(environment: Environment, iam: IAMClient): CutoffStore | undefined {
  if (environment.respond === undefined) return undefined;
  const arn = new IamArns(environment).policy(policyName(environment, SESSION_CUTOFF));
  return sessionCutoffStore(iam, arn, () => new Date());
}
