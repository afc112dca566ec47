import type { AccountInventory } from "../aws/inventory";
import type { EnvironmentInput } from "../environment/environment";
import { parsePolicyDocument } from "../iam/policy-syntax";
import type {
  AccountDocument,
  AccountGroup,
  AccountPolicies,
  AccountPolicy,
  AccountPrincipals,
  AccountRole,
  AccountUser,
} from "./account-principals";
import { type NotTaken, ownedByAnother } from "./left-out";
import { userFacts } from "./user-facts";
import { type UserKind, userKind } from "./user-kind";

type ExistingInput = NonNullable<EnvironmentInput["existing"]>;
type Of<K extends keyof ExistingInput> = Record<string, NonNullable<ExistingInput[K]>[string]>;

/** The principals of an account in an environment's words. */
export interface DraftExisting {
  readonly users: Of<"users">;
  readonly groups: Of<"groups">;
  readonly roles: Of<"roles">;
  readonly policies: Of<"policies">;
}

/** What becomes of the principals of an account. Nothing is in two places, and nothing is in none. */
export interface Draft {
  readonly existing: DraftExisting;
  /** What each user was taken for, and why, by name. */
  readonly kinds: Readonly<Record<string, UserKind>>;
  /** Owned by a service or another tool. */
  readonly leftOut: readonly NotTaken[];
  /** What an environment cannot express. */
  readonly unmanaged: readonly NotTaken[];
  /** Memberships in groups that nobody declares, `anna in cfn-admins`: they stay, and no plan shows them. */
  readonly memberships: readonly string[];
}

/**
 * Drafts `existing` of an environment. A principal is taken whole or not at all: where one document of it cannot be
 * read, it is not managed, because an exclusive list of its policies would take the rest away.
 *
 * @param isDeclared whether the project declares the principal already, by its ARN
 * @param declaredGroups names of the groups that the environment declares already
 */
export function draftOf(
  inventory: AccountInventory,
  account: AccountPrincipals,
  isDeclared: (arn: string) => boolean = () => false,
  declaredGroups: readonly string[] = [],
): Draft {
  const leftOut: NotTaken[] = [];
  const unmanaged: NotTaken[] = [];
  const kinds: Record<string, UserKind> = {};
  const isOpen =
    (kind: NotTaken["kind"]) => (one: AccountUser | AccountGroup | AccountRole | AccountPolicy) => {
      if (isDeclared(one.arn)) return false;
      const owner = ownedByAnother(one);
      if (owner === undefined) return true;
      leftOut.push({ kind, name: one.name, reason: owner });
      return false;
    };
  const take = <T extends { readonly name: string }, R>(
    kind: NotTaken["kind"],
    items: readonly T[],
    words: (item: T) => R,
  ): Record<string, R> => {
    const taken: [string, R][] = [];
    for (const item of items) {
      try {
        taken.push([item.name, words(item)]);
      } catch (error) {
        if (!(error instanceof Inexpressible)) throw error;
        unmanaged.push({ kind, name: item.name, reason: error.message });
      }
    }
    return Object.fromEntries(taken);
  };

  const policies = take("policy", account.policies.filter(isOpen("policy")), policyWords);
  const users = account.users.filter(isOpen("user"));
  for (const user of users) kinds[user.name] = userKind(userFacts(inventory, user));
  const groups: DraftExisting["groups"] = take("group", account.groups.filter(isOpen("group")), (group) => ({
    as: groupKind(
      users.filter((user) => user.groups.includes(group.name)).map(({ name }) => kinds[name]?.as),
    ),
    path: group.path,
    ...policyFields(group),
  }));
  const roles = take("role", account.roles.filter(isOpen("role")), roleWords);
  const known = new Set([...declaredGroups, ...Object.keys(groups)]);
  const memberships = users.flatMap(({ name, groups: joined }) =>
    joined.filter((group) => !known.has(group)).map((group) => `${name} in ${group}`),
  );
  return {
    existing: {
      users: take("user", users, (user) =>
        userWords({ ...user, groups: user.groups.filter((group) => known.has(group)) }, kinds[user.name]),
      ),
      groups,
      roles,
      policies,
    },
    kinds,
    leftOut,
    unmanaged,
    memberships,
  };
}

