import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import { deviceCredentials, type SecretKey } from "../../aws/device-credentials";
import { deviceSessions } from "../../aws/device-sessions";
import { limitRequests, PATIENT_LIMITS } from "../../aws/request-limits";
import { describeError } from "../../aws/sdk-error";
import { ROTATION_REFUSED } from "../../devices/action-refusals";
import { deviceCaller, userArn } from "../../devices/callers";
import type { Holder } from "../../devices/holder";
import { permissionFor } from "../../devices/permission";
import { mfaSerialOf } from "../../devices/profiles";
import { planRotation, RUN_MARGIN_MINUTES, racesRun } from "../../devices/rotation";
import type { Environment } from "../../environment/environment";
import { inZone, nextRun } from "../../environment/next-run";
import { previousRun } from "../../environment/previous-run";
import { maskAccessKeyId } from "../../findings/mask";
import { Refusal } from "../../findings/refusal";
import type { CommandContext } from "../command";
import type { Interaction } from "../interaction";
import type { Log } from "../keys/log-line";
import { baseProfile } from "./base-profile";
import { Codes } from "./codes";
import { declaredGraph } from "./declared-graph";
import { type HandOver, keyStore } from "./key-store";
import { openSession } from "./open-session";
import { replaceKey } from "./replace-key";

export interface RotateRequest {
  readonly to: HandOver;
  readonly pipe: string | undefined;
  readonly profile: string | undefined;
  /** Only tell what would be done. */
  readonly dryRun: boolean;
  /** Rotate although a nightly run is near. */
  readonly despiteRun: boolean;
}

export interface Rotation {
  readonly device: string;
  readonly environment: string;
  /** `rotate`, or `finish` where an earlier run was broken off. */
  readonly did: "rotate" | "finish";
  readonly dryRun: boolean;
  /** Masked. */
  readonly old: string;
  readonly key?: string;
}

const SESSION_SECONDS = 900;

/**
 * Replaces the key of a device by a new one: as the device itself, with MFA. The new key is tried, with the next code,
 * before the old one goes; a rotation that was broken off is gone on with.
 *
 * @throws Refusal where it is refused, with nothing changed; or the error of the step that failed, with the old key
 * in place
 */
export async function rotate(
  holder: Holder,
  all: readonly Environment[],
  request: RotateRequest,
  context: CommandContext,
  talk: Interaction,
  log: Log,
): Promise<Rotation> {
  const { environment, name: userName } = holder;
  refuseNearRun(environment, request, talk.now());
  const profile = baseProfile(holder, request.profile, request.to, context);
  const store = keyStore({ kind: request.to, profile, pipe: request.pipe }, context, talk);
  await store.check();
  const own = (await store.get()) ?? (await keyOfSdk(environment.region));
  const sessions = deviceSessions(environment.region);
  const arn = await identityOf(own, sessions.identity);
  if (arn !== userArn(holder)) {
    throw new Refusal(
      ROTATION_REFUSED,
      `device rotate ${userName}: expected the key of ${userArn(holder)}, got that of ${arn}; name the right --profile`,
    );
  }
  const user = userArn(holder);
  const permission = permissionFor(
    declaredGraph(all),
    deviceCaller(holder),
    ["iam:ListAccessKeys", "iam:CreateAccessKey", "iam:DeleteAccessKey"].map((action) => ({
      action,
      resource: user,
    })),
  );
  if (permission.answer === "denied") {
    throw new Refusal(
      ROTATION_REFUSED,
      `device rotate ${userName}: ${permission.call.action} will be refused: ${permission.because}; nothing was changed`,
    );
  }

  const serial = mfaSerialOf(holder);
  const codes = new Codes(talk, userName);
  const session = await openSession(sessions, own, serial, SESSION_SECONDS, codes, talk);
  const client = limitRequests(
    new IAMClient({ region: environment.region, credentials: session }),
    PATIENT_LIMITS,
  );
  try {
    const iam = deviceCredentials(client);
    const plan = planRotation((await iam.keys(userName)) ?? [], own.accessKeyId);
    if (plan.kind === "refused") {
      throw new Refusal(
        ROTATION_REFUSED,
        `device rotate ${userName}: expected ${plan.expected}, got ${plan.got}; ${plan.remedy}`,
      );
    }
    const told = {
      device: userName,
      environment: environment.name,
      did: plan.kind,
      dryRun: request.dryRun,
      old: maskAccessKeyId(plan.old.accessKeyId),
    };
    if (request.dryRun) return told;
    if (plan.kind === "finish") {
      await iam.deleteKey(userName, plan.old.accessKeyId);
      log("device.key-deleted", {
        user: userName,
        key: told.old,
        because: "a rotation was broken off before this",
      });
      return { ...told, key: maskAccessKeyId(own.accessKeyId) };
    }
    if (plan.discard !== undefined) {
      await iam.deleteKey(userName, plan.discard.accessKeyId);
      const key = maskAccessKeyId(plan.discard.accessKeyId);
      log("device.key-deleted", {
        user: userName,
        key,
        because: "it was never used: a rotation was broken off",
      });
    }
    const prove = async (key: SecretKey) => {
      // AWS takes each code once: this waits for the next
      await openSession(sessions, key, serial, SESSION_SECONDS, codes, talk);
    };
    const made = await replaceKey({ userName, old: own, iam, sessions, store, prove }, talk, log);
    return { ...told, key: maskAccessKeyId(made.accessKeyId) };
  } finally {
    client.destroy();
  }
}

function refuseNearRun({ keyRules, name }: Environment, { despiteRun }: RotateRequest, now: Date): void {
  if (keyRules === undefined || despiteRun) return;
  const { schedule } = keyRules;
  const run = racesRun(now, previousRun(schedule, now), nextRun(schedule, now));
  if (run === undefined) return;
  throw new Refusal(
    ROTATION_REFUSED,
    `device rotate: expected ${RUN_MARGIN_MINUTES} minutes between a rotation and a run that ends keys, got the run of ${name} at ${inZone(run, schedule.timeZone)}; ` +
      "wait until it is over, or write --despite-run",
  );
}

/** The key that the SDK finds (a profile of `~/.aws/credentials`), where no key store can be asked. */
async function keyOfSdk(region: string): Promise<SecretKey> {
  const client = new STSClient({ region });
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
    if (sessionToken === undefined) return { accessKeyId, secretAccessKey };
    throw new Refusal(
      ROTATION_REFUSED,
      "device rotate: expected the access key itself, got a session; run it without aws-vault exec, with AWS_PROFILE naming the key's profile",
    );
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal(
      ROTATION_REFUSED,
      `device rotate: expected the device's key in aws-vault or in AWS_PROFILE, got none (${describeError(cause)}); name its profile with --profile`,
      { cause },
    );
  } finally {
    client.destroy();
  }
}

async function identityOf(key: SecretKey, ask: (key: SecretKey) => Promise<string>): Promise<string> {
  try {
    return await ask(key);
  } catch (cause) {
    throw new Refusal(
      ROTATION_REFUSED,
      `device rotate: expected a key that works, got ${describeError(cause)}; it may be inactive: iam-baseline keys list`,
      { cause },
    );
  }
}
