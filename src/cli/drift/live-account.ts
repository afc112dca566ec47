import { setTimeout as sleep } from "node:timers/promises";
import type { AccountClients } from "../../aws/account-clients";
import { readAccountInventory, readAuthorizationDetails } from "../../aws/account-inventory";
import { callerIdentity } from "../../aws/caller-identity";
import type { AccountInventory } from "../../aws/inventory";
import { type RegionalSpace, readRegionalInventory } from "../../aws/regional-inventory";
import { describeError } from "../../aws/sdk-error";
import { actualGraph } from "../../drift/actual-graph";
import type { ReadError } from "../../drift/drift-report";
import { uniqueIdsIn } from "../../drift/trust-ids";
import type { Environment } from "../../environment/environment";
import type { AccessGraph } from "../../iam/graph";
import type { Progress } from "../progress";

export interface AccountSettings {
  readonly environment: Environment;
  readonly space: RegionalSpace;
  readonly now: Date;
  /** How long a unique id in a trust may be passing, in milliseconds. */
  readonly settleMs: number;
}

/** The account of an environment as it is, or why it could not be read. */
export async function readLiveAccount(
  clients: AccountClients,
  { environment: { name, accountId }, space, now, settleMs }: AccountSettings,
  progress: Progress,
): Promise<AccountInventory | ReadError> {
  const subject = `account ${accountId} of ${name}`;
  progress.step(`reading account ${accountId}`);
  try {
    const { accountId: caller } = await callerIdentity(clients.sts);
    if (caller !== accountId) {
      const reason = `the credentials are of account ${caller}; use a profile of the right one`;
      return { subject, reason };
    }
    const onProgress = progress.detail;
    const inventory = await readAccountInventory(clients.iam, { accountId, now: () => now, onProgress });
    const regional = await readRegionalInventory(clients, space);
    if (!showsUniqueIds(actualGraph(inventory))) return { ...inventory, regional };
    progress.step(`a trust policy shows a unique id: asking again in ${settleMs / 1000} s`);
    await sleep(settleMs);
    const authorizationDetails = await readAuthorizationDetails(clients.iam, onProgress);
    return { ...inventory, regional, authorizationDetails };
  } catch (error) {
    return { subject, reason: describeError(error) };
  }
}

function showsUniqueIds({ roles }: AccessGraph): boolean {
  return roles.some(
    ({ trust: { document } }) => !("unknown" in document) && uniqueIdsIn(document).length > 0,
  );
}
