import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type AccountClients, accountClients } from "../../aws/account-clients";
import { readAccountInventory, readAuthorizationDetails } from "../../aws/account-inventory";
import { callerIdentity } from "../../aws/caller-identity";
import { changeHistory } from "../../aws/change-history";
import type { AccountInventory } from "../../aws/inventory";
import { describeError } from "../../aws/sdk-error";
import { actualGraph } from "../../drift/actual-graph";
import { withAuthors } from "../../drift/authors";
import type { EnvironmentDrift, ReadError } from "../../drift/drift-report";
import { judgeDrift } from "../../drift/judge-drift";
import { type PlanEvidence, planEvidence } from "../../drift/plan/plan-evidence";
import { uniqueIdsIn } from "../../drift/trust-ids";
import type { Environment } from "../../environment/environment";
import { reasonOf } from "../../findings/describe-error";
import type { AccessGraph } from "../../iam/graph";
import type { CommandContext } from "../command";
import { binaryOf, readOnlyPlan } from "../terraform";
import type { SynthesizedStack } from "./declared-stacks";

export interface LiveSettings {
  readonly environment: Environment;
  /** The environment's stacks, as they were synthesized. */
  readonly stacks: readonly SynthesizedStack[];
  readonly others: readonly AccessGraph[];
  readonly context: CommandContext;
  /** Ask CloudTrail who did it. */
  readonly history: boolean;
  /** Ask the account itself, besides planning. */
  readonly account: boolean;
  /** Called with the inventory as it was read. */
  readonly onInventory?: (inventory: AccountInventory) => void;
  /** @default 15 s: how long a unique id in a trust may be passing */
  readonly settleMs?: number;
}

const SETTLE_MS = 15_000;

/**
 * Plans every stack of an environment and reads its account. What cannot be read is an error of the result, never
 * silence; the rest is told all the same.
 */
export async function liveDrift(settings: LiveSettings): Promise<EnvironmentDrift> {
  const { environment, stacks, others, context } = settings;
  const { name } = environment;
  const errors: ReadError[] = [];
  const plans: PlanEvidence[] = [];
  const unread = new Set<string>();
  if (stacks.length === 0) {
    errors.push({
      subject: name,
      reason: "expected synthesized stacks in the outdir, got none; run npm run synth (cdktf synth) first",
    });
  }
  const left = stacks.filter(isKeptElsewhere).map(({ stack }) => stack);
  for (const { stack, directory } of stacks.filter(({ stack: one }) => !left.includes(one))) {
    context.output.progress(`planning ${stack}`);
    try {
      const { environmentVariables } = context;
      plans.push(
        planEvidence({ stack, file: stack, json: await readOnlyPlan({ directory, environmentVariables }) }),
      );
    } catch (error) {
      errors.push({ subject: `stack ${stack}`, reason: reasonOf(error) });
      unread.add(stack);
    }
  }
  const clients = accountClients(context.environmentVariables, environment.partition);
  try {
    const inventory = settings.account ? await readAccount(clients, settings, errors) : undefined;
    const drift = judgeDrift({
      environment: name,
      settings: environment,
      plans,
      withoutPlan: stacks
        .filter(({ stack }) => !plans.some((plan) => plan.stack === stack))
        .map(({ stack, graph }) => ({ stack, graph, isUnread: unread.has(stack) })),
      others,
      ...(inventory !== undefined && { inventory }),
    });
    const { findings, notKnown } =
      inventory !== undefined && settings.history
        ? await withAuthors(drift.findings, changeHistory(clients.cloudTrail, { sleep }))
        : { findings: drift.findings, notKnown: undefined };
    return {
      environment: name,
      settings: environment,
      drift: { ...drift, findings },
      errors,
      facts: [
        [`Plans of ${name}`, `${plans.length} of ${stacks.length} stacks, by ${binaryOf(context)}`],
        ...left.map(
          (stack) => ["Not planned", `${stack}: its state is a file of whoever made the bucket`] as const,
        ),
        [`Account of ${name}`, accountFact(settings, inventory, drift.othersRoles)],
        ...(notKnown === undefined ? [] : [["Who did it", notKnown] as const]),
      ],
    };
  } finally {
    clients.destroy();
  }
}

async function readAccount(
  clients: AccountClients,
  { environment, context, onInventory, settleMs = SETTLE_MS }: LiveSettings,
  errors: ReadError[],
): Promise<AccountInventory | undefined> {
  const { name, accountId } = environment;
  context.output.progress(`reading account ${accountId}`);
  try {
    const { accountId: caller } = await callerIdentity(clients.sts);
    if (caller !== accountId) {
      errors.push({
        subject: `account ${accountId} of ${name}`,
        reason: `the credentials are of account ${caller}; use a profile of the right one`,
      });
      return undefined;
    }
    let inventory = await readAccountInventory(clients.iam, { accountId, now: () => context.now });
    if (showsUniqueIds(actualGraph(inventory))) {
      context.output.progress(`a trust policy shows a unique id: asking again in ${settleMs / 1000} s`);
      await sleep(settleMs);
      inventory = { ...inventory, authorizationDetails: await readAuthorizationDetails(clients.iam) };
    }
    onInventory?.(inventory);
    return inventory;
  } catch (error) {
    errors.push({ subject: `account ${accountId} of ${name}`, reason: describeError(error) });
    return undefined;
  }
}

function showsUniqueIds({ roles }: AccessGraph): boolean {
  return roles.some(
    ({ trust: { document } }) => !("unknown" in document) && uniqueIdsIn(document).length > 0,
  );
}

function accountFact(
  { account }: LiveSettings,
  inventory: AccountInventory | undefined,
  othersRoles: number,
): string {
  if (!account) return "not asked (--no-account)";
  if (inventory === undefined) return "could not be read";
  const users = Object.keys(inventory.users).length;
  return `read ${inventory.takenAt}: ${users} users; ${othersRoles} roles of others, which are not judged`;
}

/**
 * The state of the stack that makes the state's bucket is a local file of the person who deployed it
 * (docs/bootstrap.md): elsewhere there is nothing to plan from, and an empty state would say that nothing is deployed.
 */
function isKeptElsewhere({ stack, environment, directory }: SynthesizedStack): boolean {
  if (stack !== `${environment}-state-backend`) return false;
  const { terraform } = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as {
    terraform?: { backend?: { local?: { path?: unknown } } };
  };
  const path = terraform?.backend?.local?.path;
  return typeof path === "string" && !existsSync(resolve(directory, path));
}
