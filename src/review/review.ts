import { sortFindings } from "../findings/finding";
import type { AccessGraph, AttachedPolicy, Policy, Role, Unknown } from "../iam/graph";
import { graphsOf, type Pair, principalPairs, renamed } from "./principal-pairs";
import { type Draft, folded, type ReviewFinding, toFinding } from "./review-finding";
import type { ReviewedEnvironment } from "./reviewed-environment";
import { credentialDrafts, federationDrafts } from "./rules/federation";
import { identityDrafts, replacementDrafts } from "./rules/identities";
import { type Bearer, ChangeMemo, identityPolicyDrafts } from "./rules/identity-policies";
import { keyRulesOf } from "./rules/key-rules";
import { rawResourceDrafts } from "./rules/raw-resources";
import { holdsAdministratorRights, roleTrustDrafts } from "./rules/role-trust";
import { safeguardDrafts } from "./rules/safeguards";
import { settingDrafts } from "./rules/settings";

/** What one environment's change means. */
export interface EnvironmentReview {
  readonly environment: string;
  /** Came new, went, or is there on both sides. */
  readonly status: "changed" | "unchanged" | "new" | "removed";
  readonly findings: readonly ReviewFinding[];
  /** Told for completeness: less access, ordinary changes. They raise nothing. */
  readonly notes: readonly ReviewFinding[];
  /** What is not known before the apply, or was not judged. Never taken as clean. */
  readonly unknown: readonly string[];
}

/**
 * Says what a change means for access. Pure. Policies are compared by their meaning: narrowing, splitting, reordering
 * and renaming statements raise nothing, and whatever may be allowed now and was not is told.
 */
export function reviewEnvironment(
  reviewed: ReviewedEnvironment,
  accounts: ReadonlySet<string> = new Set(),
): EnvironmentReview {
  const { environment, before, after } = reviewed;
  if (after === undefined) return removedEnvironment(environment);
  const drafts = folded(toldOnce(environmentDrafts(reviewed, accounts)));
  const findings = drafts
    .filter(({ isNote }) => isNote !== true)
    .map((draft) => toFinding(draft, environment));
  const notes = drafts.filter(({ isNote }) => isNote === true).map((draft) => toFinding(draft, environment));
  const isNew = isNewEnvironment(reviewed);
  const isQuiet = findings.length === 0 && notes.length === 0;
  return {
    environment,
    status: isNew ? "new" : isQuiet ? "unchanged" : "changed",
    findings: sortFindings(findings) as ReviewFinding[],
    notes: sortFindings(notes) as ReviewFinding[],
    unknown: [...reviewed.notChecked, ...newUnknowns(before?.graph, after.graph)],
  };
}

/** Reviews environments together: each knows the accounts of the others. */
export function reviewEnvironments(all: readonly ReviewedEnvironment[]): readonly EnvironmentReview[] {
  // a change cannot make an account known by bringing it along, unless there was nothing before
  const known = all.flatMap(({ before }) => before?.graph ?? []);
  const graphs = known.length > 0 ? known : all.flatMap(({ after }) => after?.graph ?? []);
  const accounts = new Set(
    graphs.flatMap((graph) => [...graph.users, ...graph.roles]).map(({ accountId }) => accountId),
  );
  return all.map((one) => reviewEnvironment(one, accounts));
}

function isNewEnvironment({ before }: ReviewedEnvironment): boolean {
  if (before === undefined) return true;
  const { users, roles, groups, managedPolicies, safeguards } = before.graph;
  return [users, roles, groups, managedPolicies, safeguards].every((list) => list.length === 0);
}

