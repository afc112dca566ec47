import type { NotChecked } from "../findings/finding";
import { mapTexts } from "../findings/map-texts";
import { EMPTY_GRAPH } from "../iam/empty-graph";
import { type AccessGraph, UNKNOWN_PART } from "../iam/graph";
import { mergeGraphs } from "../sources/graph/merge-graphs";
import { type AccessFact, addressOf, keyOf } from "./access-fact";
import { actualGraph } from "./actual-graph";
import { compareAccess } from "./compare-access";
import { declaredPasswordPolicy } from "./declared-password-policy";
import { type DeployedStacks, deployedStacks } from "./deployed-stacks";
import type { DriftFinding, DriftWording } from "./drift-finding";
import type { DriftContext } from "./drift-rule";
import { accessRule, undeclaredRule } from "./drift-rules";
import type { DriftSources } from "./drift-sources";
import { factFinding } from "./fact-finding";
import { foldedFacts, withoutBroughtWays } from "./folded-facts";
import { type Gap, gapOf, notAsked, unanswered } from "./gaps";
import { namespacesOf, OwnSpace } from "./own-space";
import type { PlanEvidence } from "./plan/plan-evidence";
import type { IgnoredDifference } from "./plan/resource-drift";
import type { StackResourceFact } from "./plan/resource-fact";
import { waitingVersions } from "./policy-versions";
import { type RenamedPrincipal, renamedPrincipals } from "./renamed-principals";
import { PASSWORD_POLICY, passwordPolicyChanged } from "./rules/password-policy-changed";
import { resourceChanged } from "./rules/resource-changed";
import { resourceDeleted } from "./rules/resource-deleted";
import { stackLeftBehind } from "./rules/stack-left-behind";
import { stackNotDeployed } from "./rules/stack-not-deployed";
import { undeployedChange } from "./rules/undeployed-change";
import { stackIndex } from "./stack-index";
import { undeclared } from "./undeclared";
import { undeployedAccess } from "./undeployed-access";

const UNKNOWN = new RegExp(`${UNKNOWN_PART}+`, "g");

export interface Drift {
  readonly findings: readonly DriftFinding[];
  /** Differences that mean nothing, for who wants to see them. */
  readonly ignored: readonly IgnoredDifference[];
  /** Questions that were asked and not answered. */
  readonly notChecked: readonly NotChecked[];
  /** What nobody asked, in words: files that were given tell of no such thing. */
  readonly notAsked?: string;
  /** What stacks leave open and the account answers with no, in words. */
  readonly answered: readonly string[];
  /** Roles of others in the account, which are not judged. */
  readonly othersRoles: number;
}

/**
 * How the account of an environment differs from what is declared: what its plans say has changed, what the account itself
 * holds, both joined, each fact once.
 *
 * @throws AccessSourceError for a plan or an inventory that cannot be read
 */
export function judgeDrift(sources: DriftSources): Drift {
  return mapTexts(new Judge(sources).finish(), shownText);
}

class Judge {
  private readonly plans: readonly PlanEvidence[];
  private readonly actual: AccessGraph | undefined;
  private readonly deployed: DeployedStacks;
  /** What the account should hold. */
  private readonly declaredGraph: AccessGraph;
  private readonly renamed: readonly RenamedPrincipal[];
  private readonly gaps: Gap[] = [];

  constructor(private readonly sources: DriftSources) {
    this.plans = sources.plans;
    this.actual = sources.inventory && actualGraph(sources.inventory);
    this.deployed = deployedStacks(sources, this.actual);
    this.declaredGraph = mergeGraphs(this.deployed.graphs);
    this.renamed = this.renamedPrincipals();
    this.gaps.push(...this.deployed.gaps);
  }

  finish(): Drift {
    const context = this.context();
    const facts = this.accessFacts();
    const strangers = this.undeclared();
    const access = new Map([...facts, ...(strangers?.access ?? [])].map((fact) => [keyOf(fact), fact]));
    this.gaps.push(...(strangers?.gaps ?? []));
    const found = foldedFacts([...access.values()]);
    const findings = onceEach([
      ...found.map((fact) => factFinding(accessRule(fact), fact, this.isRepaired(fact), context)),
      ...withoutBroughtWays(strangers?.facts ?? [], found).map((fact) =>
        factFinding(undeclaredRule(fact), fact, false, context),
      ),
      ...this.resourceFindings(context),
      ...this.passwordPolicy(context),
      ...this.undeployed(context),
      ...this.deployed.empty.map((fact) => factFinding(stackNotDeployed, fact, false, context)),
      ...(this.sources.left ?? []).map((left) =>
        factFinding(stackLeftBehind, { ...left, address: left.stack }, false, context),
      ),
    ]);
    const notAskedText = notAsked(this.gaps);
    return {
      findings,
      ignored: this.plans.flatMap(({ ignored }) => ignored),
      notChecked: [...this.leftOpen(), ...unanswered(this.gaps)],
      ...(notAskedText !== undefined && { notAsked: notAskedText }),
      answered: strangers?.answered ?? [],
      othersRoles: strangers?.othersRoles ?? 0,
    };
  }

  /** What plans leave open. */
  private leftOpen(): readonly NotChecked[] {
    return this.plans.flatMap(({ stack, notChecked }) =>
      notChecked.map((reason) => ({ rule: `stack ${stack}`, reason })),
    );
  }

