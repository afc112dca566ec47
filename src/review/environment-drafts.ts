import type { AccessGraph, Role } from "../iam/graph";
import { bearerPairs } from "./principals/bearers";
import { graphsOf, principalPairs, renamedAddresses } from "./principals/principal-pairs";
import type { Draft } from "./review-finding";
import type { ReviewedEnvironment } from "./reviewed-environment";
import { ChangeMemo } from "./rules/access/change-memo";
import { identityPolicyDrafts } from "./rules/access/identity-policies";
import { credentialCreated, credentialRenewed } from "./rules/credentials/credential-created";
import { identityDrafts } from "./rules/identities/identities";
import { plannedReplacement } from "./rules/identities/identity-replaced";
import { rawResourceDrafts } from "./rules/resources/raw-resources";
import { keyRulesOf } from "./rules/safeguards/key-rules";
import { safeguardDrafts } from "./rules/safeguards/safeguards";
import { removedStacks, stackRemoved } from "./rules/stack-removed";
import { plannedForgetting } from "./rules/terraform/resource-forgotten";
import { settingDrafts } from "./rules/terraform/settings";
import { audienceAdded } from "./rules/trust/audience-added";
import { oidcProviderAdded, samlProviderAdded } from "./rules/trust/identity-provider-added";
import { roleTrustDrafts } from "./rules/trust/role-trust";
import { holdsAdministratorRights } from "./rules/trust/trust-settings";

/** What every rule says of one environment. */
export function environmentDrafts(
  reviewed: ReviewedEnvironment,
  accounts: ReadonlySet<string>,
): readonly Draft[] {
  const graphs = graphsOf(reviewed);
  const { before, after } = graphs;
  const isNew = isNewEnvironment(reviewed);
  const addresses = renamedAddresses(reviewed);
  const pairs = principalPairs(reviewed);
  const isAdministrator = rememberedAdministrators();
  const policies = { memo: new ChangeMemo(), hygieneRoles: safeguardRoles(before) };
  const keyRules = keyRulesOf(after) ?? keyRulesOf(before);
  const holders = [...pairs.users, ...pairs.roles, ...bearerPairs(reviewed, graphs, pairs.groups)];
  const actions = reviewed.actions ?? [];
  return [
    ...stackRemoved(reviewed),
    ...identityDrafts(pairs, { ...graphs, addresses, isNew, keyRules, isAdministrator }),
    ...plannedReplacement(actions),
    ...plannedForgetting(actions),
    ...holders
      .flatMap((pair) => identityPolicyDrafts(pair, policies))
      .map((draft) => (isNew ? asCreation(draft) : draft)),
    ...pairs.roles.flatMap((pair) => roleTrustDrafts(pair, { ...graphs, isAdministrator, accounts, isNew })),
    ...credentialCreated({ ...graphs, isNew }),
    ...credentialRenewed(actions),
    ...oidcProviderAdded({ ...graphs, isNew }),
    ...audienceAdded({ ...graphs, isNew }),
    ...samlProviderAdded({ ...graphs, isNew }),
    ...safeguardDrafts(withoutRemovedStacks(reviewed, graphs), addresses, isNew),
    ...rawResourceDrafts(reviewed, after, isNew),
    ...settingDrafts(reviewed, isNew),
  ];
}

/** Whether there was nothing of it before. */
export function isNewEnvironment({ before }: ReviewedEnvironment): boolean {
  if (before === undefined) return true;
  const { users, roles, groups, managedPolicies, safeguards } = before.graph;
  return [users, roles, groups, managedPolicies, safeguards].every((list) => list.length === 0);
}

/** In an environment that comes new, what roles may do is told as creation; what users may do by themselves is judged. */
function asCreation(draft: Draft): Draft {
  const isRole = draft.subjects.every((subject) => !subject.startsWith("user "));
  const isSelfService = draft.severity === "low" || draft.severity === "medium";
  if (draft.category !== "access" || !(isRole || isSelfService)) return draft;
  return { ...draft, severity: "info", isNote: true };
}

function rememberedAdministrators(): (role: Role) => boolean {
  const known = new Map<Role, boolean>();
  return (role) => {
    let holds = known.get(role);
    if (holds === undefined) {
      holds = holdsAdministratorRights(role);
      known.set(role, holds);
    }
    return holds;
  };
}

/** ARNs of the roles of functions and schedules that keep credentials short-lived. */
function safeguardRoles({ safeguards }: AccessGraph): ReadonlySet<string> {
  const roles = safeguards.flatMap(({ attributes }) => {
    const targets = [attributes["target"]].flat() as ({ readonly role_arn?: unknown } | undefined)[];
    return [attributes["role"], ...targets.map((target) => target?.role_arn)];
  });
  return new Set(roles.filter((role) => typeof role === "string"));
}

/** A stack that is gone is told once, not for each of its alarms. */
function withoutRemovedStacks(
  reviewed: ReviewedEnvironment,
  graphs: { readonly before: AccessGraph; readonly after: AccessGraph },
) {
  const removed = removedStacks(reviewed);
  if (removed.length === 0) return graphs;
  const addresses = new Set(
    [...(reviewed.before?.resources.values() ?? [])]
      .filter(({ key }) => removed.some((stack) => key.startsWith(`${stack}:`)))
      .map(({ address }) => address),
  );
  const safeguards = graphs.before.safeguards.filter(({ address }) => !addresses.has(address));
  return { ...graphs, before: { ...graphs.before, safeguards } };
}
