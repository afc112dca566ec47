import { describeError } from "../../findings/describe-error";
import { maskAccessKeyId } from "../../findings/mask";
import type { Decision } from "../decision";
import type { IamCredentials } from "./iam-credentials";
import type { JudgedUser } from "./judged-user";
import type { Ledger } from "./ledger";

interface Acting {
  readonly iam: IamCredentials;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/**
 * Does to a user's keys what was decided, one after the other, and writes it into the ledger.
 *
 * @returns whether a key was deactivated, whether all keys were reached before time ran out, and whether IAM knew user
 *   or key no more: then somebody has to look where they are
 */
export async function deactivateKeys(
  { iam, log }: Acting,
  dryRun: boolean,
  { userName, decisions, unanswered, endingSoon }: JudgedUser,
  ledger: Ledger,
  enoughTime: () => boolean,
): Promise<{ readonly changed: boolean; readonly all: boolean; readonly vanished: boolean }> {
  for (const { key, because } of unanswered) ledger.failed.push(failure(userName, because, key?.accessKeyId));
  for (const { key, because } of endingSoon)
    ledger.endingSoon.push({ userName, key: maskAccessKeyId(key.accessKeyId), because });
  const told: { key: string; outcome: string; because: string }[] = [];
  let changed = false;
  let all = true;
  let vanished = false;
  for (const decision of decisions) {
    const outcome = await act(decision);
    told.push({ key: maskAccessKeyId(decision.key.accessKeyId), outcome, because: decision.because });
    if (outcome === "deactivated") changed = true;
    if (outcome === "not reached") all = false;
    if (outcome === "gone") vanished = true;
  }
  if (told.length > 0) log("user", { userName, keys: told });
  return { changed, all, vanished };

  async function act(decision: Decision): Promise<string> {
    const { key, because } = decision;
    const event = { userName, key: maskAccessKeyId(key.accessKeyId), because };
    switch (decision.action) {
      case "keep":
        ledger.kept += 1;
        return "kept";
      case "keep-for-now":
        ledger.keptForNow.push(event);
        return "kept for now";
      case "keep-last":
        ledger.keptLast.push(event);
        return "kept as the last key";
      case "already-inactive":
        ledger.alreadyInactive += 1;
        return "already inactive";
      case "undecided":
        if (!unanswered.some((fact) => fact.key === key))
          ledger.failed.push(failure(userName, because, key.accessKeyId));
        return "undecided";
      case "deactivate":
        if (dryRun) {
          ledger.wouldDeactivate.push(event);
          return "would be deactivated";
        }
        if (!enoughTime()) return "not reached";
        try {
          if ((await iam.deactivate(userName, key.accessKeyId)) === "gone") return "gone";
          ledger.deactivate(event);
          return "deactivated";
        } catch (error) {
          ledger.failed.push(failure(userName, describeError(error), key.accessKeyId));
          return "failed";
        }
    }
  }
}

function failure(where: string, because: string, accessKeyId?: string) {
  return { where, because, ...(accessKeyId === undefined ? {} : { key: maskAccessKeyId(accessKeyId) }) };
}
