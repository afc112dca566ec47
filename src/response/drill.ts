import type { AccessKey } from "../credentials/access-key";
import { describeError } from "../findings/describe-error";
import { maskAccessKeyId } from "../findings/mask";
import { type Cutoff, withoutCutoff } from "../policies/cutoff";
import type { CutoffStore } from "./response-deps";

/** What a drill does and sees. */
export interface DrillDeps {
  readonly userName: string;
  readonly listAccessKeys: (userName: string) => Promise<readonly AccessKey[] | "gone">;
  readonly activate: (userName: string, accessKeyId: string) => Promise<void>;
  readonly sessions: CutoffStore;
  /** Sends the synthetic event to the bus on which the real rule listens. */
  readonly send: () => Promise<void>;
  /** Whether the message for people has come. */
  readonly heard: () => Promise<boolean>;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

export interface DrillReport {
  readonly userName: string;
  readonly sentAt: Date;
  /** Seconds from the event; absent: it did not happen. */
  readonly inactiveAfter?: number;
  readonly deniedAfter?: number;
  readonly toldAfter?: number;
  /** Access keys that were active, set to Active again. */
  readonly restoredKeys: number;
  /** What could not be put back, with what to do. */
  readonly notRestored: readonly string[];
}

/** A response that takes longer than this is not to be waited for. */
export const DRILL_PATIENCE_MS = 180_000;
/** What the response has to reach. */
export const DRILL_GOAL_SECONDS = 60;
const LOOK_EVERY_MS = 1_000;

/**
 * A fire drill: a synthetic event of a leaked key to the real rule, which ends the user's keys and sessions for real; when
 * each was seen; and everything as it was before. Whatever happens, what was changed is put back.
 *
 * @throws RangeError where the user has no active key to measure, or a response to it is in force
 */
export async function runDrill(deps: DrillDeps): Promise<DrillReport> {
  const { userName, sessions } = deps;
  const keys = await deps.listAccessKeys(userName);
  const active = keys === "gone" ? [] : keys.filter(({ status }) => status === "Active");
  if (active.length === 0) throw new RangeError(`user ${userName} has no active access key`);
  const { cutoffs, isForeign } = await sessions.read();
  if (isForeign) throw new RangeError("the policy of cut sessions holds something that no response writes");
  if (cutoffs.some((one) => one.userName === userName || one.userName === undefined))
    throw new RangeError(`sessions of user ${userName} are denied already`);
  deps.log("sending", {
    userName,
    activeKeys: active.map(({ accessKeyId }) => maskAccessKeyId(accessKeyId)),
  });
  const sentAt = deps.now();
  await deps.send();
  const seen = await watch(deps, sentAt);
  deps.log("putting back", { userName });
  const { restoredKeys, notRestored } = await restore(deps, active);
  return { userName, sentAt, ...seen, restoredKeys, notRestored };
}

type Seen = Pick<DrillReport, "inactiveAfter" | "deniedAfter" | "toldAfter">;

async function watch(deps: DrillDeps, sentAt: Date): Promise<Seen> {
  const { userName } = deps;
  const looks: Readonly<Record<keyof Seen, () => Promise<boolean>>> = {
    inactiveAfter: async () => {
      const keys = await deps.listAccessKeys(userName);
      return keys !== "gone" && keys.every(({ status }) => status !== "Active");
    },
    deniedAfter: async () => {
      const { cutoffs } = await deps.sessions.read();
      return cutoffs.some((one) => one.userName === userName || one.userName === undefined);
    },
    toldAfter: deps.heard,
  };
  const seen: { -readonly [Key in keyof Seen]: Seen[Key] } = {};
  const elapsed = () => deps.now().getTime() - sentAt.getTime();
  for (;;) {
    for (const [what, look] of Object.entries(looks) as [keyof Seen, () => Promise<boolean>][]) {
      if (seen[what] !== undefined) continue;
      try {
        if (!(await look())) continue;
        seen[what] = elapsed() / 1000;
        deps.log("seen", { what, seconds: seen[what] });
      } catch (error) {
        deps.log("could not look", { what, because: describeError(error) });
      }
    }
    if (Object.keys(seen).length === Object.keys(looks).length || elapsed() >= DRILL_PATIENCE_MS) return seen;
    await deps.sleep(LOOK_EVERY_MS);
  }
}

async function restore(
  { userName, activate, sessions, now }: DrillDeps,
  active: readonly AccessKey[],
): Promise<Pick<DrillReport, "restoredKeys" | "notRestored">> {
  const notRestored: string[] = [];
  let restoredKeys = 0;
  for (const { accessKeyId } of active) {
    try {
      await activate(userName, accessKeyId);
      restoredKeys += 1;
    } catch (error) {
      notRestored.push(
        `access key ${maskAccessKeyId(accessKeyId)} (${describeError(error)}): baseline keys reactivate ${userName} --reason "after a drill"`,
      );
    }
  }
  try {
    await sessions.change((cutoffs: readonly Cutoff[]) => withoutCutoff(cutoffs, userName, now()));
  } catch (error) {
    notRestored.push(`denied sessions (${describeError(error)}): baseline respond ${userName} --lift`);
  }
  return { restoredKeys, notRestored };
}
