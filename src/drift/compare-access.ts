import {
  type AccessGraph,
  type AttachedPolicy,
  type Policy,
  type Role,
  UNKNOWN_PART,
  type User,
} from "../iam/graph";
import type { PolicyDocument } from "../iam/policy-document";
import {
  type AccessComparison,
  type AccessFact,
  type AnyPrincipal,
  addressOf,
  policyAddress,
} from "./access-fact";
import { compareTrust } from "./compare-trust";
import { isSameAccess, knownDocument } from "./known-document";
import { mayBe, PrincipalIndex } from "./principal-match";
import type { RenamedPrincipal } from "./renamed-principals";
import { isQuarantine } from "./rules/key-quarantined";
import { isCutoffWritten } from "./session-cutoffs";

/**
 * How the principals and policies of an account differ from declared ones. What only the account has is compared where
 * it belongs to something declared (a policy on a declared user); undeclared principals are another question.
 */
export function compareAccess(
  declared: AccessGraph,
  actual: AccessGraph,
  renamed: readonly RenamedPrincipal[] = [],
): AccessComparison {
  return new Comparison(declared, actual, renamed).finish();
}

class Comparison {
  private readonly facts: AccessFact[] = [];
  private readonly notCompared: { address: string; reason: string }[] = [];
  private readonly compared = new Set<string>();
  /** ARNs of principals whose path changed, to the declared ones. */
  private readonly movedArns = new Map<string, string>();

  constructor(
    private readonly declared: AccessGraph,
    private readonly actual: AccessGraph,
    private readonly renamed: readonly RenamedPrincipal[],
  ) {}

  finish(): AccessComparison {
    const index = new PrincipalIndex(principalsOf(this.actual));
    const pairs: (readonly [declared: AnyPrincipal, actual: AnyPrincipal])[] = [];
    for (const principal of principalsOf(this.declared)) {
      const found = index.find(principal) ?? this.renamedTo(principal);
      if (found === undefined) {
        this.facts.push({ kind: "principal-deleted", address: addressOf(principal), principal });
      } else pairs.push([principal, found]);
    }
    // trust policies name who has moved by the new path
    for (const [declared, actual] of pairs) this.comparePath(declared, actual);
    for (const [declared, actual] of pairs) this.comparePrincipal(declared, actual, index);
    this.compareManagedPolicies();
    return { facts: this.facts, notCompared: this.notCompared };
  }

  /** The same principal under another name, which is told. */
  private renamedTo(principal: AnyPrincipal): AnyPrincipal | undefined {
    const pair = this.renamed.find(
      ({ declared }) => declared.name === principal.name && declared.kind === principal.kind,
    );
    if (pair === undefined) return undefined;
    const { declared, actual } = pair;
    this.facts.push({ kind: "principal-renamed", address: addressOf(declared), declared, actual });
    this.movedArns.set(actual.arn, declared.arn);
    return actual;
  }

  private comparePrincipal(
    declared: AnyPrincipal,
    actual: AnyPrincipal,
    index: PrincipalIndex<AnyPrincipal>,
  ): void {
    this.comparePolicies(declared, actual);
    if (declared.kind !== "group" && actual.kind !== "group") this.compareBoundary(declared, actual);
    if (declared.kind === "user" && actual.kind === "user") this.compareGroups(declared, actual, index);
    if (declared.kind === "role" && actual.kind === "role") this.compareRole(declared, actual);
  }

  private comparePolicies(declared: AnyPrincipal, actual: AnyPrincipal): void {
    const missing = [...declared.policies];
    for (const policy of actual.policies) {
      const at = missing.findIndex((candidate) => isSame(candidate, policy));
      const [same] = at < 0 ? [] : missing.splice(at, 1);
      const address = `${addressOf(actual)}/${policyAddress(policy)}`;
      if (same === undefined) {
        const kind = isQuarantine(policy) ? "key-quarantined" : "policy-attached";
        this.facts.push({ kind, address, principal: actual, policy });
      } else if (policy.kind === "inline") {
        this.compareDocuments(same, policy, address, [addressOf(actual)]);
      }
    }
    for (const policy of missing) {
      const address = `${addressOf(actual)}/${policyAddress(policy)}`;
      this.facts.push({ kind: "policy-detached", address, principal: actual, policy });
    }
  }

  private compareDocuments(
    declared: Policy,
    actual: Policy,
    address: string,
    carriers: readonly string[],
  ): void {
    if (this.compared.has(address)) return;
    this.compared.add(address);
    if (declared.document === actual.document) return;
    const declaredDocument = this.known(declared, address);
    const actualDocument = this.known(actual, address);
    if (declaredDocument === undefined || actualDocument === undefined) return;
    if (isSameAccess(declaredDocument, actualDocument)) return;
    if (actual.kind === "managed" && isCutoffWritten(declaredDocument, actualDocument)) return;
    this.facts.push({
      kind: "policy-changed",
      address,
      carriers,
      name: actual.name,
      isInline: actual.kind === "inline",
      declared: declaredDocument,
      actual: actualDocument,
    });
  }

