import { keyRulesOf } from "../../credentials/environment-credentials";
import { findLockOuts } from "../../credentials/lock-out";
import { IamArns } from "../../environment/arns";
import type { Environment } from "../../environment/environment";
import type { ExpectedRecovery } from "./expectation";

/**
 * Whom a run could leave without an active key, and how the environment says that they come back. Nothing where no rule
 * can do that; where no recovery is declared, validation has refused the environment.
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
  // a second device helps on some days and not on others: of every owner, which is for the days to show
  const owners = recovery === "second-device" ? devices : findLockOuts(devices, rules);
  const names = [...new Set(owners.map(({ owner }) => owner))];
  if (names.length === 0) return undefined;
  return {
    by: typeof recovery === "string" ? recovery : "root",
    rules,
    path,
    tags: environment.keyRules?.reactivation !== undefined,
    owners: names.map((name) => ({
      owner: name,
      devices: devices.filter(({ owner }) => owner === name).map(({ userName }) => arns.user(path, userName)),
    })),
  };
}
