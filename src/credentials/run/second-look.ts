import { describeError } from "../../findings/describe-error";
import { maskAccessKeyId } from "../../findings/mask";
import type { AccessKey } from "../access-key";
import { decide } from "../decide";
import type { ResolvedKeyRules } from "../resolved-key-rules";
import { forEachBounded } from "./bounded";
import type { JudgedUser } from "./judged-user";
import type { Ledger } from "./ledger";
import { CONCURRENT_USERS, RESERVED_MS, type RunDeps } from "./run-deps";

/** IAM spreads a change within seconds; who may change keys could undo it in that window. */
export const SECOND_LOOK_AFTER_MS = 30_000;

/**
 * Waits, lists the keys of the users that were changed once more, and reports every key that the rules want inactive and
 * that is active still, again, or newly. Reports only: the error at the end makes Lambda run everything again.
 */
export async function lookAgain(
  deps: Pick<RunDeps, "iam" | "sleep" | "remainingMs">,
  rules: ResolvedKeyRules,
  changed: readonly JudgedUser[],
  ledger: Ledger,
  now: Date,
): Promise<void> {
  if (deps.remainingMs() < SECOND_LOOK_AFTER_MS + RESERVED_MS) return;
  await deps.sleep(SECOND_LOOK_AFTER_MS);
  let looked = 0;
  await forEachBounded(
    changed,
    CONCURRENT_USERS,
    () => deps.remainingMs() >= RESERVED_MS,
    async (judged) => {
      const { userName } = judged;
      try {
        const listed = await deps.iam.listAccessKeys(userName);
        if (listed !== "gone") reportActive(listed, judged, rules, ledger, now);
      } catch (error) {
        ledger.failed.push({ where: userName, because: `second look: ${describeError(error)}` });
      }
      looked += 1;
    },
  );
  ledger.secondLook = { kind: "done", users: looked, skipped: changed.length - looked };
}

function reportActive(
  listed: readonly AccessKey[],
  { userName, owner, keys, decisions }: JudgedUser,
  rules: ResolvedKeyRules,
  ledger: Ledger,
  now: Date,
): void {
  const before = new Map(keys.map((key) => [key.accessKeyId, key]));
  const ended = new Set(
    decisions.flatMap(({ action, key }) => (action === "deactivate" ? [key.accessKeyId] : [])),
  );
  const last = new Set(
    decisions.flatMap(({ action, key }) => (action === "keep-last" ? [key.accessKeyId] : [])),
  );
  // The facts of the first look still hold: nobody asks IAM for them twice.
  const known = listed.map((key) => ({ ...before.get(key.accessKeyId), ...key }));
  for (const { action, key } of decide(owner, known, rules, now)) {
    // an owner is left it as the last one: that hangs on other users
    if (last.has(key.accessKeyId)) continue;
    const wanted = action === "deactivate" || (ended.has(key.accessKeyId) && key.status === "Active");
    if (!wanted || alreadyFailed(ledger, userName, key)) continue;
    ledger.failed.push({
      where: userName,
      key: maskAccessKeyId(key.accessKeyId),
      because: before.has(key.accessKeyId)
        ? "reactivated: active again after it was deactivated"
        : "created during the run, and a rule ends it",
    });
  }
}

function alreadyFailed(ledger: Ledger, where: string, key: AccessKey): boolean {
  return ledger.failed.some(
    (failed) => failed.where === where && failed.key === maskAccessKeyId(key.accessKeyId),
  );
}
