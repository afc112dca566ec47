import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { accountClients } from "../aws/account-clients";
import { readAccountInventory } from "../aws/account-inventory";
import { changeHistory } from "../aws/change-history";
import type { AccountInventory } from "../aws/inventory";
import { readInventory } from "../drift/read-inventory";
import { reasonOf } from "../findings/describe-error";
import type { NotKnown } from "../report/access-report";
import type { ReportInput } from "../report/report-input";
import { graphFromInventory } from "../sources/account/graph-from-inventory";
import { type EnvironmentGraph, graphFromStackDirectory } from "../sources/stack/graph-from-stack-directory";
import { connect } from "./aws-account";
import { withRemedy } from "./aws-refusal";
import type { CommandContext } from "./command";
import { readJsonFile } from "./input-file";
import { inventoryFacts, withMakers } from "./inventory-facts";
import { progressOf } from "./progress";
import { projectEnvironments } from "./project-environments";

/**
 * Accounts as files describe them: of `drift --save-inventory`, or of `aws iam get-account-authorization-details`.
 *
 * @throws Refusal where a file cannot be read as one
 */
export function inventoryInputs(files: readonly string[], context: CommandContext): readonly ReportInput[] {
  const stacks = files.length === 0 ? [] : synthesized(context);
  return files.map((file) => {
    const inventory = readInventory(readJsonFile(file, context), file);
    const own = "reason" in stacks ? undefined : stacks.find((one) => isOf(one, inventory.accountId));
    const name = own?.environment ?? basename(file).replace(/(?:\.inventory)?\.json$/, "");
    return inputOf(name, inventory, stacks, file);
  });
}

/**
 * The account of an environment as it is now, read with the credentials at hand. Changes nothing.
 *
 * @throws Refusal where the credentials are of another account, or IAM does not answer
 */
export async function liveInput(name: string, context: CommandContext): Promise<ReportInput> {
  const { now, directory, environmentVariables, output } = context;
  const all = await projectEnvironments(now, directory);
  const { environments, caller, close } = await connect(all, [name], context);
  close();
  const [environment] = environments;
  const partition = environment?.partition ?? "aws";
  const region = environment?.region ?? "us-east-1";
  const clients = accountClients({ partition, region, environmentVariables, onSilence: output.progress });
  const progress = progressOf(output);
  progress.step(`reading account ${caller.accountId}`);
  try {
    const { accountId } = caller;
    const inventory = await withRemedy("--live", "nothing was changed", () =>
      readAccountInventory(clients.iam, { accountId, now: () => now, onProgress: progress.detail }),
    );
    const input = inputOf(name, inventory, synthesized(context), "--live");
    if (input.account === undefined) return input;
    progress.step("asking CloudTrail who made what no stack declares");
    const account = await withMakers(input.account, changeHistory(clients.cloudTrail, { sleep }), now);
    return { ...input, account };
  } finally {
    progress.end();
    clients.destroy();
  }
}

function inputOf(
  environment: string,
  inventory: AccountInventory,
  stacks: readonly EnvironmentGraph[] | NotKnown,
  file: string,
): ReportInput {
  const graph = graphFromInventory(inventory, file);
  return { environment, graph, account: inventoryFacts(inventory, graph, declaredIn(stacks, inventory)) };
}

/** What stacks declare of an account, as they were synthesized last. */
function declaredIn(stacks: readonly EnvironmentGraph[] | NotKnown, { accountId }: AccountInventory) {
  if ("reason" in stacks) return stacks;
  const own = stacks.find((one) => isOf(one, accountId));
  const reason = `no synthesized stack is of account ${accountId}`;
  return own?.graph ?? { what: "what stacks declare", reason };
}

function isOf({ graph }: EnvironmentGraph, account: string): boolean {
  return [...graph.users, ...graph.roles, ...graph.groups].some(({ accountId }) => accountId === account);
}

function synthesized({
  directory,
  environmentVariables,
}: CommandContext): readonly EnvironmentGraph[] | NotKnown {
  const outdir = environmentVariables["CDKTF_OUTDIR"] ?? "cdktf.out";
  const what = "what stacks declare";
  if (!existsSync(resolve(directory, outdir))) {
    return { what, reason: `${outdir} is not there: synthesize, to tell what no stack declares` };
  }
  try {
    return graphFromStackDirectory(resolve(directory, outdir));
  } catch (error) {
    return { what, reason: `${outdir} cannot be read: ${reasonOf(error)}` };
  }
}