function environmentDrafts(reviewed: ReviewedEnvironment, accounts: ReadonlySet<string>): readonly Draft[] {
  const graphs = graphsOf(reviewed);
  const { before, after } = graphs;
  const isNew = isNewEnvironment(reviewed);
  const pairs = principalPairs(reviewed);
  const administrators = new Map<Role, boolean>();
  const isAdministrator = (role: Role): boolean => {
    const known = administrators.get(role);
    if (known !== undefined) return known;
    const holds = holdsAdministratorRights(role);
    administrators.set(role, holds);
    return holds;
  };
  const memo = new ChangeMemo();
  const hygieneRoles = functionRoles(before);
  const bearers = [
    ...strangers(graphs),
    ...unusedGroups(pairs.groups, graphs),
    ...unusedPolicies(graphs, renamed(reviewed)),
  ];
  const settings = { memo, hygieneRoles };
  return [
    ...stackDrafts(reviewed),
    ...identityDrafts(pairs, {
      ...graphs,
      addresses: renamed(reviewed),
      isNew,
      keyRules: keyRulesOf(after) ?? keyRulesOf(before),
      isAdministrator,
    }),
    ...replacementDrafts(reviewed.actions ?? []),
    ...[...pairs.users, ...pairs.roles, ...bearers]
      .flatMap((pair) => identityPolicyDrafts(pair, settings))
      .map((draft) => (isNew ? asCreation(draft) : draft)),
    ...pairs.roles.flatMap((pair) => roleTrustDrafts(pair, { ...graphs, isAdministrator, accounts, isNew })),
    ...credentialDrafts({ ...graphs, isNew }),
    ...federationDrafts({ ...graphs, isNew }),
    ...safeguardDrafts(withoutGoneStacks(reviewed, graphs), renamed(reviewed), isNew),
    ...rawResourceDrafts(reviewed, after, isNew),
    ...settingDrafts(reviewed, isNew),
  ];
}

/** Who leaves a guarded group is told so, and not again that the guard no longer holds; nor twice that a user is new. */
function toldOnce(drafts: readonly Draft[]): readonly Draft[] {
  const told = (rule: string) =>
    new Set(drafts.filter((draft) => draft.rule === rule).flatMap(({ subjects }) => subjects));
  const [escaped, unguarded] = [told("guard-escaped"), told("user-unguarded")];
  return drafts.filter(
    ({ rule, subjects }) =>
      !(rule === "guard-removed" && subjects.every((one) => escaped.has(one))) &&
      !(rule === "identity-added" && subjects.length > 0 && subjects.every((one) => unguarded.has(one))),
  );
}

/** In an environment that comes new, what roles may do is told as creation; what users may do by themselves is judged. */
function asCreation(draft: Draft): Draft {
  const isRole = draft.subjects.every((subject) => !subject.startsWith("user "));
  const isSelfService = draft.severity === "low" || draft.severity === "medium";
  if (draft.category !== "access" || !(isRole || isSelfService)) return draft;
  return { ...draft, severity: "info", isNote: true };
}

/** ARNs of the roles of functions and schedules that keep credentials short-lived. */
function functionRoles({ safeguards }: AccessGraph): ReadonlySet<string> {
  const roles = new Set<string>();
  for (const { attributes } of safeguards) {
    const targets = attributes["target"];
    for (const value of [
      attributes["role"],
      ...(Array.isArray(targets) ? targets.map((one) => (one as { role_arn?: unknown }).role_arn) : []),
    ]) {
      if (typeof value === "string") roles.add(value);
    }
  }
  return roles;
}

function unusedGroups(
  pairs: ReturnType<typeof principalPairs>["groups"],
  { before, after }: { readonly before: AccessGraph; readonly after: AccessGraph },
): readonly Pair<Bearer>[] {
  const used = new Set([...before.users, ...after.users].flatMap(({ groups }) => groups));
  return pairs.filter(
    ({ before: was, after: is }) =>
      is !== undefined && !used.has(is) && (was === undefined || !used.has(was)),
  );
}

/** Customer managed policies that nobody in the source carries: other stacks may. */
function unusedPolicies(
  { before, after }: { readonly before: AccessGraph; readonly after: AccessGraph },
  addresses: ReadonlyMap<string, string>,
): readonly Pair<Bearer>[] {
  const used = new Set([...carried(before), ...carried(after)]);
  const was = new Map(
    before.managedPolicies.map((policy) => [addresses.get(policy.address) ?? policy.address, policy]),
  );
  return after.managedPolicies.flatMap((policy): readonly Pair<Bearer>[] => {
    if (used.has(policy.address)) return [];
    const old = was.get(policy.address);
    if (old?.document === policy.document) return [];
    return [{ before: old && bearer(old), after: bearer(policy) }];
  });
}

/** Principals that the source names and does not hold: what is attached to them counts all the same. */
function strangers({
  before,
  after,
}: {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
}): readonly Pair<Bearer>[] {
  const [was, is] = [unplaced(before), unplaced(after)];
  return [...is].map(([key, one]) => ({ before: was.get(key), after: one }));
}

