import { accountClients } from "../../aws/account-clients";
import { readAccountInventory } from "../../aws/account-inventory";
import { callerIdentity } from "../../aws/caller-identity";
import type { AccountInventory } from "../../aws/inventory";
import { readInventoryDetails } from "../../aws/inventory-details";
import { ACCOUNT_MISMATCH } from "../../catalogue/commands/account-refusals";
import { Refusal } from "../../findings/refusal";
import { partitionOfRegion } from "../../iam/names/regions";
import { withRemedy } from "../aws-refusal";
import type { CommandContext } from "../command";
import { progressOf } from "../progress";
import type { Target } from "./target";

/**
 * Reads an account and all that an import needs of it; changes nothing.
 *
 * @throws Refusal where there are no credentials, they are of another account, or IAM does not answer
 */
export async function readAccount(
  { accountId, region }: Target,
  context: CommandContext,
): Promise<AccountInventory> {
  const { environmentVariables, output, now } = context;
  const clients = accountClients({
    partition: partitionOfRegion(region),
    region,
    environmentVariables,
    onSilence: output.progress,
  });
  const progress = progressOf(output);
  const read = async () => {
    progress.step(`reading account ${accountId}`);
    const caller = await callerIdentity(clients.sts);
    if (accountId !== undefined && caller.accountId !== accountId) {
      throw new Refusal(
        ACCOUNT_MISMATCH,
        `expected credentials of account ${accountId}, got those of account ${caller.accountId} (${caller.arn}); ` +
          "nothing was asked or changed. Use a profile of the right account (aws-vault exec PROFILE -- ...)",
      );
    }
    const onProgress = progress.detail;
    const inventory = await readAccountInventory(clients.iam, {
      accountId: caller.accountId,
      now: () => now,
      onProgress,
    });
    return { ...inventory, details: await readInventoryDetails(clients.iam, inventory, { onProgress }) };
  };
  try {
    return await withRemedy(`account ${accountId}`, "it changes nothing", read);
  } finally {
    progress.end();
    clients.destroy();
  }
}