  private known(policy: Policy, address: string): PolicyDocument | undefined {
    const document = knownDocument(policy);
    if ("Statement" in document) return document;
    this.notCompared.push({ address, reason: document.reason });
    return undefined;
  }

  private compareManagedPolicies(): void {
    const byArn = new Map(this.actual.managedPolicies.map((policy) => [policy.arn ?? "", policy]));
    for (const policy of this.declared.managedPolicies) {
      const arn = policy.arn ?? "";
      if (arn.includes(UNKNOWN_PART)) continue;
      const found = byArn.get(arn);
      const address = policyAddress(policy);
      if (found === undefined) this.facts.push({ kind: "policy-deleted", address, policy });
      else this.compareDocuments(policy, found, address, this.carriersOf(arn));
    }
  }

  private carriersOf(arn: string): readonly string[] {
    return principalsOf(this.actual)
      .filter(({ policies }) => policies.some((policy) => policy.arn === arn))
      .map(addressOf);
  }

  private compareBoundary(declared: User | Role, actual: User | Role): void {
    const [before, after] = [declared.permissionsBoundary, actual.permissionsBoundary];
    if (before?.arn === after?.arn) return;
    if (before?.arn !== undefined && after?.arn !== undefined && mayBe(before.arn, after.arn)) return;
    this.facts.push({
      kind: "boundary-changed",
      address: addressOf(actual),
      principal: actual,
      declared: before,
      actual: after,
    });
  }

  private compareGroups(declared: User, actual: User, index: PrincipalIndex<AnyPrincipal>): void {
    const has = (groups: User["groups"], name: string) =>
      groups.some((group) => group.name.toLowerCase() === name.toLowerCase());
    for (const group of declared.groups) {
      // a group that is gone is told once, by itself
      if (has(actual.groups, group.name) || index.find(group) === undefined) continue;
      const address = `${addressOf(actual)}/${addressOf(group)}`;
      this.facts.push({ kind: "group-left", address, user: actual, group });
    }
    for (const group of actual.groups) {
      const isRenamed = this.renamed.some((pair) => pair.actual.arn === group.arn);
      if (isRenamed || has(declared.groups, group.name)) continue;
      const address = `${addressOf(actual)}/${addressOf(group)}`;
      this.facts.push({ kind: "group-joined", address, user: actual, group });
    }
  }

  private comparePath(declared: AnyPrincipal, actual: AnyPrincipal): void {
    const [declaredPath, actualPath] = [declared.path, actual.path];
    if (declaredPath === actualPath || mayBe(declaredPath, actualPath) || mayBe(actualPath, declaredPath))
      return;
    const address = addressOf(actual);
    this.facts.push({ kind: "path-changed", address, principal: actual, declaredPath, actualPath });
    if (declared.kind !== "group") this.movedArns.set(actual.arn, declared.arn);
  }

  private compareRole(declared: Role, actual: Role): void {
    const address = addressOf(actual);
    const [declaredSeconds, actualSeconds] = [declared.maxSessionDuration, actual.maxSessionDuration];
    if (declaredSeconds > 0 && actualSeconds > 0 && declaredSeconds !== actualSeconds) {
      this.facts.push({ kind: "session-changed", address, role: actual, declaredSeconds, actualSeconds });
    }
    this.compareInstanceProfiles(declared, actual);
    this.compareTrust(declared, actual);
  }

  private compareInstanceProfiles(declared: Role, actual: Role): void {
    const missing = [...declared.instanceProfiles];
    for (const profile of actual.instanceProfiles) {
      const at = missing.findIndex((name) => mayBe(name, profile));
      if (at >= 0) missing.splice(at, 1);
      else this.pushProfile("instance-profile-added", actual, profile);
    }
    for (const profile of missing) this.pushProfile("instance-profile-removed", actual, profile);
  }

  private pushProfile(
    kind: "instance-profile-added" | "instance-profile-removed",
    role: Role,
    profile: string,
  ): void {
    const address = `${addressOf(role)}/instance-profile/${profile}`;
    this.facts.push({ kind, address, role, profile });
  }

  private compareTrust(declared: Role, actual: Role): void {
    const { facts, notCompared } = compareTrust(declared, actual, this.movedArns);
    this.facts.push(...facts);
    this.notCompared.push(...notCompared);
  }
}

export function principalsOf({ users, groups, roles }: AccessGraph): readonly AnyPrincipal[] {
  return [...users, ...groups, ...roles];
}

function isSame(declared: AttachedPolicy, actual: AttachedPolicy): boolean {
  if ((declared.kind === "inline") !== (actual.kind === "inline")) return false;
  if (declared.kind === "inline") return mayBe(declared.name, actual.name);
  return mayBe(declared.arn ?? "", actual.arn ?? "");
}
