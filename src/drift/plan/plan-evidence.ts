import type { AccessGraph } from "../../iam/graph";
import { graphFromPlan } from "../../sources/plan/graph-from-plan";
import { PlanFile } from "../../sources/plan/plan-file";
import { type AccessFact, addressOf, keyOf } from "../access-fact";
import { compareAccess, principalsOf } from "../compare-access";
import { PrincipalIndex } from "../principal-match";
import { accessLedger } from "./access-ledger";
import { withDeclaredLists } from "./declared-lists";
import {
  type AccessDifference,
  type IgnoredDifference,
  type ResourceDrift,
  resourceDrift,
} from "./resource-drift";
import type { ResourceFact } from "./resource-fact";

/** A plan of one stack: the output of `terraform show -json`. */
export interface StackPlan {
  /** Name of the stack, as far as it is known: `personal-identity`. */
  readonly stack: string;
  /** How errors name it. */
  readonly file: string;
  readonly json: unknown;
}

/** What one plan tells about drift. */
export interface PlanEvidence {
  readonly stack: string;
  readonly file: string;
  /** The account as the last apply left it. */
  readonly recorded: AccessGraph;
  /** The account as the plan found it. */
  readonly found: AccessGraph;
  /** The account as the configuration wants it; of a refresh-only plan, as it was found. */
  readonly wanted: AccessGraph;
  /** Changed in the account since the last apply. */
  readonly drifted: readonly AccessFact[];
  /** Keys of drifted facts that an apply repairs. */
  readonly repaired: ReadonlySet<string>;
  /** Wanted by the configuration, and never deployed. */
  readonly undeployed: readonly AccessFact[];
  readonly resources: readonly ResourceFact[];
  /** Differences that mean nothing. */
  readonly ignored: readonly IgnoredDifference[];
  /** Nothing was ever deployed from this state: it is empty, and the plan creates everything. */
  readonly isNotDeployed: boolean;
  /** Unique ids of users and groups by address (`user/work`), as the state holds them. */
  readonly uniqueIds: ReadonlyMap<string, string>;
  /** What the plan leaves open, in words. */
  readonly notChecked: readonly string[];
}

/** @throws AccessSourceError for a plan that failed, one of a newer format, or what is no plan */
export function planEvidence({ stack, file, json: planJson }: StackPlan): PlanEvidence {
  const json = withDeclaredLists(planJson, file);
  const plan = new PlanFile(json, file);
  const graphs = graphFromPlan(json, { file });
  const recorded = graphs.recorded();
  const isNotDeployed = createsEverything(plan);
  const resources = resourceDrift(plan);
  const drift = compareAccess(recorded, graphs.before);
  const drifted = [...drift.facts, ...recreatedFacts(resources, graphs.before)];
  const wanted = plan.isRefreshOnly ? undefined : compareAccess(graphs.after, graphs.before);
  const driftedKeys = new Set(drifted.map(keyOf));
  const undeployed = [
    ...(wanted?.facts ?? []).filter((fact) => !driftedKeys.has(keyOf(fact))),
    ...unwanted(graphs.after, graphs.before, plan.isRefreshOnly),
  ];
  const ledger = accessLedger(resources.access, [...drifted, ...undeployed]);
  return {
    stack,
    file,
    recorded,
    found: graphs.before,
    wanted: graphs.after,
    drifted,
    repaired: new Set((wanted?.facts ?? drifted).map(keyOf)),
    undeployed: isNotDeployed ? [] : undeployed,
    resources: isNotDeployed ? [] : resources.facts,
    ignored: [...resources.ignored, ...ledger.ignored],
    isNotDeployed,
    uniqueIds: uniqueIdsOf(plan),
    notChecked: [
      ...(graphs.isComplete
        ? []
        : ["the plan is not complete: it was targeted, or parts of it are deferred"]),
      ...(isNotDeployed ? [] : ledger.left.map(leftText)),
    ],
  };
}

function uniqueIdsOf({ changes, drift }: PlanFile): ReadonlyMap<string, string> {
  // the drift's values are the state's
  const entries = [...changes, ...drift].flatMap(
    ({ type, before }): readonly (readonly [string, string])[] => {
      const kind = /^aws_iam_(user|group)$/.exec(type)?.[1];
      const { name, unique_id: id } = before ?? {};
      return kind === undefined || typeof id !== "string" ? [] : [[`${kind}/${String(name)}`, id]];
    },
  );
  return new Map(entries);
}

function createsEverything(plan: PlanFile): boolean {
  const managed = plan.changes.filter(({ mode }) => mode === "managed");
  return (
    managed.length > 0 &&
    managed.every(({ actions }) => actions.length === 1 && actions[0] === "create") &&
    plan.drift.length === 0
  );
}

function leftText({ change, difference }: AccessDifference): string {
  return `${change.address}.${difference.attribute} differs, and what it means is not known here`;
}

/** Principals that the account still has and the configuration no longer wants: the next apply destroys them. */
function unwanted(wanted: AccessGraph, found: AccessGraph, isRefreshOnly: boolean): readonly AccessFact[] {
  if (isRefreshOnly) return [];
  const index = new PrincipalIndex(principalsOf(wanted));
  return principalsOf(found)
    .filter((principal) => index.find(principal) === undefined)
    .map((principal) => ({ kind: "principal-deleted", address: addressOf(principal), principal }));
}

/** A user or role with another unique id: trusts and policies that named it do not mean it any more. */
function recreatedFacts({ recreated }: ResourceDrift, found: AccessGraph): readonly AccessFact[] {
  return recreated.flatMap(({ address, arn }) => {
    const principal = principalsOf(found).find((candidate) => candidate.address === address);
    return principal === undefined
      ? []
      : [{ kind: "principal-recreated", address: addressOf(principal), arns: [arn] }];
  });
}
