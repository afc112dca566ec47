import type { Severity } from "../../findings/severity";
import { accessChange } from "../../iam/comparison/access-change";
import type { Clause } from "../../iam/comparison/clause";
import { type Atom, isCoveredBy, type Uncovered, uncovered } from "../../iam/comparison/coverage";
import { type Grant, grantsOf } from "../../iam/comparison/grant";
import type { AccessGraph, Role, User } from "../../iam/graph";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import { clausesText, conditionKind, lostText } from "../condition-words";
import { isPinned } from "../pinning-conditions";
import { principalWords, shownName } from "../principal-names";
import type { Pair } from "../principal-pairs";
import type { Draft } from "../review-finding";
import { nearestStatement, statementDiff } from "../statement-diff";
import { atomsText, meetsAction, weightOf, worse } from "../weight";
import { placedPolicies } from "./identity-policies";

const NOTHING: PolicyDocument = { Version: "2012-10-17", Statement: [] };
const ASSUMING = ["sts:assumerole", "sts:assumerolewithwebidentity", "sts:assumerolewithsaml"];

export interface TrustSettings {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
  /** Administrator rights by role. */
  isAdministrator(role: Role): boolean;
  /** Accounts of every environment under review: their users are no strangers. */
  readonly accounts: ReadonlySet<string>;
  /** The whole environment comes new: what is guarded is told as creation, not as a gain. */
  readonly isNew: boolean;
}

/** Who may assume a role, and on which conditions. */
export function roleTrustDrafts({ before, after }: Pair<Role>, settings: TrustSettings): readonly Draft[] {
  if (after === undefined) return [];
  const is = after.trust.document;
  if ("unknown" in is) return unknownTrust(before, after, is.reason);
  const was = before === undefined || "unknown" in before.trust.document ? NOTHING : before.trust.document;
  const change = accessChange({ identity: [was] }, { identity: [is] });
  return [
    ...change.gained.flatMap((one) => gainDrafts(one, before, after, settings)),
    ...change.undenied.map((one) => undeniedDraft(one, after, settings)),
    ...change.lost.flatMap((one) => lossDrafts(one, after, settings, is)),
  ];
}

function unknownTrust(before: Role | undefined, after: Role, reason: string): readonly Draft[] {
  const was = before?.trust.document;
  if (was !== undefined && "unknown" in was && was.reason === reason) return [];
  return [
    {
      rule: "policy-unknown",
      severity: "high",
      category: "unknown",
      address: after.address,
      subjects: [`role ${shownName(after.name)}`],
      predicate: `has a trust policy that is not known before the apply: ${reason}`,
      remedy: "Write the trust policy so that a plan shows it.",
    },
  ];
}

function gainDrafts(
  one: Uncovered,
  before: Role | undefined,
  after: Role,
  settings: TrustSettings,
): readonly Draft[] {
  const admin = settings.isAdministrator(after);
  const role = shownName(after.name);
  const evidence = statementDiff(
    one.but?.grant.statement ?? earlier(one, before, after),
    one.grant.statement,
  );
  const side = one.atoms.filter((atom) => !isNewlyAssuming(atom, before));
  const atoms = one.atoms.filter(
    (atom) =>
      !side.includes(atom) &&
      !wasReachedByRoot(atom, before, after) &&
      !wasReachedOtherwise(atom, before, after, settings),
  );
  const drafts: Draft[] = side.length === 0 ? [] : [sideActionDraft(side, after, settings, evidence)];
  if (atoms.length === 0) return drafts;
  const who = [...new Set(atoms.flatMap(({ principals }) => principals.patterns))];
  const negated = atoms.some(({ principals }) => principals.negated);
  const words = negated
    ? [`everybody but ${who.map((text) => principalWords(text, settings.after)).join(", ")}`]
    : who.map((text) => principalWords(text, settings.after));
  const base = { address: after.address, subjects: words, evidence };
  const open = openness(who, negated, one.grant.clauses, settings);
  if (one.but !== undefined) {
    const kinds = one.but.clauses.map(conditionKind);
    const severity = kinds.map((kind) => kind.severity).reduce(worse, open ?? "medium");
    return [
      ...drafts,
      {
        ...base,
        rule: "trust-condition-lost",
        severity: admin ? worse(severity, "high") : severity,
        category: "conditions",
        predicate: `may assume role ${role} ${lostText(one.but.clauses, one.grant.clauses)}`,
        remedy: "Put the condition back into the trust policy, as strict as it was.",
      },
    ];
  }
  const conditions = conditionsText(one.grant.clauses);
  const guarded = isGuardedTrust(one.grant.clauses);
  const severity = open ?? trustSeverity(who, guarded, admin);
  const isCreation =
    before === undefined && settings.isNew && open === undefined && (guarded || (isService(who) && !admin));
  return [
    ...drafts,
    {
      ...base,
      rule: admin ? "administrator-gained" : "role-gained",
      severity: isCreation ? "info" : severity,
      category: "access",
      predicate: `gains ${role.replace(/-?\*$/, "")}: role ${role} now trusts ${words.length === 1 ? "it" : "them"}${conditions}${admin ? "; the role has administrator rights" : ""}`,
      remedy: "Grant it only if it is meant, with MFA, a network and one hour.",
      isNote: isCreation,
    },
  ];
}

