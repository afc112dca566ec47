import { REACTIVATION_TAGS } from "../../credentials/reactivation";
import type { ResolvedKeyRules } from "../../credentials/resolved-key-rules";
import type { Severity } from "../../findings/severity";
import { type AccessGraph, type Group, type Role, UNKNOWN_PART, type User } from "../../iam/graph";
import { shownName } from "../principal-names";
import type { Pair, PrincipalPairs } from "../principal-pairs";
import { type Draft, listed } from "../review-finding";
import type { PlannedAction } from "../reviewed-environment";
import { isGuardStatement, placedPolicies, subjectOf } from "./identity-policies";

export interface IdentitySide {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
  readonly isNew: boolean;
  readonly keyRules: ResolvedKeyRules | undefined;
  /** New addresses by old ones. */
  readonly addresses: ReadonlyMap<string, string>;
  isAdministrator(role: Role): boolean;
}

/** Users, groups and roles that come, go or change otherwise than by their policies. */
export function identityDrafts(pairs: PrincipalPairs, side: IdentitySide): readonly Draft[] {
  return [
    ...pairs.users.flatMap((pair) => userDrafts(pair, side)),
    ...pairs.roles.flatMap((pair) => roleDrafts(pair, side)),
    ...pairs.groups.flatMap((pair) => comesOrGoes(pair, side, "medium")),
    ...[...pairs.users, ...pairs.roles].flatMap((pair) => tagDrafts(pair, side)),
    ...[...pairs.users, ...pairs.roles, ...pairs.groups].flatMap((pair) => renameDrafts(pair, side)),
  ];
}

type Principal = User | Role | Group;

/** Another name; or another address without a moved block, which Terraform destroys and makes anew. */
function renameDrafts({ before, after }: Pair<Principal>, { addresses }: IdentitySide): readonly Draft[] {
  if (before === undefined || after === undefined) return [];
  const base = { category: "identities", address: after.address, subjects: [subjectOf(after)] } as const;
  const drafts: Draft[] = [];
  const isKnown = !before.name.includes(UNKNOWN_PART) && !after.name.includes(UNKNOWN_PART);
  if (
    before.name !== after.name &&
    (isKnown || before.name.split(UNKNOWN_PART)[0] !== after.name.split(UNKNOWN_PART)[0])
  ) {
    drafts.push({
      ...base,
      rule: "identity-renamed",
      severity: "medium",
      predicate: `was ${shownName(before.name)}: policies that name it, trusts and profiles of people miss it`,
      remedy: "Keep the name, or change everything that names it in the same change.",
      evidence: [`- name: ${shownName(before.name)}`, `+ name: ${shownName(after.name)}`],
    });
  }
  const expected = addresses.get(before.address) ?? before.address;
  if (before.address !== "" && after.address !== "" && expected !== after.address) {
    drafts.push({
      ...base,
      rule: "identity-replaced",
      severity: after.kind === "user" ? "high" : "medium",
      predicate: `moves from ${before.address} to ${after.address} without a moved block: Terraform destroys it${after.kind === "user" ? ", its keys and its MFA devices," : ""} and makes it anew`,
      remedy: "Add a moved block (moveFromId).",
    });
  }
  return drafts;
}

function comesOrGoes(pair: Pair<Principal>, { isNew }: IdentitySide, severity: Severity): readonly Draft[] {
  const { before, after } = pair;
  if (before !== undefined && after !== undefined) return [];
  const one = after ?? before;
  if (one === undefined) return [];
  const base = { category: "identities", address: one.address, subjects: [subjectOf(one)] } as const;
  if (before === undefined) {
    return [
      {
        ...base,
        rule: "identity-added",
        severity: isNew || one.kind !== "user" ? "info" : "low",
        predicate: `is new${one.kind === "user" ? joins(one) : ""}`,
        remedy: "Nothing, if it is meant.",
        isNote: isNew || one.kind !== "user",
      },
    ];
  }
  return [
    {
      ...base,
      rule: "identity-destroyed",
      severity,
      predicate:
        one.kind === "user"
          ? "is destroyed, with its access keys and MFA devices; trust policies that name it break"
          : `is destroyed${one.kind === "group" ? ": who was in it loses its guard and its permissions" : ": nobody can assume it any more"}`,
      remedy: "Confirm that it is meant: a destroyed identity does not come back with the same id.",
    },
  ];
}