  private isRepaired(fact: AccessFact): boolean {
    const { kind } = fact;
    const trusting = kind === "principal-recreated" ? (fact.trusting ?? []) : [];
    const keys = [fact.address, ...trusting].map((address) => keyOf({ kind, address }));
    return this.plans.some(({ repaired }) => keys.some((key) => repaired.has(key)));
  }

  private context(): DriftContext {
    const wording: DriftWording = {
      environment: this.sources.environment,
      allowedNetworks: this.sources.settings?.allowedNetworks ?? [],
      stackOf: stackIndex(this.sources),
    };
    const found = () => mergeGraphs(this.plans.map((plan) => plan.found));
    return { declared: this.declaredGraph, actual: this.actual ?? found(), wording };
  }

  /** What the plans found, and what the account shows: the account's word is the later one and tells documents in full. */
  private accessFacts(): readonly AccessFact[] {
    const facts = new Map(this.plans.flatMap(({ drifted }) => drifted).map((fact) => [keyOf(fact), fact]));
    if (this.actual === undefined) return [...facts.values()];
    const comparison = compareAccess(this.declaredGraph, this.actual, this.renamed);
    for (const { declared } of this.renamed) {
      // to the plan it is gone
      facts.delete(keyOf({ kind: "principal-deleted", address: addressOf(declared) }));
    }
    for (const { address, reason } of comparison.notCompared) {
      this.gaps.push(gapOf("policy-changed", address, { notChecked: reason }));
    }
    const keys = new Set(comparison.facts.map(keyOf));
    for (const [key, fact] of facts) {
      // AWS may show a unique id for some seconds where a principal is well: the account was asked again
      const isTransient =
        fact.kind === "principal-recreated" && fact.trustedBy !== undefined && !keys.has(key);
      if (isTransient) facts.delete(key);
    }
    const { inventory } = this.sources;
    const waiting = inventory === undefined ? [] : waitingVersions(this.declaredGraph, inventory);
    for (const fact of [...comparison.facts, ...waiting]) facts.set(keyOf(fact), fact);
    return [...facts.values()];
  }

  private undeclared() {
    const { inventory, settings } = this.sources;
    if (this.actual === undefined || inventory === undefined) return undefined;
    const declared = this.everythingDeclared();
    const own = settings === undefined ? [] : [`/${settings.namespace}/`];
    return undeclared({
      declared,
      own: this.declaredGraph,
      actual: this.actual,
      inventory,
      space: new OwnSpace(namespacesOf(declared, own)),
      accounts: this.sources.accounts ?? [],
    });
  }

  private renamedPrincipals(): readonly RenamedPrincipal[] {
    const { inventory } = this.sources;
    if (this.actual === undefined || inventory === undefined) return [];
    const uniqueIds = new Map(this.plans.flatMap((plan) => [...plan.uniqueIds]));
    return renamedPrincipals(this.declaredGraph, this.actual, inventory, uniqueIds);
  }

  private everythingDeclared(): readonly AccessGraph[] {
    return [
      renamedGraph(this.renamed),
      ...this.plans.flatMap(({ recorded, wanted }) => [recorded, wanted]),
      ...(this.sources.withoutPlan ?? []).map(({ graph }) => graph),
      ...(this.sources.left ?? []).map(({ graph }) => graph),
      ...(this.sources.others ?? []),
    ];
  }

  private resourceFindings(context: DriftContext): readonly DriftFinding[] {
    return this.plans.flatMap(({ stack, resources }) =>
      resources.map((fact) => resourceFinding({ ...fact, stack }, context)),
    );
  }

  /** Asked of the account only where no plan tells of the setting. */
  private passwordPolicy(context: DriftContext): readonly DriftFinding[] {
    const { fact, gap } = declaredPasswordPolicy(this.sources);
    if (gap !== undefined) this.gaps.push(gap);
    return fact === undefined ? [] : [factFinding(passwordPolicyChanged, fact, true, context)];
  }

  private undeployed(context: DriftContext): readonly DriftFinding[] {
    return this.plans
      .flatMap(undeployedAccess)
      .map((fact) => factFinding(undeployedChange, fact, true, context));
  }
}

/** What has another name is no stranger by it. */
function renamedGraph(renamed: readonly RenamedPrincipal[]): AccessGraph {
  const actual = renamed.map((pair) => pair.actual);
  return {
    ...EMPTY_GRAPH,
    users: actual.filter((principal) => principal.kind === "user"),
    groups: actual.filter((principal) => principal.kind === "group"),
  };
}

/** Parts of names that are not known stand as `*`, as people know them. */
function shownText(text: string): string {
  return text.replace(UNKNOWN, "*");
}

function resourceFinding(fact: StackResourceFact, context: DriftContext): DriftFinding {
  if (fact.kind === "undeployed-change") return factFinding(undeployedChange, fact, true, context);
  if (fact.type === PASSWORD_POLICY) {
    const { stack, attributes } = fact;
    const isDeleted = fact.kind === "resource-deleted";
    const change = { address: "account/password-policy", stack, attributes, isDeleted };
    return factFinding(passwordPolicyChanged, change, fact.isRepaired, context);
  }
  const rule = fact.kind === "resource-deleted" ? resourceDeleted : resourceChanged;
  return factFinding(rule, fact, fact.isRepaired, context);
}

/** Several plans of one stack say the same. */
function onceEach(findings: readonly DriftFinding[]): readonly DriftFinding[] {
  return [...new Map(findings.map((finding) => [`${finding.rule} ${finding.address}`, finding])).values()];
}
