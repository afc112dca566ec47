import type { AccountInventory } from "../aws/inventory";
import type { Environment } from "../environment/environment";
import type { NotChecked } from "../findings/finding";
import type { AccessGraph } from "../iam/graph";
import { mergeGraphs } from "../sources/graph/merge-graphs";
import { type AccessFact, addressOf, keyOf, policyAddress } from "./access-fact";
import { accessFinding, undeployedText } from "./access-findings";
import { actualGraph } from "./actual-graph";
import { compareAccess, principalsOf } from "./compare-access";
import { type DriftFinding, type DriftWording, shellWord } from "./drift-finding";
import type { PlanEvidence } from "./plan-evidence";
import { PrincipalIndex } from "./principal-match";
import type { IgnoredDifference } from "./resource-drift";
import { passwordPolicyFinding, resourceFinding } from "./resource-findings";
import { undeclared } from "./undeclared";
import { undeclaredFinding } from "./undeclared-findings";

/** A synthesized stack of the environment. */
export interface DeclaredStack {
  readonly stack: string;
  readonly graph: AccessGraph;
}

export interface DriftSources {
  readonly environment: string;
  /** The declaration itself, where it is at hand. */
  readonly settings?: Environment;
  /** One for each stack that was planned. */
  readonly plans: readonly PlanEvidence[];
  /** Synthesized stacks of the environment that no plan tells of. */
  readonly withoutPlan?: readonly DeclaredStack[];
  /** What other environments declare for the same account. */
  readonly others?: readonly AccessGraph[];
  readonly inventory?: AccountInventory;
}

export interface Drift {
  readonly findings: readonly DriftFinding[];
  /** Differences that mean nothing, for who wants to see them. */
  readonly ignored: readonly IgnoredDifference[];
  readonly notChecked: readonly NotChecked[];
  /** Roles of others in the account, which are not judged. */
  readonly othersRoles: number;
}

/** Every rule of drift: acceptances of these are this command's business. */
export const DRIFT_RULES = [
  "boundary-changed",
  "group-joined",
  "group-left",
  "instance-profile-added",
  "key-quarantined",
  "password-policy-changed",
  "policy-attached",
  "policy-changed",
  "policy-deleted",
  "policy-detached",
  "principal-deleted",
  "principal-recreated",
  "resource-changed",
  "resource-deleted",
  "session-changed",
  "stack-not-deployed",
  "trust-changed",
  "undeclared-access-key",
  "undeclared-group",
  "undeclared-identity-provider",
  "undeclared-mfa-device",
  "undeclared-password",
  "undeclared-policy",
  "undeclared-role",
  "undeclared-service-credential",
  "undeclared-signing-certificate",
  "undeclared-ssh-key",
  "undeclared-user",
  "undeployed-change",
] as const;

/**
 * How the account of an environment differs from what is declared: what its plans say has changed, what the account itself
 * holds, both joined, each fact once.
 *
 * @throws AccessSourceError for a plan or an inventory that cannot be read
 */
export function judgeDrift(sources: DriftSources): Drift {
  return new Judge(sources).finish();
}

class Judge {
  private readonly plans: readonly PlanEvidence[];
  private readonly actual: AccessGraph | undefined;
  private readonly wording: DriftWording;
  private readonly notChecked: NotChecked[] = [];

  constructor(private readonly sources: DriftSources) {
    this.plans = sources.plans;
    this.actual = sources.inventory && actualGraph(sources.inventory);
    this.wording = {
      environment: sources.environment,
      allowedNetworks: sources.settings?.allowedNetworks ?? [],
      stackOf: this.stackIndex(),
    };
  }

  finish(): Drift {
    const { inventory } = this.sources;
    for (const { stack, notChecked } of this.plans) {
      this.notChecked.push(...notChecked.map((reason) => ({ rule: `stack ${stack}`, reason })));
    }
    const facts = this.accessFacts();
    const found =
      this.actual === undefined || inventory === undefined
        ? undefined
        : undeclared({
            declared: this.everythingDeclared(),
            actual: this.actual,
            inventory,
            namespaces: this.namespaces(),
          });
    const judging = {
      declared: this.deployed(),
      actual: this.actual ?? mergeGraphs(this.plans.map((plan) => plan.found)),
      wording: this.wording,
      isRepaired: (fact: AccessFact) => this.plans.some(({ repaired }) => repaired.has(keyOf(fact))),
    };
    const access = new Map([...facts, ...(found?.access ?? [])].map((fact) => [keyOf(fact), fact]));
    this.notChecked.push(...(found?.notChecked ?? []));
    return {
      findings: onceEach([
        ...[...access.values()].map((fact) => accessFinding(fact, judging)),
        ...(found?.facts ?? []).map((fact) => undeclaredFinding(fact, this.wording)),
        ...this.resourceFindings(),
        ...this.passwordPolicy(),
        ...this.undeployed(),
        ...this.notDeployed(),
      ]),
      ignored: this.plans.flatMap(({ resources }) => resources.ignored),
      notChecked: this.notChecked,
      othersRoles: found?.othersRoles ?? 0,
    };
  }

  /** What the plans found, and what the account shows: the account's word is the later one and tells documents in full. */
  private accessFacts(): readonly AccessFact[] {
    const facts = new Map(this.plans.flatMap(({ drifted }) => drifted).map((fact) => [keyOf(fact), fact]));
    if (this.actual === undefined) return [...facts.values()];
    const { facts: seen, notCompared } = compareAccess(this.deployed(), this.actual);
    for (const { address, reason } of notCompared) {
      this.notChecked.push({ rule: "policy-changed", reason: `${address}: ${reason}` });
    }
    const keys = new Set(seen.map(keyOf));
    for (const [key, fact] of facts) {
      // AWS may show a unique id for some seconds where a principal is well: the account was asked again
      const isTransient =
        fact.kind === "principal-recreated" && fact.trustedBy !== undefined && !keys.has(key);
      if (isTransient) facts.delete(key);
    }
    for (const fact of seen) facts.set(keyOf(fact), fact);
    return [...facts.values()];
  }