function joins({ groups }: Principal & { readonly kind: "user" } & User): string {
  return groups.length === 0
    ? ", in no group"
    : `, in group ${listed(groups.map(({ name }) => shownName(name)))}`;
}

function userDrafts(pair: Pair<User>, side: IdentitySide): readonly Draft[] {
  const { before, after } = pair;
  const drafts: Draft[] = [...comesOrGoes(pair, side, "high")];
  if (after === undefined) return drafts;
  const base = { category: "identities", address: after.address, subjects: [subjectOf(after)] } as const;
  const guardedNow = isGuarded(after);
  if (before === undefined && !guardedNow && !isCiLike(after, side)) {
    drafts.push({
      ...base,
      rule: "user-unguarded",
      severity: after.groups.length === 0 || hasGuardedSiblings(after, side) ? "high" : "medium",
      category: "guard-rails",
      predicate: `is new and in no group with a guard: a long-term key needs neither MFA nor a network`,
      remedy: "Put the user into a group that carries the guard.",
    });
  }
  if (before === undefined) drafts.push(...keyRuleDrafts(after.path, undefined, base, side));
  else if (before.path !== after.path) {
    drafts.push({
      ...base,
      rule: "path-changed",
      severity: "medium",
      predicate: `moves from path ${before.path} to ${after.path}: policies and key rules address users by path`,
      remedy: "Keep the path, or change every policy and key rule that names it in the same change.",
      evidence: [`- path: ${before.path}`, `+ path: ${after.path}`],
    });
    drafts.push(...keyRuleDrafts(after.path, before.path, base, side));
  }
  if (before !== undefined) drafts.push(...groupDrafts(before, after));
  if (before !== undefined && before.forceDestroy === false && after.forceDestroy === true) {
    drafts.push({
      ...base,
      rule: "force-destroy",
      severity: "low",
      predicate: "can now be destroyed with its keys and MFA devices (force_destroy)",
      remedy: "Leave it off for users that must not go.",
    });
  }
  return drafts;
}

/** Joining and leaving are told even where no policy differs: later policies reach members only. */
function groupDrafts(before: User, after: User): readonly Draft[] {
  const nameOf = (group: Group) => shownName(group.name);
  const [was, is] = [before.groups.map(nameOf), after.groups.map(nameOf)];
  const left = was.filter((name) => !is.includes(name));
  const joined = is.filter((name) => !was.includes(name));
  const base = { category: "identities", address: after.address, subjects: [subjectOf(after)] } as const;
  const drafts: Draft[] = [];
  if (left.length > 0) {
    const lostGuard = isGuarded(before) && !isGuarded(after);
    drafts.push({
      ...base,
      rule: lostGuard ? "guard-escaped" : "group-left",
      severity: lostGuard ? "critical" : "medium",
      category: lostGuard ? "guard-rails" : "identities",
      predicate: lostGuard
        ? `leaves group ${listed(left)} and with it the guard: no MFA and no network is asked of its keys`
        : `leaves group ${listed(left)}`,
      remedy: "Keep the user in a group that carries the guard.",
    });
  }
  if (joined.length > 0) {
    drafts.push({
      ...base,
      rule: "group-joined",
      severity: "info",
      predicate: `joins group ${listed(joined)}`,
      remedy: "Nothing, if it is meant.",
      isNote: true,
    });
  }
  return drafts;
}