function earlier(one: Uncovered, before: Role | undefined, after: Role): Statement | undefined {
  const [was, is] = [before?.trust.document, after.trust.document];
  if (was === undefined || "unknown" in was || "unknown" in is) return undefined;
  return nearestStatement(one.grant.statement, was.Statement, is.Statement);
}

/** Whether a piece lets anybody assume who could not; `sts:*` beside what may assume already is about the rest. */
function isNewlyAssuming(atom: Atom, before: Role | undefined): boolean {
  if (!ASSUMING.some((action) => meetsAction(atom.actions, action))) return false;
  const { patterns, negated } = atom.principals;
  const document = before?.trust.document;
  if (document === undefined || "unknown" in document) return true;
  if (negated || !patterns.every((text) => text.startsWith("AWS arn:"))) return true;
  const grants = grantsOf(document).filter(({ effect }) => effect === "Allow");
  return !isCoveredBy({ ...atom, actions: { patterns: ["sts:assumerole"], negated: false } }, grants);
}

/** Trust of another account's root is trust of everybody in it, so that naming one of them is narrower. */
function wasReachedByRoot(atom: Atom, before: Role | undefined, after: Role): boolean {
  const document = before?.trust.document;
  if (document === undefined || "unknown" in document || atom.principals.negated) return false;
  const grants = grantsOf(document).filter(({ effect }) => effect === "Allow");
  return atom.principals.patterns.every((text) => {
    const account = /^AWS arn:aws[^:]*:(?:iam|sts)::(\d{12}):(?!root$)/.exec(text)?.[1];
    if (account === undefined || account === after.accountId) return false;
    const partition = text.split(":")[1] ?? "aws";
    const root = { patterns: [`AWS arn:${partition}:iam::${account}:root`], negated: false };
    return isCoveredBy({ ...atom, principals: root }, grants);
  });
}

/** Actions of a trust policy beside the assuming itself. */
function sideActionDraft(
  atoms: readonly Atom[],
  after: Role,
  settings: TrustSettings,
  evidence: readonly string[],
): Draft {
  const who = [...new Set(atoms.flatMap(({ principals }) => principals.patterns))];
  const onlySourceIdentity = atoms.every(
    ({ actions }) => !meetsAction(actions, "sts:tagsession") && !meetsAction(actions, "sts:setcontext"),
  );
  return {
    rule: "trust-action-gained",
    severity: onlySourceIdentity ? "low" : "medium",
    category: "access",
    address: after.address,
    subjects: who.map((text) => principalWords(text, settings.after)),
    predicate: `may do ${atomsText(atoms)} with role ${shownName(after.name)}${
      onlySourceIdentity ? "" : ": callers choose session tags, which conditions may trust"
    }`,
    remedy: "Leave session tags and source identities to trusts that need them.",
    evidence,
  };
}

function undeniedDraft(one: Uncovered, after: Role, settings: TrustSettings): Draft {
  const admin = settings.isAdministrator(after);
  const clauses = one.but?.clauses ?? [];
  return {
    rule: one.but === undefined ? "deny-removed" : "deny-weakened",
    severity: admin ? "critical" : "high",
    category: "guard-rails",
    address: after.address,
    subjects: [`role ${shownName(after.name)}`],
    predicate: `no longer denies ${[...new Set(one.atoms.flatMap(({ principals }) => principals.patterns))]
      .map((text) => principalWords(text, settings.after))
      .join(
        ", ",
      )} to assume it${conditionsText(one.grant.clauses)}${clauses.length > 0 ? ` unless also ${clausesText(clauses)}` : ""}`,
    remedy: "Put the Deny back into the trust policy.",
    evidence: statementDiff(one.grant.statement, one.but?.grant.statement),
  };
}

function lossDrafts(
  one: Uncovered,
  after: Role,
  settings: TrustSettings,
  now: PolicyDocument,
): readonly Draft[] {
  const who = [...new Set(one.atoms.flatMap(({ principals }) => principals.patterns))];
  const nobody = grantsOf(now).every(({ effect }) => effect === "Deny");
  return [
    {
      rule: nobody ? "role-unreachable" : one.but === undefined ? "role-lost" : "trust-condition-added",
      severity: nobody ? "medium" : "info",
      category: "access",
      address: after.address,
      subjects: who.map((text) => principalWords(text, settings.before)),
      predicate:
        one.but === undefined
          ? `loses role ${shownName(after.name)}`
          : `may assume role ${shownName(after.name)} only on narrower conditions: ${clausesText(one.but.clauses)}`,
      remedy: "Nothing, if it is meant.",
      evidence: statementDiff(one.grant.statement, one.but?.grant.statement),
      isNote: !nobody,
    },
  ];
}

