import { basename } from "node:path";
import { ACCOUNT_MISMATCH } from "../../catalogue/commands/account-refusals";
import { OPTION_CONFLICT } from "../../catalogue/commands/option-refusals";
import { parseReportRows } from "../../credentials/parse-credential-report";
import { principalsOf } from "../../drift/compare-access";
import type { EnvironmentDrift } from "../../drift/drift-report";
import { judgeDrift } from "../../drift/judge-drift";
import { type PlanEvidence, planEvidence } from "../../drift/plan/plan-evidence";
import { PrincipalIndex } from "../../drift/principal-match";
import { readInventory } from "../../drift/read-inventory";
import type { Environment } from "../../environment/environment";
import { Refusal } from "../../findings/refusal";
import { ACCOUNT_AMBIGUOUS, STACKS_MISSING } from "../../sources/resource/source-refusals";
import type { CommandContext } from "../command";
import { readJsonFile, readTextFile } from "../input-file";
import { tellOfLongFiles } from "../long-files";
import { selectedEnvironments } from "../project-environments";
import { othersInAccount, type SynthesizedStack } from "./declared-stacks";
import { neighbourGraphs } from "./neighbour-graphs";

export interface DriftFiles {
  readonly plans: readonly string[];
  readonly inventory: string | undefined;
  readonly credentialReport: string | undefined;
  /** States of others. */
  readonly also: readonly string[];
  /** The environment as the caller named it. */
  readonly name: string | undefined;
}

export interface FileSettings {
  readonly files: DriftFiles;
  /** Environments of the project; none where there is no project. */
  readonly all: readonly Environment[];
  readonly stacks: readonly SynthesizedStack[];
  readonly context: CommandContext;
}

/**
 * Drift of one environment from files alone: nothing is run and nobody is asked.
 *
 * @throws Refusal where files are missing or are of several environments
 * @throws AccessSourceError where one is not what it should be
 */
export function driftFromFiles({ files, all, stacks, context }: FileSettings): EnvironmentDrift {
  const { inventory: details, credentialReport: report } = files;
  tellOfLongFiles("comparing", [...files.plans, ...[details ?? [], report ?? []].flat()], context);
  const evidence = files.plans.map((file) =>
    planEvidence({ stack: "", file, json: readJsonFile(file, context) }),
  );
  const rows =
    files.credentialReport === undefined
      ? undefined
      : parseReportRows(readTextFile(files.credentialReport, context));
  const inventory =
    files.inventory === undefined
      ? undefined
      : readInventory(readJsonFile(files.inventory, context), files.inventory, rows);
  if (rows !== undefined && inventory === undefined) {
    throw new Refusal(OPTION_CONFLICT, {
      where: "--credential-report",
      expected: "beside --inventory",
      got: "it alone",
      remedy: "give both",
    });
  }
  const accounts = new Set([...evidence.flatMap(accountsOf), ...(inventory ? [inventory.accountId] : [])]);
  if (accounts.size > 1) {
    throw new Refusal(
      ACCOUNT_AMBIGUOUS,
      `expected files of one account, got those of ${[...accounts].join(", ")}; run the command once for each`,
    );
  }
  const fallback = basename(files.plans[0] ?? files.inventory ?? "").replace(/(?:\.plan)?\.json$/, "");
  const name = files.name ?? taggedName(evidence) ?? byAccount(all, accounts) ?? fallback;
  if (files.name !== undefined) requireOwnFiles(files.name, all, accounts);
  const settings = all.find((one) => one.name === name && accounts.has(one.accountId));
  const own = settings === undefined ? [] : stacks.filter(({ environment }) => environment === name);
  const plans = evidence.map((plan) => ({ ...plan, stack: stackName(plan, name, own) }));
  const withoutPlan = own.filter(({ stack }) => !plans.some((plan) => plan.stack === stack));
  if (plans.length === 0 && withoutPlan.length === 0) {
    throw new Refusal(
      STACKS_MISSING,
      `${name}: nothing says what is declared; give --plan FILE, or synthesize the environment of this account first`,
    );
  }
  const [account] = accounts;
  const drift = judgeDrift({
    environment: name,
    plans,
    withoutPlan,
    accounts: all.map(({ accountId }) => accountId),
    ...(settings !== undefined && { settings }),
    others: [
      ...(settings === undefined ? [] : othersInAccount(settings, all, stacks)),
      ...neighbourGraphs([...files.also, ...(settings?.neighbours ?? [])], account, context),
    ],
    ...(inventory !== undefined && { inventory }),
  });
  return {
    environment: name,
    ...(settings !== undefined && { settings }),
    drift,
    errors: [],
    facts: [
      [`Plans of ${name}`, files.plans.join(", ") || "none given"],
      [`Account of ${name}`, files.inventory ?? "not asked (no --inventory)"],
      ["Who did it", "not asked: files alone were read"],
    ],
  };
}

/** Files of another account than the caller's environment would tell of neither. */
function requireOwnFiles(name: string, all: readonly Environment[], accounts: ReadonlySet<string>): void {
  if (all.length === 0) return;
  const [named] = selectedEnvironments(all, [name]);
  const [account] = accounts;
  if (named === undefined || account === undefined || accounts.has(named.accountId)) return;
  throw new Refusal(
    ACCOUNT_MISMATCH,
    `expected files of environment ${name} (account ${named.accountId}), got those of account ${account}; name the environment of that account, or none`,
  );
}

function accountsOf({ recorded, wanted, found }: PlanEvidence): readonly string[] {
  return [recorded, wanted, found]
    .flatMap(principalsOf)
    .map(({ accountId }) => accountId)
    .filter((id) => /^\d{12}$/.test(id));
}

/** The baseline tags all it makes with its environment. */
function taggedName(plans: readonly PlanEvidence[]): string | undefined {
  const tagged = plans.flatMap(({ found, wanted }) =>
    [found, wanted].flatMap(({ users, roles }) =>
      [...users, ...roles].map(({ tags }) => tags["environment"]),
    ),
  );
  const names = new Set(tagged.filter((name) => name !== undefined && name !== ""));
  const [only] = names;
  return names.size === 1 ? only : undefined;
}

function byAccount(all: readonly Environment[], accounts: ReadonlySet<string>): string | undefined {
  const own = all.filter(({ accountId }) => accounts.has(accountId));
  return own.length === 1 ? own[0]?.name : undefined;
}

/** The synthesized stack that a plan is of; else by its file's name. */
function stackName(plan: PlanEvidence, environment: string, own: readonly SynthesizedStack[]): string {
  const index = new PrincipalIndex(principalsOf(plan.wanted));
  const same = own.find(({ graph }) => principalsOf(graph).some((one) => index.find(one) !== undefined));
  if (same !== undefined) return same.stack;
  const named = basename(plan.file).replace(/(?:\.plan)?\.json$/, "");
  if (named.startsWith(`${environment}-`)) return named;
  const kind = kindOf(plan);
  return kind === undefined || environment === named ? named : `${environment}-${kind}`;
}

/** What kind of stack of an environment holds these resources. */
function kindOf({ wanted }: PlanEvidence): string | undefined {
  if (wanted.users.length > 0) return "identity";
  const types = new Set(wanted.safeguards.map(({ type }) => type));
  if (types.has("aws_scheduler_schedule")) return "credential-hygiene";
  return types.has("aws_cloudwatch_event_rule") ? "detection" : undefined;
}
