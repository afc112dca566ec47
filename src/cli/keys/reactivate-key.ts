import type { KeyActivation } from "../../aws/key-activation";
import type { QuarantineReader } from "../../aws/quarantine";
import { describeError } from "../../aws/sdk-error";
import {
  KEY_AMBIGUOUS,
  KEY_CHANGE_FAILED,
  REACTIVATION_REFUSED,
  USER_QUARANTINED,
} from "../../catalogue/commands/key-refusals";
import { OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import type { AccessKey } from "../../credentials/access-key";
import { days, wholeDays } from "../../credentials/days";
import { honoursReactivation, isTagValue, reactivationTags } from "../../credentials/reactivation";
import type { IamCredentials } from "../../credentials/run/iam-credentials";
import type { Environment } from "../../environment/environment";
import { inZone, nextRun } from "../../environment/next-run";
import { maskAccessKeyId } from "../../findings/mask";
import { Refusal } from "../../findings/refusal";
import type { Log } from "./log-line";

/** A working day, where the command does not say how long. */
export const DEFAULT_HOURS = 8;

export interface ReactivationRequest {
  readonly userName: string;
  readonly reason: string;
  /** @default 8, or the most that the environment honours */
  readonly hours: number | undefined;
  /** Last four characters of the key's id. */
  readonly lastFour: string | undefined;
  /** Whether a key is reactivated although AWS has quarantined its user, or nobody knows whether it has. */
  readonly despiteQuarantine: boolean;
  /** ARN of who asks, for the log. */
  readonly by: string;
}

export interface Reactivated {
  readonly environment: string;
  readonly userName: string;
  /** `****ABCD` */
  readonly key: string;
  readonly wasActive: boolean;
  readonly reason: string;
  /** When the request to keep it ends. Absent: the environment honours none. */
  readonly until?: Date;
  readonly nextRun?: Date;
  /** Whether that run keeps the key whatever its rules say. */
  readonly honouredByNextRun: boolean;
  /** How long it holds, in words. */
  readonly holds: string;
}

/**
 * Sets one access key to `Active`, after the tags that tell the next run to keep it: if the second step fails, an
 * inactive key has tags, which do nothing.
 *
 * @throws Refusal where it is refused, with nothing changed; or where a step failed, with what was done
 */
export async function reactivateKey(
  iam: IamCredentials & KeyActivation & QuarantineReader,
  environment: Environment,
  request: ReactivationRequest,
  now: Date,
  log: Log,
): Promise<Reactivated> {
  const { userName, reason } = request;
  const maxHours = environment.keyRules?.reactivation?.maxHours;
  refuseReason(reason, environment);
  refuseHours(request.hours, environment);
  const hours = request.hours ?? Math.min(DEFAULT_HOURS, maxHours ?? 0);
  const keys = await keysOf(iam, userName);
  const quarantine = await quarantineOf(iam, request);
  const key = chosen(keys, request, now);
  const masked = maskAccessKeyId(key.accessKeyId);
  const tags = maxHours === undefined ? undefined : tagsOf(key, reason, hours, maxHours, now);
  const told = {
    environment: environment.name,
    userName,
    key: masked,
    reason,
    by: request.by,
    ...(quarantine !== undefined && { despiteQuarantine: quarantine }),
  };
  if (tags !== undefined) {
    await step(`tags of user ${userName} were not written, and the key ${masked} was not touched`, () =>
      iam.tag(userName, tags),
    );
    log("keys.tagged", { ...told, tags });
  }
  const halfDone =
    tags === undefined ? "nothing was changed" : "the tags are written (they do nothing for an inactive key)";
  await step(`the key ${masked} of user ${userName} was not set to Active; ${halfDone}`, () =>
    iam.activate(userName, key.accessKeyId),
  );
  const held = holding(environment, key, keys, tags, hours, now);
  log("keys.reactivated", { ...told, wasActive: key.status === "Active", holds: held.holds });
  return {
    environment: environment.name,
    userName,
    key: masked,
    wasActive: key.status === "Active",
    reason,
    ...held,
  };
}

/**
 * Where runs honour the reactivation, a tag of the user holds its reason.
 *
 * @throws Refusal for none, and for one that a tag cannot hold
 */
export function refuseReason(reason: string, { keyRules }: Environment): void {
  const isTagged = keyRules?.reactivation !== undefined;
  if (isTagged ? isTagValue(reason) : reason.trim() !== "") return;
  throw new Refusal(OPTION_VALUE_INVALID, {
    where: "--reason",
    expected: isTagged ? "1-256 letters, digits, blanks or _.:/=+-@ (a tag holds it)" : "why",
    got: reason.trim() === "" ? "nothing" : JSON.stringify(reason.slice(0, 80)),
    remedy: 'write --reason "..."',
  });
}

/** @throws Refusal for hours that no run of the environment would honour */
export function refuseHours(hours: number | undefined, { name, keyRules }: Environment): void {
  const maxHours = keyRules?.reactivation?.maxHours;
  if (hours === undefined) return;
  if (maxHours === undefined) {
    throw new Refusal(
      REACTIVATION_REFUSED,
      `--hours ${hours}: environment ${name} honours no temporary reactivation; leave --hours out (the key then stays active until a run ends it), or set keyRules.reactivation`,
    );
  }
  if (hours > 0 && hours <= maxHours) return;
  throw new Refusal(REACTIVATION_REFUSED, {
    where: "--hours",
    expected: `more than 0 and at most ${maxHours} (keyRules.reactivation.maxHours of environment ${name})`,
    got: `${hours}`,
    remedy: `write --hours ${maxHours} or less, and ask again when they have passed`,
  });
}

async function keysOf(iam: IamCredentials, userName: string): Promise<readonly AccessKey[]> {
  const keys = await iam.listAccessKeys(userName);
  if (keys === "gone") {
    throw new Refusal(
      KEY_AMBIGUOUS,
      `user ${userName}: declared, but not in the account; deploy the environment's identity stack`,
    );
  }
  if (keys.length === 0) {
    throw new Refusal(
      KEY_AMBIGUOUS,
      `user ${userName}: has no access key to reactivate; make one on the device: aws iam create-access-key`,
    );
  }
  return keys;
}

/**
 * Refuses a user whom AWS has quarantined, unless it is meant.
 *
 * @returns the quarantine that is passed over
 */
async function quarantineOf(
  iam: QuarantineReader,
  { userName, despiteQuarantine }: ReactivationRequest,
): Promise<string | undefined> {
  let policy: string | undefined;
  try {
    policy = await iam.quarantineOf(userName);
  } catch (error) {
    if (despiteQuarantine) return "not known";
    throw new Refusal(
      USER_QUARANTINED,
      `user ${userName}: whether AWS has quarantined it is not known (${describeError(error)}), and nothing was changed; ` +
        "the role needs iam:ListAttachedUserPolicies (deploy again), or write --despite-quarantine",
      { cause: error },
    );
  }
  if (policy === undefined || despiteQuarantine) return policy;
  throw new Refusal(USER_QUARANTINED, {
    where: `user ${userName}`,
    expected: "a user whose keys nobody else knows",
    got: `one that AWS has quarantined (${policy})`,
    remedy: "make a new key and look at what the old one did, or write --despite-quarantine",
  });
}

/** The one key that is meant. */
function chosen(
  keys: readonly AccessKey[],
  { userName, lastFour }: ReactivationRequest,
  now: Date,
): AccessKey {
  const fitting = lastFour === undefined ? keys : keys.filter((key) => key.accessKeyId.endsWith(lastFour));
  const [key] = fitting;
  if (key !== undefined && fitting.length === 1) return key;
  const held = keys
    .map(
      ({ accessKeyId, status, createDate }) =>
        `${maskAccessKeyId(accessKeyId)} (${status}, ${days(wholeDays(createDate, now))} old)`,
    )
    .join(", ");
  throw new Refusal(
    KEY_AMBIGUOUS,
    lastFour === undefined
      ? `user ${userName}: has ${keys.length} access keys, ${held}; say which one by its last four characters: --key ABCD`
      : `--key ${lastFour}: expected the last four characters of one key of user ${userName}, got ${fitting.length} that fit; the keys are ${held}`,
  );
}

function tagsOf(key: AccessKey, reason: string, hours: number, maxHours: number, now: Date) {
  try {
    return reactivationTags(key, reason, hours, maxHours, now);
  } catch (error) {
    if (error instanceof RangeError)
      throw new Refusal(OPTION_VALUE_INVALID, `--${error.message}`, { cause: error });
    throw error;
  }
}

async function step(otherwise: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw new Refusal(KEY_CHANGE_FAILED, `${otherwise}: ${describeError(error)}`, { cause: error });
  }
}