/** Anybody, another account, a token without a subject: worse than any listed principal. */
function openness(
  who: readonly string[],
  negated: boolean,
  clauses: readonly Clause[],
  { after, accounts: reviewed }: TrustSettings,
): Severity | undefined {
  const pinned = isPinned(clauses, ["principal"]);
  if (negated || (who.includes("*") && !pinned)) return "critical";
  const federated = who.filter((text) => text.startsWith("Federated "));
  if (federated.length > 0 && !hasExactSubject(clauses)) return "critical";
  const own = new Set([...after.users, ...after.roles].map(({ accountId }) => accountId));
  const foreign = who.some((text) => {
    const account = /^AWS arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(text)?.[1];
    if (account === undefined || own.has(account)) return false;
    // named users of an account under review; its root would let all of it in
    return text.endsWith(":root") || !reviewed.has(account);
  });
  const root = who.some((text) => /^AWS arn:[^:]*:iam::\d{12}:root$/.test(text));
  if (foreign && root && !clauses.some((clause) => conditionKind(clause).id === "external-id") && !pinned)
    return "critical";
  if (foreign || (root && !pinned)) return "high";
  return undefined;
}

/** A subject that names owner and repository, whichever provider it is. */
function hasExactSubject(clauses: readonly Clause[]): boolean {
  return clauses.some(
    ({ key, parsed, values }) =>
      /:(?:sub|job_workflow_ref)$/.test(key) &&
      parsed !== undefined &&
      !parsed.negated &&
      !parsed.ifExists &&
      parsed.set !== "ForAllValues" &&
      values.every(
        (value) => !parsedWildcard(parsed.comparison) || !/[*?]/.test(value.split(":").slice(0, 2).join(":")),
      ),
  );
}

function parsedWildcard(comparison: { readonly type: string; readonly wildcards?: boolean }): boolean {
  return comparison.type === "string" && comparison.wildcards === true;
}

function trustSeverity(who: readonly string[], guarded: boolean, admin: boolean): Severity {
  if (admin) return guarded ? "high" : "critical";
  if (isService(who)) return "medium";
  return guarded ? "medium" : "high";
}

function isService(who: readonly string[]): boolean {
  return who.every((text) => text.startsWith("Service "));
}

function isGuardedTrust(clauses: readonly Clause[]): boolean {
  const mfa = clauses.some(
    ({ key, operator, values }) =>
      key === "aws:multifactorauthpresent" &&
      operator === "Bool" &&
      values.every((value) => value === "true"),
  );
  const subject = hasExactSubject(clauses);
  return mfa || subject;
}

function conditionsText(clauses: readonly Clause[]): string {
  return clauses.length === 0 ? ", without any condition" : `, with ${clausesText(clauses)}`;
}

/** A user that is listed now may have come through the account root and its own permission before. */
function wasReachedOtherwise(
  atom: Atom,
  before: Role | undefined,
  after: Role,
  { before: graph, after: later }: TrustSettings,
): boolean {
  const document = before?.trust.document;
  if (document === undefined || "unknown" in document) return false;
  const grants = grantsOf(document).filter(({ effect }) => effect === "Allow");
  if (grantsOf(document).some(({ effect }) => effect === "Deny")) return false;
  return atom.principals.patterns.every((text) => {
    const arn = text.replace(/^AWS /, "");
    const caller = [...graph.users, ...graph.roles].find((one) => one.arn === arn);
    if (caller === undefined || atom.principals.negated) return false;
    const root = { patterns: [`AWS arn:aws:iam::${caller.accountId}:root`], negated: false };
    if (!isCoveredBy({ ...atom, principals: root }, grants)) return false;
    const now = [...later.users, ...later.roles].find((one) => one.arn === arn);
    return mayAssume(caller, now, { ...atom, resources: { patterns: [after.arn], negated: false } });
  });
}

/** What is denied to the caller must be denied still: it counts against the listed user as well. */
function mayAssume(caller: User | Role, now: User | Role | undefined, atom: Atom): boolean {
  if (caller.permissionsBoundary !== undefined) return false;
  const [was, is] = [knownGrants(caller), knownGrants(now)];
  if (was === undefined || is === undefined) return false;
  const denies = (grants: readonly Grant[]) =>
    grants.filter(({ effect, actions }) => effect === "Deny" && meetsAction(actions, "sts:assumerole"));
  if (uncovered(denies(was), denies(is)).length > 0) return false;
  const everyone = { patterns: ["*"], negated: false };
  return isCoveredBy(
    { ...atom, principals: everyone },
    was.filter(({ effect }) => effect === "Allow"),
  );
}

/** Nothing where a Deny may hide in a document that is not known. */
function knownGrants(principal: User | Role | undefined): readonly Grant[] | undefined {
  const placed = placedPolicies(principal);
  if (placed.some(({ policy }) => "unknown" in policy.document)) return undefined;
  return placed.flatMap(({ policy: { document } }) => ("unknown" in document ? [] : grantsOf(document)));
}

/** Whether a role's own policies are as good as administrator rights. A boundary is not counted in its favour. */
export function holdsAdministratorRights(role: Role | User): boolean {
  const atoms = placedPolicies(role).flatMap(({ policy: { document } }) =>
    "unknown" in document ? [] : grantsOf(document).filter(({ effect }) => effect === "Allow"),
  );
  return atoms.length > 0 && weightOf(atoms).isAdministrator;
}
