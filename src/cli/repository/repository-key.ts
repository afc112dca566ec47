import { type DeviceCredentials, deviceCredentials } from "../../aws/device-credentials";
import { describeError } from "../../aws/sdk-error";
import { DEVICE_STEP_REFUSED, ROTATION_REFUSED } from "../../devices/action-refusals";
import { callerOfArn } from "../../devices/callers";
import { permissionFor } from "../../devices/permission";
import { planRepositoryKey } from "../../devices/repository-key";
import { IamArns } from "../../environment/arns";
import type { Environment } from "../../environment/environment";
import { maskAccessKeyId } from "../../findings/mask";
import { Refusal } from "../../findings/refusal";
import { connect } from "../aws-account";
import type { CommandContext } from "../command";
import { declaredGraph } from "../device/declared-graph";
import type { Log } from "../keys/log-line";
import type { SecretStore } from "./secret-store";

export interface RepositoryKeyRequest {
  readonly repository: string;
  readonly userName: string;
  readonly dryRun: boolean;
  /** Take away an inactive key that is in the way. */
  readonly deleteInactive: boolean;
}

export interface RepositoryKey {
  readonly repository: string;
  readonly environment: string;
  readonly did: "make" | "finish" | "wait";
  readonly dryRun: boolean;
  /** Masked; absent: there is none yet. */
  readonly key?: string;
  readonly old?: string;
  /** In words, what is next. */
  readonly next: string;
}

/**
 * Makes, hands over or ends the key of a repository, whichever is next.
 *
 * @throws Refusal, with nothing changed; where the secrets could not be set, the new key is deleted again
 */
export async function repositoryKey(
  environment: Environment,
  all: readonly Environment[],
  request: RepositoryKeyRequest,
  store: SecretStore,
  context: CommandContext,
  log: Log,
): Promise<RepositoryKey> {
  const { repository, userName, dryRun } = request;
  const where = `repository key ${repository}`;
  const account = await connect(all, [environment.name], context);
  try {
    const iam = deviceCredentials(account.iam);
    const keys = await iam.keys(userName);
    if (keys === undefined) {
      throw new Refusal(
        DEVICE_STEP_REFUSED,
        `${where}: expected IAM user ${userName}, got none; deploy ${environment.name}-identity first`,
      );
    }
    const plan = planRepositoryKey(keys, request.deleteInactive);
    if (plan.kind === "refused") {
      throw new Refusal(ROTATION_REFUSED, {
        where,
        expected: plan.expected,
        got: plan.got,
        remedy: plan.remedy,
      });
    }
    const told = { repository, environment: environment.name, did: plan.kind, dryRun };
    const again = `run iam-baseline repository key ${repository} again after a job has used it: the old key is then set to Inactive`;
    if (plan.kind === "wait") {
      return {
        ...told,
        key: maskAccessKeyId(plan.fresh.accessKeyId),
        old: maskAccessKeyId(plan.old.accessKeyId),
        next: `no job has used the new key yet; ${again}`,
      };
    }
    refuseDenied(environment, all, account.caller.arn, userName, plan.kind, where);
    if (plan.kind === "finish") {
      const old = maskAccessKeyId(plan.old.accessKeyId);
      if (!dryRun) {
        await iam.deactivateKey(userName, plan.old.accessKeyId);
        log("repository.key-deactivated", { user: userName, key: old });
      }
      return {
        ...told,
        old,
        next: `the new key was used at ${plan.used.toISOString()}; delete the old one in a while`,
      };
    }
    if (!dryRun) await store.check();
    const old = keys.find((key) => key.active);
    const masked = old === undefined ? {} : { old: maskAccessKeyId(old.accessKeyId) };
    if (dryRun) return { ...told, ...masked, next: plan.because };
    if (plan.discard !== undefined) {
      await iam.deleteKey(userName, plan.discard.accessKeyId);
      log("repository.key-deleted", { user: userName, key: maskAccessKeyId(plan.discard.accessKeyId) });
    }
    const key = await made(iam, userName, store, log);
    return { ...told, ...masked, key, next: old === undefined ? "the jobs can use it now" : again };
  } finally {
    account.close();
  }
}

async function made(iam: DeviceCredentials, userName: string, store: SecretStore, log: Log): Promise<string> {
  const key = await iam.createKey(userName);
  const masked = maskAccessKeyId(key.accessKeyId);
  log("repository.key-made", { user: userName, key: masked });
  try {
    await store.put(key);
  } catch (error) {
    await iam.deleteKey(userName, key.accessKeyId);
    log("repository.undone", { user: userName, key: masked, because: describeError(error) });
    throw error;
  }
  log("repository.secrets-set", { user: userName, to: store.name });
  return masked;
}

function refuseDenied(
  environment: Environment,
  all: readonly Environment[],
  arn: string,
  userName: string,
  kind: "make" | "finish",
  where: string,
): void {
  const sameAccount = all.filter(({ accountId }) => accountId === environment.accountId);
  const arns = new IamArns(environment);
  const user = arns.user(arns.paths.ci, userName);
  const actions = kind === "make" ? ["iam:CreateAccessKey", "iam:DeleteAccessKey"] : ["iam:UpdateAccessKey"];
  const permission = permissionFor(
    declaredGraph(all),
    callerOfArn(arn, sameAccount),
    actions.map((action) => ({ action, resource: user })),
  );
  if (permission.answer !== "denied") return;
  throw new Refusal(
    DEVICE_STEP_REFUSED,
    `${where}: ${permission.call.action} on ${permission.call.resource} will be refused: ${permission.because}; use credentials that may (aws-vault exec ${environment.name}-admin -- ...); nothing was changed`,
  );
}