  /** What the account should hold: what was deployed last, and of stacks without a plan what is declared. */
  private deployed(): AccessGraph {
    const graphs = [
      ...this.plans.filter(({ isNotDeployed }) => !isNotDeployed).map(({ recorded }) => recorded),
      ...(this.sources.withoutPlan ?? []).map(({ graph }) => graph),
    ];
    return mergeGraphs(graphs);
  }

  private everythingDeclared(): readonly AccessGraph[] {
    return [
      ...this.plans.flatMap(({ recorded, wanted }) => [recorded, wanted]),
      ...(this.sources.withoutPlan ?? []).map(({ graph }) => graph),
      ...(this.sources.others ?? []),
    ];
  }

  /** The environment's namespace, and the first part of the paths of what is declared. */
  private namespaces(): readonly string[] {
    const own = this.sources.settings === undefined ? [] : [`/${this.sources.settings.namespace}/`];
    const paths = this.everythingDeclared()
      .flatMap(principalsOf)
      .map(({ path }) => /^\/[^/]+\//.exec(path)?.[0]);
    return [...new Set([...own, ...paths.filter((path) => path !== undefined)])];
  }

  private resourceFindings(): readonly DriftFinding[] {
    return this.plans.flatMap(({ stack, resources }) =>
      resources.facts.map((fact) => resourceFinding(fact, stack, this.wording)),
    );
  }

  /** Asked of the account only where no plan tells of the setting. */
  private passwordPolicy(): readonly DriftFinding[] {
    const declared = (this.sources.withoutPlan ?? [])
      .flatMap(({ graph, stack }) => graph.safeguards.map((safeguard) => ({ ...safeguard, stack })))
      .find(({ type }) => type === "aws_iam_account_password_policy");
    const answer = this.sources.inventory?.passwordPolicy;
    if (declared === undefined || answer === undefined) return [];
    if ("notChecked" in answer) {
      this.notChecked.push({ rule: "password-policy-changed", reason: answer.notChecked });
      return [];
    }
    const actual = answer.value ?? {};
    const attributes = Object.entries(declared.attributes)
      .map(([name, value]) => ({ name, declared: value, actual: actual[name] }))
      .filter(({ declared: wanted, actual: is }) => Number(wanted) !== Number(is ?? 0));
    const remedy = `Run \`cdktf deploy ${shellWord(declared.stack)}\`, which puts it back.`;
    return attributes.length === 0 ? [] : [passwordPolicyFinding(attributes, remedy, this.wording)];
  }

  private undeployed(): readonly DriftFinding[] {
    return this.plans.flatMap(({ stack, undeployed }) => {
      const byAddress = new Map<string, string[]>();
      for (const fact of undeployed) {
        byAddress.set(fact.address, [...(byAddress.get(fact.address) ?? []), undeployedText(fact)]);
      }
      return [...byAddress].map(
        ([address, texts]): DriftFinding => ({
          rule: "undeployed-change",
          severity: "low",
          address,
          message: `The declaration of ${address} changed and was not deployed: ${texts.join("; ")}.`,
          remedy: `Run \`cdktf deploy ${shellWord(stack)}\`, or take the change back.`,
          environment: this.sources.environment,
          evidence: [`stack ${stack}`],
        }),
      );
    });
  }

  /** An empty state: nothing was deployed yet, or the state is not the one that was written. */
  private notDeployed(): readonly DriftFinding[] {
    return this.plans
      .filter(({ isNotDeployed }) => isNotDeployed)
      .map(({ stack, wanted }): DriftFinding => {
        const index = new PrincipalIndex(this.actual === undefined ? [] : principalsOf(this.actual));
        const present = principalsOf(wanted).filter((principal) => index.find(principal) !== undefined);
        const common = { rule: "stack-not-deployed", address: stack, environment: this.sources.environment };
        if (present.length > 0) {
          return {
            ...common,
            severity: "high",
            message: `The state of ${stack} is empty, and the account holds ${present.length} of its principals (${present.slice(0, 3).map(addressOf).join(", ")}): the state is lost, or another one was written.`,
            remedy:
              "Find the state (backend, key, workspace) before anything else; where it is lost, import what exists.",
          };
        }
        return {
          ...common,
          severity: "low",
          message: `Stack ${stack} was never deployed: its state is empty.`,
          remedy: `Run \`cdktf deploy ${shellWord(stack)}\`, or remove the environment.`,
        };
      });
  }

  private stackIndex(): (address: string) => string | undefined {
    const stacks = new Map<string, string>();
    const add = (graph: AccessGraph, stack: string) => {
      for (const principal of principalsOf(graph)) stacks.set(addressOf(principal), stack);
      for (const policy of graph.managedPolicies) stacks.set(policyAddress(policy), stack);
    };
    for (const { stack, graph } of this.sources.withoutPlan ?? []) add(graph, stack);
    for (const { stack, recorded, wanted } of this.plans)
      for (const graph of [wanted, recorded]) add(graph, stack);
    return (address) => stacks.get(address);
  }
}

/** Several plans of one stack tell the same. */
function onceEach(findings: readonly DriftFinding[]): readonly DriftFinding[] {
  return [...new Map(findings.map((finding) => [`${finding.rule} ${finding.address}`, finding])).values()];
}
