import type { AccessGraph } from "../../iam/graph";
import { buildGraph } from "../graph/build-graph";
import { DocumentTexts } from "../graph/document-texts";
import { RecordedResource, recordedAccount } from "../resource/recorded-resource";
import type { Provider, Source, SourceResource } from "../resource/source-resource";
import { UnknownParts, UnknownValue } from "../resource/unknown-parts";
import { deferredSupplement } from "./deferred-supplement";
import { leftovers } from "./leftovers";
import { PlanFile } from "./plan-file";
import { AfterSource } from "./plan-source";
import { planUnknowns } from "./plan-unknowns";
import type { ResourceChange } from "./resource-change";

export interface PlanOptions {
  /** Account of the plan where neither its providers nor its resources say it. */
  readonly accountId?: string;
  /** How errors name the file. @default "plan" */
  readonly file?: string;
}

/** What Terraform will do with one resource. */
export interface PlanChange {
  readonly address: string;
  readonly type: string;
  /** As Terraform writes them: `no-op`, `create`, `update`, `delete`, both for a replacement, `forget`, `read`. */
  readonly actions: readonly string[];
  readonly previousAddress?: string;
}

export interface PlanGraphs {
  /** The account as the plan found it: the state after its refresh. */
  readonly before: AccessGraph;
  /** The account after an apply. */
  readonly after: AccessGraph;
  /** The account as the last apply left it, before anything drifted: what `resource_drift` tells apart from `before`. */
  recorded(): AccessGraph;
  readonly changes: readonly PlanChange[];
  /** Resources and what stands for unknown values in them, as both graphs were built of. */
  readonly sources: { readonly before: Source; readonly after: Source };
  readonly terraformVersion: string;
  /** False where the plan was targeted or parts of it are deferred; `after.unknowns` says it too. */
  readonly isComplete: boolean;
  /** A plan of `-refresh-only`: nothing will change. */
  readonly isRefreshOnly: boolean;
}

/**
 * An account before and after a plan, from `terraform show -json PLANFILE`.
 *
 * What the plan does not know yet is taken from its configuration where that tells it (references, templates of JSON
 * configurations, computed ARNs) and is unknown otherwise. Documents that are equal before and after are one object.
 *
 * @throws AccessSourceError for a plan that failed, one of a newer format, or what is no plan
 */
export function graphFromPlan(planJson: unknown, options: PlanOptions = {}): PlanGraphs {
  const plan = new PlanFile(planJson, options.file ?? "plan");
  const documents = new DocumentTexts();
  const beforeParts = new UnknownParts();
  const afterParts = new UnknownParts();
  const account = accountOf(plan) ?? { accountId: options.accountId, partition: "aws" };
  const beforeProvider = fallbackProvider(account, beforeParts);
  const unknowns = planUnknowns(plan);
  const beforeResources = [...recordedResources(plan, plan.changes, beforeProvider, beforeParts)];
  const beforeSource: Source = { resources: beforeResources, parts: beforeParts, unknowns };
  const before = buildGraph(beforeSource, documents);
  const afterProvider = fallbackProvider(account, afterParts);
  const afterSource = new AfterSource(plan, afterProvider, afterParts, unknowns);
  const supplements = [
    leftovers(plan, before, afterSource.resources),
    deferredSupplement(plan, afterProvider),
  ];
  const after = buildGraph(afterSource, documents, (draft) => {
    for (const supplement of supplements) supplement(draft);
  });
  return {
    before,
    after,
    sources: { before: beforeSource, after: afterSource },
    recorded: () => recorded(plan, beforeProvider, beforeParts, documents),
    changes: plan.changes.filter(({ mode }) => mode === "managed").map(planChange),
    terraformVersion: plan.terraformVersion,
    isComplete: plan.isComplete,
    isRefreshOnly: plan.isRefreshOnly,
  };
}

function planChange({ address, type, actions, previousAddress }: ResourceChange): PlanChange {
  return { address, type, actions, ...(previousAddress === undefined ? {} : { previousAddress }) };
}

/** Managed resources as they were: of the changes, and of the prior state those that a targeted plan leaves out. */
function* recordedResources(
  plan: PlanFile,
  changes: Iterable<ResourceChange>,
  provider: Provider,
  parts: UnknownParts,
): Generator<SourceResource> {
  for (const { address, type, mode, before, isDeposed } of changes) {
    if (mode !== "managed" || before === undefined) continue;
    yield new RecordedResource(
      isDeposed ? `${address} (deposed)` : address,
      type,
      mode,
      before,
      provider,
      parts,
    );
  }
  for (const { address, type, mode, values } of plan.prior()) {
    if (mode !== "managed" || plan.changedAddresses.has(address)) continue;
    yield new RecordedResource(address, type, mode, values, provider, parts);
  }
}

function recorded(
  plan: PlanFile,
  provider: Provider,
  parts: UnknownParts,
  documents: DocumentTexts,
): AccessGraph {
  const drifted = new Map(plan.drift.map((change) => [change.address, change]));
  const resources: SourceResource[] = [];
  for (const resource of recordedResources(plan, plan.changes, provider, parts)) {
    if (!drifted.has(resource.address)) resources.push(resource);
  }
  for (const { address, type, mode, before } of drifted.values()) {
    if (mode !== "managed" || before === undefined) continue;
    resources.push(new RecordedResource(address, type, mode, before, provider, parts));
  }
  return buildGraph({ resources, parts, unknowns: planUnknowns(plan) }, documents);
}

function accountOf(plan: PlanFile) {
  const before = plan.changes.flatMap(({ type, before: values }) =>
    values === undefined ? [] : [{ type, values }],
  );
  return recordedAccount(before) ?? recordedAccount(plan.prior());
}

function fallbackProvider(
  account: { readonly accountId: string | undefined; readonly partition: string },
  parts: UnknownParts,
): Provider {
  const nowhere = new UnknownValue("account", "neither a provider nor an ARN says the account: give it");
  return {
    accountId: account.accountId ?? parts.mark(nowhere),
    partition: account.partition,
    region: parts.mark(new UnknownValue("region", "the provider names no region")),
    defaultTags: {},
  };
}
