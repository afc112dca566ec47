import type { Severity } from "../../findings/severity";
import { type AccessChange, accessChange, isUnchanged } from "../../iam/comparison/access-change";
import { type Clause, clauseText } from "../../iam/comparison/clause";
import type { Uncovered } from "../../iam/comparison/coverage";
import { grantsOf } from "../../iam/comparison/grant";
import type { AttachedPolicy, Group, Role, Unknown, User } from "../../iam/graph";
import { listOf, type PolicyDocument, type Statement } from "../../iam/policy-document";
import { conditionKind, lostText } from "../condition-words";
import { shownName } from "../principal-names";
import type { Pair } from "../principal-pairs";
import { type Draft, listed } from "../review-finding";
import { capped, nearestStatement, statementDiff } from "../statement-diff";
import { actionsText, atomsText, newMethods, spelled, weightOf, worse } from "../weight";

/** A user, a role; or a group without members and a policy without an attachment, which others may use. */
export type Holder = User | Role | Bearer;

/** Something that carries policies and that nobody in the source uses. */
export interface Bearer {
  readonly kind: "group" | "policy" | `unmanaged ${"user" | "group" | "role"}`;
  readonly arn: string;
  readonly name: string;
  readonly address: string;
  readonly policies: readonly AttachedPolicy[];
  readonly permissionsBoundary?: undefined;
}

interface Placed {
  readonly policy: AttachedPolicy;
  readonly group?: Group;
}

/** Compared once, however many principals carry the same documents. */
export class ChangeMemo {
  private readonly ids = new Map<PolicyDocument, number>();
  private readonly changes = new Map<string, AccessChange>();

  compare(
    before: readonly Placed[],
    after: readonly Placed[],
    bounds: readonly (AttachedPolicy | undefined)[],
  ): AccessChange {
    const [was, is] = [known(before), known(after)];
    const [boundary, stated] = bounds.map((one) => (one === undefined ? undefined : documentOf(one)));
    // one that is not known is told as such; here it counts as the one before
    const boundaryNow = bounds[1] !== undefined && stated === undefined ? boundary : stated;
    const key = [was, is, [boundary], [boundaryNow]]
      .map((list) => list.map((one) => this.id(one)).join(","))
      .join("|");
    let change = this.changes.get(key);
    if (change === undefined) {
      change = accessChange({ identity: was, boundary }, { identity: is, boundary: boundaryNow });
      this.changes.set(key, change);
    }
    return change;
  }

  private id(document: PolicyDocument | undefined): number {
    if (document === undefined) return -1;
    const present = this.ids.get(document);
    if (present !== undefined) return present;
    this.ids.set(document, this.ids.size);
    return this.ids.size - 1;
  }
}

function known(placed: readonly Placed[]): PolicyDocument[] {
  return placed.flatMap(({ policy: { document } }) => ("unknown" in document ? [] : [document]));
}

function documentOf({ document }: AttachedPolicy): PolicyDocument | undefined {
  return "unknown" in document ? undefined : document;
}

/** Policies in force for a principal: its own, and a user's groups'. */
export function placedPolicies(principal: Holder | undefined): readonly Placed[] {
  if (principal === undefined) return [];
  const own = principal.policies.map((policy) => ({ policy }));
  if (principal.kind !== "user") return own;
  return [
    ...own,
    ...principal.groups.flatMap((group) => group.policies.map((policy) => ({ policy, group }))),
  ];
}

export interface IdentitySettings {
  readonly memo: ChangeMemo;
  /** Roles that run the functions of the hygiene stack: less access for them is a finding. */
  readonly hygieneRoles: ReadonlySet<string>;
}

/** What a principal may do by its policies, within its boundary: more, less, or on other conditions. */
export function identityPolicyDrafts(pair: Pair<Holder>, settings: IdentitySettings): readonly Draft[] {
  const { before, after } = pair;
  const principal = after ?? before;
  if (principal === undefined) return [];
  if (after === undefined) return [];
  const [was, is] = [placedPolicies(before), placedPolicies(after)];
  const change = settings.memo.compare(was, is, [before?.permissionsBoundary, after.permissionsBoundary]);
  const subject = subjectOf(principal);
  const context: Context = { principal, subject, was, is };
  return [
    ...boundaryDrafts(pair, change, context),
    ...unknownDrafts(before, after, context),
    ...unknownGone(before, after, context),
    ...(isUnchanged(change)
      ? []
      : changeDrafts(before === undefined ? { ...change, denied: [] } : change, context, settings)),
  ];
}

interface Context {
  readonly principal: Holder;
  readonly subject: string;
  readonly was: readonly Placed[];
  readonly is: readonly Placed[];
}

