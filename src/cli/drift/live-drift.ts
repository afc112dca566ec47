import { setTimeout as sleep } from "node:timers/promises";
import { accountClients } from "../../aws/account-clients";
import { changeHistory } from "../../aws/change-history";
import type { AccountInventory } from "../../aws/inventory";
import type { RegionalSpace } from "../../aws/regional-inventory";
import { withAuthors } from "../../drift/authors";
import type { EnvironmentDrift, ReadError } from "../../drift/drift-report";
import { judgeDrift } from "../../drift/judge-drift";
import { declaredTopics, OwnSpace, safeguardsOf } from "../../drift/own-space";
import type { Environment } from "../../environment/environment";
import type { AccessGraph } from "../../iam/graph";
import type { CommandContext } from "../command";
import { type Progress, progressOf } from "../progress";
import { binaryOf } from "../terraform";
import type { SynthesizedStack } from "./declared-stacks";
import { leftStacks } from "./left-stacks";
import { readLiveAccount } from "./live-account";
import { planStacks } from "./stack-plans";

export interface LiveSettings {
  readonly environment: Environment;
  /** The environment's stacks, as they were synthesized. */
  readonly stacks: readonly SynthesizedStack[];
  readonly others: readonly AccessGraph[];
  /** Ids of every account of the project. */
  readonly accounts: readonly string[];
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
  const progress = progressOf(settings.context.output);
  try {
    return await lookedAt(settings, progress);
  } finally {
    progress.end();
  }
}

async function lookedAt(settings: LiveSettings, progress: Progress): Promise<EnvironmentDrift> {
  const { environment, stacks, others, context } = settings;
  const { name, partition, region } = environment;
  const errors: ReadError[] = stacks.length === 0 ? [notSynthesized(name)] : [];
  const { plans, unread, left, errors: planErrors } = await planStacks(stacks, context, progress);
  const { left: leftBehind, errors: leftErrors } = await leftStacks(environment, stacks, context);
  errors.push(...planErrors, ...leftErrors);
  const { environmentVariables } = context;
  const onSilence = context.output.progress;
  const clients = accountClients({ partition, region, environmentVariables, onSilence });
  try {
    const account = settings.account
      ? await readLiveAccount(clients, accountSettings(settings), progress)
      : undefined;
    if (account !== undefined && "reason" in account) errors.push(account);
    const inventory = account === undefined || "reason" in account ? undefined : account;
    if (inventory !== undefined) settings.onInventory?.(inventory);
    const drift = judgeDrift({
      environment: name,
      settings: environment,
      plans,
      withoutPlan: stacks
        .filter(({ stack }) => !plans.some((plan) => plan.stack === stack))
        .map(({ stack, graph }) => ({ stack, graph, isUnread: unread.has(stack) })),
      others,
      left: leftBehind,
      accounts: settings.accounts,
      ...(inventory !== undefined && { inventory }),
    });
    const asksHistory = inventory !== undefined && settings.history && drift.findings.length > 0;
    if (asksHistory) progress.step("asking CloudTrail who did it");
    const { findings, notKnown } = asksHistory
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

function notSynthesized(environment: string): ReadError {
  return {
    subject: environment,
    reason: "expected synthesized stacks in the outdir, got none; run npm run synth (cdktf synth) first",
  };
}

function accountSettings({ environment, stacks, others, context, settleMs = SETTLE_MS }: LiveSettings) {
  const graphs = [...stacks.map(({ graph }) => graph), ...others];
  return { environment, space: regionalSpace(environment, graphs), now: context.now, settleMs };
}

/** What of the environment's region belongs to the baseline. */
function regionalSpace(environment: Environment, graphs: readonly AccessGraph[]): RegionalSpace {
  const own = new OwnSpace([`/${environment.namespace}/`]);
  const declared = new Set(safeguardsOf(graphs, "aws_lambda_function").map(({ name }) => name));
  return {
    region: environment.region,
    isOwnFunction: (found) => declared.has(found.name) || own.holdsFunction(found),
    topics: declaredTopics(graphs, environment),
  };
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