/** How long the key stays active, as far as the environment's own run is concerned. */
function holding(
  { keyRules }: Environment,
  key: AccessKey,
  keys: readonly AccessKey[],
  tags: Readonly<Record<string, string>> | undefined,
  hours: number,
  now: Date,
): Pick<Reactivated, "until" | "nextRun" | "honouredByNextRun" | "holds"> {
  const run = keyRules && nextRun(keyRules.schedule, now);
  const until = tags === undefined ? undefined : new Date(now.getTime() + hours * 3_600_000);
  const ends = until === undefined ? {} : { until };
  if (keyRules === undefined || run === undefined) {
    return {
      ...ends,
      honouredByNextRun: false,
      holds: "no run is scheduled: it stays active until a person ends it",
    };
  }
  const at = inZone(run, keyRules.schedule.timeZone);
  const answer = honoursReactivation(tags, key, keys, keyRules.reactivation?.maxHours, run);
  const holds =
    answer.kind === "honoured"
      ? `until ${answer.until.toISOString()}: the next run, ${at}, keeps it; the first run after that moment judges it by the rules again`
      : `until the next run, ${at}, which judges it by the rules${until === undefined ? "" : ` (the request ends before it, at ${until.toISOString()})`}`;
  return { ...ends, nextRun: run, honouredByNextRun: answer.kind === "honoured", holds };
}