/** Why a principal stays as it is. */
class Inexpressible extends Error {}

function userWords(user: AccountUser, kind: UserKind | undefined): DraftExisting["users"][string] {
  return {
    as: kind?.as ?? "other",
    ...(kind?.owner !== undefined && { owner: kind.owner }),
    ...(kind?.repository !== undefined && { repository: kind.repository }),
    path: user.path,
    ...(user.groups.length > 0 && { groups: [...user.groups].sort() }),
    ...policyFields(user),
    ...tagFields(user.tags),
  };
}

function roleWords(role: AccountRole): DraftExisting["roles"][string] {
  const profiles = Object.keys(role.instanceProfiles);
  const leftAlone = [
    ...(role.description === undefined ? ["description" as const] : []),
    ...(role.maxSessionDuration === undefined ? ["maxSessionDuration" as const] : []),
    ...(profiles.length > 0 ? ["instanceProfileTags" as const] : []),
  ];
  const trust = readable("its trust policy", role.trust, "trust");
  return {
    path: role.path,
    ...(role.description !== undefined && role.description !== "" && { description: role.description }),
    trust,
    ...policyFields(role),
    ...(role.maxSessionDuration !== undefined &&
      role.maxSessionDuration !== 3600 && { maxSessionDuration: role.maxSessionDuration }),
    ...(isMeantToAdminister(role, trust) && { administrator: true }),
    ...(profiles.length > 0 && { instanceProfiles: role.instanceProfiles }),
    ...tagFields(role.tags),
    ...(leftAlone.length > 0 && { leftAlone }),
  };
}

function policyWords({ path, document, tags, knowsTags }: AccountPolicy): DraftExisting["policies"][string] {
  return {
    path,
    document: readable("its document", document),
    ...tagFields(tags),
    ...(!knowsTags && { leftAlone: ["tags" as const] }),
  };
}

/** Somebody attached AdministratorAccess by name to a role that people assume: that is no accident of a policy. */
function isMeantToAdminister(
  { managedPolicies }: AccountRole,
  trust: Readonly<Record<string, unknown>>,
): boolean {
  return managedPolicies.includes("AdministratorAccess") && !/"Service"\s*:/.test(JSON.stringify(trust));
}

function policyFields({ managedPolicies, inlinePolicies, permissionsBoundary }: AccountPolicies) {
  const inline = Object.entries(inlinePolicies).map(
    ([name, document]) => [name, readable(`its inline policy ${name}`, document)] as const,
  );
  return {
    ...(managedPolicies.length > 0 && { managedPolicies: [...managedPolicies].sort() }),
    ...(inline.length > 0 && { inlinePolicies: Object.fromEntries(inline) }),
    ...(permissionsBoundary !== undefined && { permissionsBoundary }),
  };
}

const tagFields = (tags: Readonly<Record<string, string>>) => (Object.keys(tags).length > 0 ? { tags } : {});

/** What the access model cannot read would be refused at every synthesis, and nothing could be said of it. */
function readable(
  what: string,
  document: AccountDocument,
  kind: "identity" | "trust" = "identity",
): Readonly<Record<string, unknown>> {
  if ("unreadable" in document) throw new Inexpressible(`${what}: ${document.unreadable}`);
  const parsed = parsePolicyDocument(document.document, kind, what);
  if (parsed.ok) return document.document;
  const [problem] = parsed.problems;
  const said =
    problem === undefined ? "" : `: ${problem.location}: expected ${problem.expected}, got ${problem.got}`;
  throw new Inexpressible(`this version cannot read ${what}${said}`);
}

/** Of whom a group is, by its members: nobody's where there are none. */
function groupKind(members: readonly (UserKind["as"] | undefined)[]): "developers" | "ci" | "other" {
  if (members.length > 0 && members.every((as) => as === "device")) return "developers";
  if (members.length > 0 && members.every((as) => as === "repository")) return "ci";
  return "other";
}