function roleDrafts(pair: Pair<Role>, side: IdentitySide): readonly Draft[] {
  const { before, after } = pair;
  const drafts: Draft[] = [...comesOrGoes(pair, side, "medium")];
  if (after === undefined) return drafts;
  const base = { address: after.address, subjects: [subjectOf(after)] } as const;
  const was = before?.maxSessionDuration ?? (side.isNew ? after.maxSessionDuration : 3600);
  if (after.maxSessionDuration > was && was > 0) {
    drafts.push({
      ...base,
      rule: "session-lengthened",
      severity: side.isAdministrator(after) ? "high" : "medium",
      category: "conditions",
      predicate: `gives sessions of ${hours(after.maxSessionDuration)} instead of ${hours(was)}: stolen session credentials work as long`,
      remedy: "Keep sessions at one hour.",
      evidence: [`- max_session_duration: ${was}`, `+ max_session_duration: ${after.maxSessionDuration}`],
    });
  }
  if (
    before !== undefined &&
    after.maxSessionDuration < before.maxSessionDuration &&
    after.maxSessionDuration > 0
  ) {
    drafts.push({
      ...base,
      rule: "session-shortened",
      severity: "info",
      category: "conditions",
      predicate: `gives sessions of ${hours(after.maxSessionDuration)} instead of ${hours(before.maxSessionDuration)}`,
      remedy: "Nothing, if it is meant.",
      isNote: true,
    });
  }
  const profiles = after.instanceProfiles.filter((name) => before?.instanceProfiles.includes(name) !== true);
  if (profiles.length > 0 && !side.isNew) {
    drafts.push({
      ...base,
      rule: "instance-profile-added",
      severity: side.isAdministrator(after) ? "critical" : "medium",
      category: "access",
      predicate: `is in instance profile ${listed(profiles.map(shownName))}: EC2 instances can carry it`,
      remedy: "Give instances a role of their own.",
    });
  }
  if (before !== undefined && before.path !== after.path) {
    drafts.push({
      ...base,
      rule: "path-changed",
      severity: "medium",
      category: "identities",
      predicate: `moves from path ${before.path} to ${after.path}: it is replaced, and policies that name the path miss it`,
      remedy: "Keep the path.",
      evidence: [`- path: ${before.path}`, `+ path: ${after.path}`],
    });
  }
  return drafts;
}

