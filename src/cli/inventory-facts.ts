import type { ChangeHistory } from "../aws/change-history";
import type { AccountInventory, Answer, UserCredentials } from "../aws/inventory";
import type { AccessGraph } from "../iam/graph";
import type { NotKnown } from "../report/access-report";
import type { AccountFacts, CredentialFacts, Origin } from "../report/account-facts";
import { type Existing, undeclaredOf } from "../report/origins";

/** What an inventory tells of its account beside its policies. */
export function inventoryFacts(
  inventory: AccountInventory,
  graph: AccessGraph,
  declared: AccessGraph | NotKnown,
): AccountFacts {
  const { accountId, takenAt, users } = inventory;
  return {
    accountId,
    takenAt,
    credentials: Object.entries(users).map(([user, credentials]) => credentialFacts(user, credentials)),
    undeclared: "reason" in declared ? declared : undeclaredOf(existingOf(inventory, graph), declared),
  };
}

function credentialFacts(user: string, credentials: UserCredentials): CredentialFacts {
  const {
    loginProfile,
    accessKeys,
    mfaDevices,
    sshPublicKeys,
    serviceSpecificCredentials,
    signingCertificates,
  } = credentials;
  const count = (answer: Answer<readonly unknown[]>, one: string, many: string): readonly string[] => {
    if (!("value" in answer) || answer.value.length === 0) return [];
    return [`${answer.value.length} ${answer.value.length === 1 ? one : many}`];
  };
  return {
    user,
    ...("value" in loginProfile && { hasPassword: loginProfile.value !== null }),
    ...("value" in accessKeys && {
      activeKeys: accessKeys.value.filter(({ status }) => status === "Active").length,
      inactiveKeys: accessKeys.value.filter(({ status }) => status !== "Active").length,
    }),
    ...("value" in mfaDevices && { mfaDevices: mfaDevices.value.length }),
    others: [
      ...count(sshPublicKeys, "SSH key", "SSH keys"),
      ...count(serviceSpecificCredentials, "service-specific credential", "service-specific credentials"),
      ...count(signingCertificates, "signing certificate", "signing certificates"),
    ],
  };
}

const LISTS = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] as const;

function existingOf(
  { authorizationDetails }: AccountInventory,
  { users, groups, roles, managedPolicies }: AccessGraph,
): readonly Existing[] {
  const created = new Map<string, string>();
  for (const list of LISTS) {
    const items = authorizationDetails[list];
    for (const item of Array.isArray(items) ? (items as readonly Readonly<Record<string, unknown>>[]) : []) {
      const at = new Date(item["CreateDate"] as string);
      if (!Number.isNaN(at.getTime()) && item["CreateDate"] !== undefined) {
        created.set(String(item["Arn"]), at.toISOString());
      }
    }
  }
  const withDate = (one: Omit<Existing, "createdAt">): Existing => {
    const createdAt = created.get(one.arn);
    return { ...one, ...(createdAt === undefined ? {} : { createdAt }) };
  };
  return [
    ...users.map(({ arn, name, path, tags }) => withDate({ kind: "user", arn, name, path, tags })),
    ...groups.map(({ arn, name, path }) => withDate({ kind: "group", arn, name, path, tags: {} })),
    ...roles.map(({ arn, name, path, tags }) => withDate({ kind: "role", arn, name, path, tags })),
    ...managedPolicies.map(({ arn = "", name }) =>
      withDate({
        kind: "policy",
        arn,
        name,
        path: /:policy(\/.*\/|\/)[^/]*$/.exec(arn)?.[1] ?? "/",
        tags: {},
      }),
    ),
  ];
}

/** How long CloudTrail's event history goes back. */
const HISTORY_MS = 90 * 24 * 60 * 60 * 1000;

const CREATING: Readonly<Record<Origin["kind"], string>> = {
  user: "CreateUser",
  group: "CreateGroup",
  role: "CreateRole",
  policy: "CreatePolicy",
};

/** Asks who made what nobody signed, as far as CloudTrail's event history goes back. */
export async function withMakers(
  facts: AccountFacts,
  history: ChangeHistory,
  now: Date,
): Promise<AccountFacts> {
  if ("reason" in facts.undeclared) return facts;
  const undeclared: Origin[] = [];
  for (const origin of facts.undeclared) {
    const { madeBy, createdAt, kind, name, arn } = origin;
    const isOld = createdAt !== undefined && now.getTime() - new Date(createdAt).getTime() > HISTORY_MS;
    if (madeBy !== undefined || isOld) {
      undeclared.push(origin);
      continue;
    }
    const change = await history.lastChange(kind === "policy" ? arn : name, [CREATING[kind]]);
    undeclared.push("by" in change ? { ...origin, madeBy: change.by } : origin);
  }
  return { ...facts, undeclared };
}
