import { keyRulesOf } from "../../credentials/environment-credentials";
import { findLockOuts } from "../../credentials/lock-out";
import { IamArns } from "../../environment/arns";
import type { Environment } from "../../environment/environment";
import type { ExpectedRecovery } from "./expectation";

/**
 * Whom tonight's run could leave without an active key, and how the environment says that they come back. Nothing
 * where no rule can do that; where no recovery is declared, validation has refused the environment.
 */
export function expectedRecovery(environment: Environment): ExpectedRecovery | undefined {
  const { recovery } = environment;
  const rules = keyRulesOf(environment);
  if (rules === undefined || recovery === undefined) return undefined;
  const arns = new IamArns(environment);
  const path = arns.paths.device;
  const devices = Object.entries(environment.devices).map(([userName, { owner }]) => ({
    userName,
    path,
    owner,
  }));
  const owners = findLockOuts(devices, rules).map((lockOut) => ({
    owner: lockOut.owner,
    devices: lockOut.devices.map(({ userName, nightly }) => ({ arn: arns.user(path, userName), nightly })),
  }));
  if (owners.length === 0) return undefined;
  return {
    by: typeof recovery === "string" ? recovery : "root",
    tags: environment.keyRules?.reactivation !== undefined,
    owners,
  };
}
