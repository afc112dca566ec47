import { describeError } from "../../findings/describe-error";
import type { KeyOwner } from "../access-key";
import type { Ledger } from "./ledger";
import type { RunDeps } from "./run-deps";

/** IAM spreads a change within seconds: a list may still hold the name of a user who was renamed or deleted. */
export const LIST_AGAIN_AFTER_MS = 10_000;

/**
 * Users whom IAM no longer knows by their names, or whose keys it does not. A user can be renamed and moved to another
 * path, with all his keys; only his id stays. So the account is listed once more: whoever is there under his id is
 * judged again by the rules of his old name, whoever is not was deleted, and where that cannot be told it is a failure.
 *
 * @param end judges a user of the rules under the name that he has now; false: he is gone again
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_rename.html
 */
export async function findVanished(
  deps: Pick<RunDeps, "iam" | "sleep">,
  vanished: readonly KeyOwner[],
  ledger: Ledger,
  end: (user: KeyOwner, userName: string) => Promise<boolean>,
): Promise<void> {
  // a key that was deleted alone makes its user vanish, too: he is found at once, under the same name
  const lagging = await look(deps, vanished, ledger, end);
  if (lagging.length === 0) return;
  await deps.sleep(LIST_AGAIN_AFTER_MS);
  for (const user of await look(deps, lagging, ledger, end)) gone(user, ledger);
}

/** @returns users whom the list still holds under the name by which IAM does not know them */
async function look(
  { iam }: Pick<RunDeps, "iam">,
  users: readonly KeyOwner[],
  ledger: Ledger,
  end: (user: KeyOwner, userName: string) => Promise<boolean>,
): Promise<readonly KeyOwner[]> {
  const names = new Map<string, string>();
  try {
    for await (const { userId, userName } of iam.listUsers("/"))
      if (userId !== undefined) names.set(userId, userName);
  } catch (error) {
    const because = `not known any more by this name, and whether the user was renamed could not be looked up: ${describeError(error)}`;
    for (const { userName } of users) ledger.fail(userName, because);
    return [];
  }
  const lagging: KeyOwner[] = [];
  for (const user of users) {
    const { userId, userName } = user;
    const name = userId === undefined ? undefined : names.get(userId);
    try {
      if (userId === undefined)
        ledger.fail(userName, "not known any more by this name, and IAM had given no id to look for");
      else if (name === undefined) gone(user, ledger);
      else if (!(await end(user, name))) lagging.push(user);
    } catch (error) {
      ledger.fail(userName, `${name === userName ? "" : `now ${name}: `}${describeError(error)}`);
    }
  }
  return lagging;
}

function gone({ userName }: KeyOwner, ledger: Ledger): void {
  ledger.gone += 1;
  ledger.finish(userName);
}