function unplaced(graph: AccessGraph): ReadonlyMap<string, Bearer> {
  const found = new Map<string, Bearer & { readonly policies: AttachedPolicy[] }>();
  for (const item of graph.unplaced ?? []) {
    const isPolicy = item.kind === "policy";
    const kind = isPolicy ? item.principalKind : "user";
    const name = isPolicy ? item.principalName : item.userName;
    const group = graph.groups.find((one) => !isPolicy && one.name === item.groupName);
    const policies = isPolicy ? [item.policy] : (group?.policies ?? []);
    const key = `${kind} ${item.accountId} ${name}`;
    const present = found.get(key);
    if (present !== undefined) present.policies.push(...policies);
    else
      found.set(key, {
        kind: `unmanaged ${kind}`,
        arn: "",
        name,
        address: unplacedAddress(item),
        policies: [...policies],
      });
  }
  return found;
}

function unplacedAddress(item: NonNullable<AccessGraph["unplaced"]>[number]): string {
  return item.kind === "policy" ? item.policy.attachedBy : item.address;
}

function carried(graph: AccessGraph): readonly string[] {
  return [...graph.users, ...graph.groups, ...graph.roles].flatMap((one) => [
    ...one.policies.map(({ address }) => address),
    ...("permissionsBoundary" in one && one.permissionsBoundary !== undefined
      ? [one.permissionsBoundary.address]
      : []),
  ]);
}

function bearer(policy: Policy): Bearer {
  const attached: AttachedPolicy = { ...policy, attachedBy: policy.address };
  return {
    kind: "policy",
    arn: policy.arn ?? "",
    name: policy.name,
    address: policy.address,
    policies: [attached],
  };
}

function stackDrafts({ before, after, actions }: ReviewedEnvironment): readonly Draft[] {
  if (actions !== undefined || before === undefined || after === undefined) return [];
  return before.stacks
    .filter((stack) => !after.stacks.includes(stack))
    .map((stack) => ({
      rule: "stack-removed",
      severity: "high",
      category: /hygiene|detection/.test(stack) ? "hygiene" : "identities",
      address: stack,
      subjects: [],
      predicate: `stack ${stack} is gone: what it made is no longer looked after, or destroyed with it`,
      remedy: "Keep the stack, or destroy it in the open.",
      evidence: [...before.resources.values()]
        .filter(({ key }) => key.startsWith(`${stack}:`))
        .slice(0, 40)
        .map(({ address }) => `- ${address}`),
    }));
}

/** A stack that is gone is told once, not for each of its alarms. */
function withoutGoneStacks(
  { before, after, actions }: ReviewedEnvironment,
  graphs: { readonly before: AccessGraph; readonly after: AccessGraph },
) {
  if (actions !== undefined || before === undefined || after === undefined) return graphs;
  const gone = before.stacks.filter((stack) => !after.stacks.includes(stack));
  if (gone.length === 0) return graphs;
  const addresses = new Set(
    [...before.resources.values()]
      .filter(({ key }) => gone.some((stack) => key.startsWith(`${stack}:`)))
      .map(({ address }) => address),
  );
  const kept = graphs.before.safeguards.filter(({ address }) => !addresses.has(address));
  return { ...graphs, before: { ...graphs.before, safeguards: kept } };
}

function removedEnvironment(environment: string): EnvironmentReview {
  const draft: Draft = {
    rule: "environment-removed",
    severity: "high",
    category: "identities",
    address: environment,
    subjects: [],
    predicate: `environment ${environment} is gone: its stacks stay in the account, and nobody looks after them`,
    remedy: "Destroy its stacks first, or keep the environment.",
  };
  return {
    environment,
    status: "removed",
    findings: [toFinding(draft, environment)],
    notes: [],
    unknown: [],
  };
}

function newUnknowns(before: AccessGraph | undefined, after: AccessGraph): readonly string[] {
  const key = ({ address, reason }: Unknown) => `${address}: ${reason}`;
  const was = new Set((before?.unknowns ?? []).map(key));
  return [...new Set(after.unknowns.map(key))].filter((text) => !was.has(text)).sort();
}