export function subjectOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${shownName(name)}`;
}

function changeDrafts(change: AccessChange, context: Context, settings: IdentitySettings): readonly Draft[] {
  const { principal, subject, was, is } = context;
  const losses = [...change.lost, ...change.denied];
  const isHygiene = settings.hygieneRoles.has(principal.arn) || settings.hygieneRoles.has(principal.address);
  return [
    ...gainDrafts(change.gained, context),
    ...change.undenied.map((one) => undeniedDraft(one, context)),
    ...change.unbound.map((one) => unboundDraft(one, context)),
    ...losses.map((one): Draft => {
      const placed = placedBy(one.grant.statement, [...was, ...is]);
      const isDeny = one.grant.effect === "Deny";
      return {
        rule: isHygiene ? "hygiene-permission-lost" : "access-lost",
        severity: isHygiene ? "high" : "info",
        category: isHygiene ? "hygiene" : "access",
        address: addressOf(placed, principal),
        subjects: [subject],
        predicate: isHygiene
          ? `${isDeny ? "is now denied" : "may no longer do"} ${atomsText(one.atoms)}: what it looks after stays as it is, silently`
          : `${isDeny ? "is now denied" : "loses"} ${atomsText(one.atoms)}${through(placed)}`,
        remedy: isHygiene
          ? "Give the function's role the permission back, or take its users out of the key rules in the open."
          : "Nothing, if it is meant.",
        evidence: statementDiff(
          isDeny ? one.but?.grant.statement : one.grant.statement,
          isDeny ? one.grant.statement : (one.but?.grant.statement ?? counterpart(one, is, was)),
        ),
        isNote: !isHygiene,
      };
    }),
  ];
}

/** What a new user gets of one policy of its group is told once, however many statements it has. */
function gainDrafts(gained: readonly Uncovered[], context: Context): readonly Draft[] {
  const { was, is } = context;
  const drafts = gained.map((one) => ({ one, draft: gainDraft(one, context) }));
  if (was.length > 0) return drafts.map(({ draft }) => draft);
  const byPolicy = new Map<string, typeof drafts>();
  const others: Draft[] = [];
  for (const each of drafts) {
    const placed = placedBy(each.one.grant.statement, is);
    const { severity, rule } = each.draft;
    if (placed?.group === undefined || rule !== "access-gained") others.push(each.draft);
    else {
      const key = `${severity} ${through(placed)}`;
      byPolicy.set(key, [...(byPolicy.get(key) ?? []), each]);
    }
  }
  const merged = [...byPolicy.values()].flatMap((list): Draft[] => {
    const [first] = list;
    if (first === undefined || list.length === 1) return list.map(({ draft }) => draft);
    const atoms = list.flatMap(({ one }) => one.atoms);
    const evidence = capped(list.flatMap(({ draft }) => draft.evidence ?? []));
    const policy = through(placedBy(first.one.grant.statement, is)).replace(/^, through /, "");
    const predicate = `gains what ${policy} allows: ${actionsText(atoms)}`;
    return [{ ...first.draft, predicate, evidence }];
  });
  return [...others, ...merged];
}

function gainDraft(one: Uncovered, { principal, subject, was, is }: Context): Draft {
  const placed = placedBy(one.grant.statement, is);
  const { severity, isAdministrator, isOwn, escalations } = weightOf(one.atoms);
  const text = atomsText(one.atoms);
  const patterns = new Set(one.atoms.flatMap(({ actions }) => (actions.negated ? [] : actions.patterns)));
  const base = { address: addressOf(placed, principal), subjects: [subject] };
  if (one.but !== undefined) {
    const kinds = one.but.clauses.map(conditionKind);
    return {
      ...base,
      rule: "condition-lost",
      severity: kinds.map((kind) => kind.severity).reduce(worse, severity),
      category: "conditions",
      predicate: `may do ${text} ${lostText(one.but.clauses, one.grant.clauses)}${through(placed)}`,
      remedy: "Put the condition back, as strict as it was.",
      evidence: statementDiff(one.but.grant.statement, one.grant.statement),
    };
  }
  const what = isAdministrator ? `administrator rights: ${text}` : text;
  const hidden = escalations.filter((action) => !patterns.has(action));
  const methods = hidden.length === 0 || isAdministrator ? "" : ` (${listed(hidden.map(spelled), 3)})`;
  // what a new user gets of its group is told as low as it is
  const joined = was.length === 0 && placed?.group !== undefined;
  const widened = one.narrower !== undefined && !isAdministrator;
  return {
    ...base,
    rule: isAdministrator
      ? "administrator-gained"
      : escalations.length > 0
        ? "escalation-gained"
        : widened
          ? "resource-widened"
          : "access-gained",
    severity: principal.kind === "user" && !isOwn && !joined ? worse(severity, "medium") : severity,
    category: "access",
    predicate:
      escalations.length > 0 && !isAdministrator
        ? `gains ${what}, a way to further rights${methods}${through(placed)}`
        : `gains ${what}${through(placed)}`,
    remedy: widened
      ? "Name the resources that are needed, as before."
      : "Grant it only if it is meant: to the few actions and resources that are needed.",
    evidence: [
      ...statementDiff(one.narrower?.statement ?? counterpart(one, was, is), one.grant.statement),
      ...(escalations.length === 0 || isAdministrator
        ? []
        : newMethods(known(was).flatMap(grantsOf), known(is).flatMap(grantsOf))
            .slice(0, 8)
            .map((method) => `  way up: ${method}`)),
    ],
  };
}

function undeniedDraft(one: Uncovered & { readonly isReachable: boolean }, context: Context): Draft {
  const { principal, subject, was, is } = context;
  const placed = placedBy(one.grant.statement, was, principal.permissionsBoundary);
  const isGuard = isGuardStatement(one.grant.statement);
  const clauses = one.but?.clauses ?? [];
  const denied = one.grant.clauses.map(clauseText).join(" and ");
  const where = denied === "" ? "" : ` where ${denied}`;
  const severity: Severity = isGuard ? "critical" : one.isReachable ? "high" : "medium";
  const now = one.but?.grant.statement ?? sameSid(one, is);
  const lost = one.but === undefined && now === undefined;
  const spared = newlySpared(one.grant.statement, now);
  const guard = isGuard ? guardWords(one.grant.clauses, lost) : "";
  return {
    rule: isGuard ? (lost ? "guard-removed" : "guard-weakened") : lost ? "deny-removed" : "deny-weakened",
    severity,
    category: "guard-rails",
    address: addressOf(placed, principal),
    subjects: [subject],
    predicate:
      clauses.length > 0
        ? `${guard || "is "}denied ${atomsText(one.atoms)}${where} only if also ${clauses.map(clauseText).join(" and ")}${fails(one)}`
        : `${guard || "is "}no longer denied ${spared ?? atomsText(one.atoms)}${where}${through(placed)}`,
    remedy: isGuard
      ? "Restore the guard: it is what keeps long-term keys without MFA, and other networks, out."
      : "Put the Deny back as it was.",
    evidence: statementDiff(one.grant.statement, now),
  };
}

/** What a guard asked for, before the details. */
function guardWords(clauses: readonly Clause[], isGone: boolean): string {
  const kinds = new Set(clauses.map((clause) => conditionKind(clause).id));
  const asked = [
    ...(kinds.has("mfa") ? ["MFA"] : []),
    ...(kinds.has("mfa-age") ? ["recent MFA"] : []),
    ...(clauses.some(({ key }) => /^aws:(?:vpc)?source(?:ip|vpc|vpce)$/.test(key))
      ? ["an allowed network"]
      : []),
  ].join(" and ");
  if (asked === "") return "";
  return isGone ? `needs ${asked} no longer: ` : `needs ${asked} less strictly: `;
}

/** Actions that a Deny of everything else spares now. */
function newlySpared(before: Statement, after: Statement | undefined): string | undefined {
  if (before.NotAction === undefined || after?.NotAction === undefined) return undefined;
  const was = new Set(listOf(before.NotAction).map((action) => action.toLowerCase()));
  const more = listOf(after.NotAction).filter((action) => !was.has(action.toLowerCase()));
  return more.length === 0 ? undefined : listed(more);
}

/** The trap that common recipes fall into deserves its own words. */
function fails({ but }: Uncovered): string {
  const strict = but?.clauses.some(
    ({ operator, key }) => operator === "Bool" && key === "aws:multifactorauthpresent",
  );
  return strict === true ? ": a long-term access key sends no such key, so that the Deny never meets it" : "";
}

function unboundDraft(one: Uncovered, { principal, subject, is }: Context): Draft {
  const boundary = principal.permissionsBoundary;
  const { severity } = weightOf(one.atoms);
  return {
    rule: "boundary-widened",
    severity: worse(severity, "high"),
    category: "guard-rails",
    address: boundary?.address || principal.address,
    subjects: [subject],
    predicate: `is no longer held back by its permissions boundary from ${atomsText(one.atoms)}`,
    remedy: "Keep the boundary as narrow as it was.",
    evidence: statementDiff(
      one.but?.grant.statement ?? one.narrower?.statement ?? sameSid(one, is),
      one.grant.statement,
    ),
  };
}

function boundaryDrafts(
  { before, after }: Pair<Holder>,
  change: AccessChange,
  { subject }: Context,
): readonly Draft[] {
  const [was, is] = [before?.permissionsBoundary, after?.permissionsBoundary];
  if (after === undefined || was === undefined) return [];
  const base = { category: "guard-rails", address: after.address, subjects: [subject] } as const;
  if (is === undefined) {
    return [
      {
        ...base,
        rule: "boundary-dropped",
        severity: "high",
        predicate: `loses its permissions boundary ${shownName(was.name)}`,
        remedy: "Keep the boundary: without it every policy counts in full.",
      },
    ];
  }
  if (is.arn === was.arn || change.unbound.length > 0) return [];
  if (!("unknown" in is.document) && !("unknown" in was.document)) return [];
  return [
    {
      ...base,
      rule: "boundary-changed",
      severity: "high",
      predicate: `gets another permissions boundary (${shownName(is.name)} for ${shownName(was.name)}), whose content is not known here`,
      remedy: "Show the boundary's document in the same plan, or review it where it is made.",
    },
  ];
}

/** Documents that nobody can read: told where they come new. */
function unknownDrafts(before: Holder | undefined, after: Holder, { subject }: Context): readonly Draft[] {
  const keyOf = ({ policy }: Placed, document: Unknown) => `${policy.arn ?? policy.name} ${document.reason}`;
  const was = new Set(
    placedPolicies(before).flatMap((placed) =>
      "unknown" in placed.policy.document ? [keyOf(placed, placed.policy.document)] : [],
    ),
  );
  return placedPolicies(after).flatMap((placed): Draft[] => {
    const { document, name, attachedBy } = placed.policy;
    if (!("unknown" in document) || was.has(keyOf(placed, document))) return [];
    return [
      {
        rule: "policy-unknown",
        severity: "high",
        category: "unknown",
        address: attachedBy || after.address,
        subjects: [subject],
        predicate: `carries policy ${shownName(name)}, whose content is not known before the apply: ${document.reason}`,
        remedy:
          "Write the document so that a plan shows it: from values, not from what another resource or call answers.",
      },
    ];
  });
}

/** A policy that nobody could read goes: less access, told. */
function unknownGone(before: Holder | undefined, after: Holder, { subject }: Context): readonly Draft[] {
  const now = new Set(placedPolicies(after).map(({ policy }) => policy.arn ?? policy.name));
  return placedPolicies(before).flatMap(({ policy }): Draft[] => {
    if (!("unknown" in policy.document) || now.has(policy.arn ?? policy.name)) return [];
    return [
      {
        rule: "access-lost",
        severity: "info",
        category: "access",
        address: policy.attachedBy || after.address,
        subjects: [subject],
        predicate: `loses policy ${shownName(policy.name)}, whose content is not known here`,
        remedy: "Nothing, if it is meant.",
        isNote: true,
      },
    ];
  });
}

/** A Deny of nearly everything that hinges on MFA or the network. */
export function isGuardStatement(statement: Statement): boolean {
  const [grant] = grantsOf({ Version: "2012-10-17", Statement: [statement] });
  if (grant === undefined || grant.effect !== "Deny") return false;
  const isBroad = grant.actions.negated || grant.actions.patterns.includes("*");
  return isBroad && grant.clauses.some((clause) => ["mfa", "network"].includes(conditionKind(clause).id));
}

function placedBy(
  statement: Statement,
  placed: readonly Placed[],
  boundary?: AttachedPolicy,
): Placed | undefined {
  const holds = ({ policy: { document } }: Placed) =>
    !("unknown" in document) && document.Statement.includes(statement);
  return (
    placed.find(holds) ??
    (boundary !== undefined && holds({ policy: boundary }) ? { policy: boundary } : undefined)
  );
}

function through(placed: Placed | undefined): string {
  if (placed === undefined) return "";
  const { policy, group } = placed;
  return `, through policy ${shownName(policy.name)}${group === undefined ? "" : ` of group ${shownName(group.name)}`}`;
}

function addressOf(placed: Placed | undefined, principal: Holder): string {
  return placed?.policy.address || placed?.policy.attachedBy || principal.address || principal.arn;
}

/** What a statement is on the other side: of the same Sid, or else the nearest that this side has not. */
function counterpart(
  one: Uncovered,
  there: readonly Placed[],
  here: readonly Placed[],
): Statement | undefined {
  const statements = (list: readonly Placed[]) => known(list).flatMap((document) => document.Statement);
  return sameSid(one, there) ?? nearestStatement(one.grant.statement, statements(there), statements(here));
}

/** The statement of the same Sid on the other side: for the diff only. */
function sameSid(one: Uncovered, others: readonly Placed[]): Statement | undefined {
  const { Sid } = one.grant.statement;
  if (Sid === undefined || Sid === "") return undefined;
  const found = known(others)
    .flatMap(({ Statement: statements }) => statements)
    .find((statement) => statement.Sid === Sid && statement.Effect === one.grant.effect);
  if (found === undefined) return undefined;
  return found;
}