function hours(seconds: number): string {
  return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${seconds} s`;
}

export function isGuarded(user: User): boolean {
  return placedPolicies(user).some(
    ({ policy: { document } }) => !("unknown" in document) && document.Statement.some(isGuardStatement),
  );
}

/** Others of the same path are not guarded either: users of repositories, whose runners have no MFA. */
function isCiLike(user: User, { before, after }: IdentitySide): boolean {
  const siblings = [...before.users, ...after.users].filter(
    (other) => other.path === user.path && other.arn !== user.arn && other.address !== user.address,
  );
  if (user.groups.length > 0 && /\/ci\/$/.test(user.path)) return true;
  return user.groups.length > 0 && siblings.some((other) => !isGuarded(other));
}

function hasGuardedSiblings(user: User, { after }: IdentitySide): boolean {
  return after.users.some((other) => other.path === user.path && other !== user && isGuarded(other));
}

/** A user whose keys no run of the deactivation looks at. */
function keyRuleDrafts(
  path: string,
  was: string | undefined,
  base: Pick<Draft, "category" | "address" | "subjects">,
  { keyRules, isNew }: IdentitySide,
): readonly Draft[] {
  if (keyRules === undefined || path.includes(UNKNOWN_PART) || isNew) return [];
  const isManaged = (one: string) =>
    keyRules.managedPaths.some((managed) => one.startsWith(managed)) &&
    !keyRules.exemptPaths.some((exempt) => one.startsWith(exempt));
  if (isManaged(path) || (was !== undefined && !isManaged(was))) return [];
  return [
    {
      ...base,
      rule: "key-rules-escaped",
      severity: "high",
      category: "hygiene",
      predicate: `is outside of the paths that key rules look after (${path}): its access keys stay active for ever`,
      remedy: `Put the user under ${listed(keyRules.managedPaths)}.`,
    },
  ];
}

const KEPT_ACTIVE: ReadonlySet<string> = new Set(Object.values(REACTIVATION_TAGS));

/** Tags are access where a condition reads them, and where they keep a key active. */
function tagDrafts({ before, after }: Pair<User | Role>, side: IdentitySide): readonly Draft[] {
  if (after === undefined) return [];
  const was = before?.tags ?? {};
  const changed = Object.entries(after.tags).filter(([key, value]) => was[key] !== value);
  const removed = Object.keys(was).filter((key) => !(key in after.tags));
  if (changed.length === 0 && removed.length === 0) return [];
  const read = tagKeysInConditions(side);
  const names = [...changed.map(([key]) => key), ...removed].filter((key) => read.has(key.toLowerCase()));
  const drafts: Draft[] = [];
  const base = { address: after.address, subjects: [subjectOf(after)] };
  if (names.length > 0 && !side.isNew) {
    drafts.push({
      ...base,
      rule: "tag-with-meaning-changed",
      severity: "high",
      category: "access",
      predicate: `gets other values of ${listed(names)}, which conditions of policies read (aws:PrincipalTag)`,
      remedy: "Treat the tag as a permission: change it only if the access is meant.",
      evidence: names.map((key) => `+ tags.${key}: ${after.tags[key] ?? "(removed)"}`),
    });
  }
  const kept = changed.filter(([key]) => KEPT_ACTIVE.has(key));
  if (kept.length > 0) {
    drafts.push({
      ...base,
      rule: "key-kept-active",
      severity: "high",
      category: "hygiene",
      predicate:
        "carries the tags of a temporary reactivation in Terraform: a key stays active past the nightly run",
      remedy: "Reactivate by `keys reactivate`, which asks for a reason and an end.",
    });
  }
  return drafts;
}

const tagKeys = new WeakMap<AccessGraph, ReadonlySet<string>>();

function tagKeysInConditions({ before, after }: IdentitySide): ReadonlySet<string> {
  return new Set([...tagKeysOf(before), ...tagKeysOf(after)]);
}

function tagKeysOf(graph: AccessGraph): ReadonlySet<string> {
  let keys = tagKeys.get(graph);
  if (keys === undefined) {
    const documents = new Set(
      [
        ...graph.managedPolicies,
        ...[...graph.users, ...graph.roles, ...graph.groups].flatMap(({ policies }) => policies),
        ...graph.roles.map(({ trust }) => trust),
      ].map(({ document }) => document),
    );
    const text = [...documents].flatMap((document) =>
      "unknown" in document
        ? []
        : document.Statement.map(({ Condition, Resource }) => JSON.stringify([Condition, Resource])),
    );
    keys = new Set(
      text.flatMap((one) => [
        ...[...one.matchAll(/(?:principaltag|resourcetag)\/([^"}]+)/gi)].map(([, key = ""]) =>
          key.toLowerCase(),
        ),
      ]),
    );
    tagKeys.set(graph, keys);
  }
  return keys;
}

/** Identities that Terraform deletes or makes anew, as the plan says. */
export function replacementDrafts(actions: readonly PlannedAction[]): readonly Draft[] {
  return actions.flatMap(({ address, type, actions: what }): Draft[] => {
    const kind = REPLACED[type];
    const credential = RENEWED[type];
    if (credential !== undefined && what.includes("delete") && what.includes("create"))
      return [renewed(address, credential)];
    if (what.includes("forget") && type.startsWith("aws_iam_")) return [forgotten(address)];
    if (kind === undefined || !what.includes("delete") || !what.includes("create")) return [];
    return [
      {
        rule: "identity-replaced",
        severity: type === "aws_iam_user" ? "high" : "medium",
        category: "identities",
        address,
        subjects: [],
        predicate: `${kind} ${address} is destroyed and made anew: ${type === "aws_iam_user" ? "its access keys and MFA devices go" : "for a while it is not there"}, and trust policies keep naming the old id`,
        remedy: "Avoid the replacement (name, path, description), or confirm it.",
      },
    ];
  });
}

/** Credentials whose replacement makes a new secret, in a state that others may read. */
const RENEWED: Readonly<Record<string, string>> = {
  aws_iam_access_key: "access key",
  aws_iam_user_login_profile: "password",
  aws_iam_service_specific_credential: "service credentials",
  aws_iam_virtual_mfa_device: "MFA device",
};

function renewed(address: string, what: string): Draft {
  return {
    rule: "credential-created",
    severity: "critical",
    category: "credentials",
    address,
    subjects: [],
    predicate: `${what} ${address} is destroyed and made anew by Terraform: the new secret is in the state`,
    remedy: "Remove the resource: people make keys themselves, and nobody has a password.",
  };
}

function forgotten(address: string): Draft {
  return {
    rule: "resource-forgotten",
    severity: "medium",
    category: "terraform",
    address,
    subjects: [],
    predicate: `${address} leaves Terraform and stays in the account, where nobody looks after it`,
    remedy: "Keep it in Terraform, or destroy it.",
  };
}

const REPLACED: Readonly<Record<string, string>> = {
  aws_iam_user: "user",
  aws_iam_role: "role",
  aws_iam_group: "group",
  aws_iam_policy: "policy",
  aws_iam_user_group_membership: "membership",
  aws_iam_group_membership: "membership",
  aws_iam_group_policy_attachment: "attachment",
  aws_iam_openid_connect_provider: "identity provider",
};
