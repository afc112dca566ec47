import type { AccessGraph, Role } from "../iam/graph";
import { enterChanges } from "./enter-changes";
import { Ledger } from "./ledger/ledger";
import { bearerPairs } from "./principals/bearers";
import type { Holder } from "./principals/placed-policies";
import { graphsOf, type Pair, principalPairs, renamedAddresses } from "./principals/principal-pairs";
import type { Draft } from "./review-finding";
import type { ReviewedEnvironment } from "./reviewed-environment";
import { ChangeMemo } from "./rules/access/change-memo";
import { identityPolicyDrafts } from "./rules/access/identity-policies";
import { notJudged } from "./rules/by-nature/not-judged";
import { ORDINARY_CHANGE } from "./rules/by-nature/ordinary-change";
import type { JudgingContext } from "./rules/by-nature/resource-change";
import { credentialCreated, credentialRenewed } from "./rules/credentials/credential-created";
import { identityDrafts } from "./rules/identities/identities";
import { plannedReplacement } from "./rules/identities/identity-replaced";
import { rawResourceDrafts, resourceChanges } from "./rules/resources/raw-resources";
import { keyRulesOf } from "./rules/safeguards/key-rules";
import { guardedNames, guardedRoles } from "./rules/safeguards/safeguard-names";
import { safeguardDrafts } from "./rules/safeguards/safeguards";
import { removedStacks, stackRemoved } from "./rules/stack-removed";
import { plannedForgetting } from "./rules/terraform/resource-forgotten";
import { settingChanges } from "./rules/terraform/setting-change";
import { settingDrafts } from "./rules/terraform/settings";
import { audienceAdded } from "./rules/trust/audience-added";
import { oidcProviderAdded, samlProviderAdded } from "./rules/trust/identity-provider-added";
import { isFederatedTrust } from "./rules/trust/openness";
import { roleTrustDrafts } from "./rules/trust/role-trust";
import { holdsAdministratorRights } from "./rules/trust/trust-settings";
import { stackFilesOf } from "./stack-files";
import { isNewEnvironment, type ReviewedWorld, roleIndex } from "./world";

/** What every rule says of one environment, and what none of them judged. */
export function environmentDrafts(reviewed: ReviewedEnvironment, world: ReviewedWorld): readonly Draft[] {
  const graphs = graphsOf(reviewed);
  const { before, after } = graphs;
  const isNew = isNewEnvironment(reviewed, world);
  const addresses = renamedAddresses(reviewed);
  const pairs = principalPairs(reviewed);
  const isAdministrator = rememberedAdministrators();
  const roles = guardedRoles(before);
  const names = guardedNames(before);
  const policies = { memo: new ChangeMemo(), hygieneRoles: roles };
  const keyRules = keyRulesOf(after) ?? keyRulesOf(before);
  const holders = [...pairs.users, ...pairs.roles, ...bearerPairs(reviewed, graphs, pairs.groups)];
  const actions = reviewed.actions ?? [];
  const ledger = new Ledger();
  const changes = resourceChanges(reviewed);
  const settings = settingChanges(reviewed);
  enterChanges(ledger, changes, settings);
  const context: JudgingContext = {
    ...graphs,
    isNew,
    ledger,
    own: new Set([...(reviewed.before?.accounts ?? []), ...(reviewed.after?.accounts ?? [])]),
    known: world.accounts,
    roles: roleIndex(reviewed, world),
    safeguards: names,
    // where no key rules are kept, a function is anybody's
    guardedRoles: names.size === 0 ? new Set() : roles,
    files: { before: stackFilesOf(reviewed.before), after: stackFilesOf(reviewed.after) },
  };
  const drafts = [
    ...stackRemoved(reviewed),
    ...identityDrafts(pairs, { ...graphs, addresses, isNew, keyRules, isAdministrator }),
    ...plannedReplacement(actions),
    ...plannedForgetting(actions),
    ...holders.flatMap((pair) =>
      identityPolicyDrafts(pair, policies).map((draft) => (isNew ? asCreation(draft, pair) : draft)),
    ),
    ...pairs.roles.flatMap((pair) =>
      roleTrustDrafts(pair, { ...graphs, isAdministrator, accounts: world.accounts, isNew }),
    ),
    ...credentialCreated({ ...graphs, isNew }),
    ...credentialRenewed(actions),
    ...oidcProviderAdded({ ...graphs, isNew }),
    ...audienceAdded({ ...graphs, isNew }),
    ...samlProviderAdded({ ...graphs, isNew }),
    ...safeguardDrafts(withoutRemovedStacks(reviewed, graphs), addresses, isNew),
    ...rawResourceDrafts(changes, context),
    ...settingDrafts(settings, { reviewed, isPlan: reviewed.actions !== undefined, isNew }, ledger),
  ];
  strikeReferencedFiles(reviewed, ledger);
  const addressOf = (subject: string) => subject.slice(subject.indexOf(":") + 1);
  return [
    ...(isNew ? withoutNewNotes(drafts, reviewed.environment) : drafts),
    ...notJudged(ledger.remaining(), addressOf),
  ];
}

/** In an account that comes new everything is: what is ordinary is counted. */
function withoutNewNotes(drafts: readonly Draft[], environment: string): readonly Draft[] {
  const isOrdinary = ({ rule }: Draft) => rule === ORDINARY_CHANGE;
  const count = drafts.filter(isOrdinary).length;
  if (count === 0) return drafts;
  const note: Draft = {
    rule: ORDINARY_CHANGE,
    severity: "info",
    category: "terraform",
    address: environment,
    subjects: [],
    predicate: `${count} new resources and settings mean no access by themselves`,
    isNote: true,
  };
  return [...drafts.filter((draft) => !isOrdinary(draft)), note];
}

/**
 * In an account that comes new, what roles may do is told as creation. Judged is what users may do by themselves, what
 * administrator groups give, and what tokens of others reach by wide roles.
 */
function asCreation(draft: Draft, { before, after }: Pair<Holder>): Draft {
  if (before !== undefined || after === undefined || draft.category !== "access") return draft;
  const { kind } = after;
  if (kind.startsWith("unmanaged")) return draft;
  const isGrave = draft.severity === "critical" || draft.severity === "high";
  const isJudged = kind === "role" ? isFederatedTrust((after as Role).trust.document) : kind !== "policy";
  return isGrave && isJudged ? draft : { ...draft, severity: "info", isNote: true };
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

/** Archives of functions are judged with the function; a file that is gone runs nowhere. */
function strikeReferencedFiles({ before, after }: ReviewedEnvironment, ledger: Ledger): void {
  const named = new Set(
    [before, after].flatMap((side) =>
      [...(side?.resources.values() ?? [])].flatMap(({ key, type, attributes }) =>
        type === "aws_lambda_function" && typeof attributes["filename"] === "string"
          ? [`setting ${key.slice(0, key.indexOf(":"))}:file ${attributes["filename"]}`]
          : [],
      ),
    ),
  );
  ledger.strike(
    ledger
      .remaining()
      .filter(
        ({ kind, subject, after: value }) => kind === "file" && (named.has(subject) || value === undefined),
      ),
  );
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
