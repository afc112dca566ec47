import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { UNKNOWN_NAME } from "../environment/rules/unknown-name";
import { nearestName } from "../findings/nearest-name";
import { Refusal } from "../findings/refusal";
import type { AccessGraph } from "../iam/graph";
import type { ReportInput } from "../report/report-input";
import { mergeGraphs } from "../sources/graph/merge-graphs";
import { graphFromPlan } from "../sources/plan/graph-from-plan";
import { STACKS_MISSING } from "../sources/resource/source-refusals";
import { graphFromStackDirectory } from "../sources/stack/graph-from-stack-directory";
import { graphFromState } from "../sources/state/graph-from-state";
import type { CommandContext } from "./command";
import { readJsonFile } from "./input-file";
import { tellOfLongFiles } from "./long-files";

/** Where a command reads who can do what from. Paths are relative to the folder that it runs in. */
export interface AccessSources {
  readonly fromStack: readonly string[];
  readonly fromPlan: readonly string[];
  readonly fromState: readonly string[];
  /** Files of accounts as they are. */
  readonly fromInventory: readonly string[];
  /** Environment whose account is read as it is now. */
  readonly live?: string;
  /** Of plans: the account before them, not after. */
  readonly before: boolean;
  /** Names of environments; none: all. */
  readonly environments: readonly string[];
}

/**
 * The environments of the sources; without any source, of what was synthesized last.
 *
 * @throws Refusal where there is nothing to read, or no such environment
 * @throws AccessSourceError where a source cannot be read as what it should be
 */
export async function readSources(
  sources: AccessSources,
  context: CommandContext,
): Promise<readonly ReportInput[]> {
  const { fromStack, fromPlan, fromState, fromInventory, live } = sources;
  tellOfLongFiles("reading", [...fromStack, ...fromPlan, ...fromState, ...fromInventory], context);
  const declared = merged([...namedInputs(sources, context)]);
  if (live === undefined && fromInventory.length === 0) return selected(declared, sources.environments);
  // the SDK is loaded only where an account is asked for
  const { inventoryInputs, liveInput } = require("./access-inventory") as typeof import("./access-inventory");
  const accounts = [
    ...inventoryInputs(fromInventory, context),
    ...(live === undefined ? [] : [await liveInput(live, context)]),
  ];
  return selected([...declared, ...accounts], sources.environments);
}

/** Nothing was given: what `cdktf synth` wrote is read. */
export function isDefaultSource(sources: AccessSources): boolean {
  const { fromStack, fromPlan, fromState, fromInventory, live } = sources;
  return (
    fromStack.length + fromPlan.length + fromState.length + fromInventory.length === 0 && live === undefined
  );
}

function* namedInputs(sources: AccessSources, context: CommandContext): Generator<ReportInput> {
  const { fromStack, fromPlan, fromState, before } = sources;
  const isDefault = isDefaultSource(sources);
  const outdir = context.environmentVariables["CDKTF_OUTDIR"] ?? "cdktf.out";
  if (isDefault && !existsSync(resolve(context.directory, outdir))) {
    throw new Refusal(
      STACKS_MISSING,
      `${outdir}: nothing was synthesized yet; run npm start (or npm run synth), or give --from-stack, --from-plan, --from-state or --from-inventory`,
    );
  }
  for (const directory of isDefault ? [outdir] : fromStack) {
    for (const { environment, graph } of graphFromStackDirectory(resolve(context.directory, directory))) {
      yield { environment, graph };
    }
  }
  for (const file of fromPlan) {
    const plan = graphFromPlan(readJsonFile(file, context), { file });
    yield named(before ? plan.before : plan.after, file);
  }
  for (const file of fromState) yield named(graphFromState(readJsonFile(file, context), { file }), file);
}

/** Plans and states do not say their environment, but the baseline tags all it makes with it. */
function named(graph: AccessGraph, file: string): ReportInput {
  const tagged = new Set([...graph.users, ...graph.roles].map(({ tags }) => tags["environment"] ?? ""));
  const [only = ""] = tagged;
  const fallback = basename(file).replace(/\.(plan|state)?\.?(json|tfstate)$/, "");
  return { environment: tagged.size === 1 && only !== "" ? only : fallback, graph };
}

/** Several files of one environment and account are one; the same name in another account is told apart by it. */
function merged(inputs: readonly ReportInput[]): readonly ReportInput[] {
  const byName = new Map<
    string,
    { readonly accounts: ReadonlySet<string>; readonly graphs: AccessGraph[] }
  >();
  for (const { environment, graph } of inputs) {
    const accounts = accountsOf(graph);
    const present = byName.get(environment);
    const isOther = present !== undefined && isDisjoint(present.accounts, accounts);
    const name = isOther ? `${environment}-${[...accounts].join("-")}` : environment;
    const group = byName.get(name) ?? { accounts, graphs: [] };
    byName.set(name, {
      accounts: new Set([...group.accounts, ...accounts]),
      graphs: [...group.graphs, graph],
    });
  }
  return [...byName].map(([environment, { graphs }]) => ({ environment, graph: mergeGraphs(graphs) }));
}

function accountsOf({ users, groups, roles }: AccessGraph): ReadonlySet<string> {
  return new Set([...users, ...groups, ...roles].map(({ accountId }) => accountId));
}

function isDisjoint(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size > 0 && right.size > 0 && ![...left].some((one) => right.has(one));
}

function selected(inputs: readonly ReportInput[], wanted: readonly string[]): readonly ReportInput[] {
  const known = inputs.map(({ environment }) => environment);
  for (const name of wanted) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? `there are ${known.join(", ")}` : `did you mean ${nearest}?`;
    throw new Refusal(UNKNOWN_NAME, `--environment: no environment "${name}"; ${hint}`);
  }
  return inputs;
}
