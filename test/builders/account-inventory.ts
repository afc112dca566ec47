import { type AccountInventory, INVENTORY_FORMAT, type UserCredentials } from "../../src/aws/inventory";
import type { PolicyDocument } from "../../src/iam/policy-document";
import { ACCOUNT } from "./access-graph";

const arn = (kind: string, path: string, name: string) => `arn:aws:iam::${ACCOUNT}:${kind}${path}${name}`;

interface Carries {
  readonly path?: string;
  readonly attached?: readonly string[];
  readonly inline?: Readonly<Record<string, PolicyDocument>>;
}

function details(
  kind: "User" | "Group" | "Role",
  name: string,
  { path = "/", attached = [], inline = {} }: Carries,
) {
  const policies = Object.entries(inline).map(([PolicyName, PolicyDocument]) => ({
    PolicyName,
    PolicyDocument,
  }));
  return {
    Path: path,
    [`${kind}Name`]: name,
    Arn: arn(kind.toLowerCase(), path, name),
    [`${kind}PolicyList`]: policies,
    AttachedManagedPolicies: attached.map((PolicyArn) => ({
      PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf("/") + 1),
      PolicyArn,
    })),
  };
}

export const userDetails = (name: string, parts: Carries & { readonly groups?: readonly string[] } = {}) => ({
  ...details("User", name, parts),
  UserName: name,
  GroupList: parts.groups ?? [],
});

export const groupDetails = (name: string, parts: Carries = {}) => details("Group", name, parts);

export const roleDetails = (name: string, trust: PolicyDocument, parts: Carries = {}) => ({
  ...details("Role", name, parts),
  AssumeRolePolicyDocument: trust,
  InstanceProfileList: [],
});

export const policyDetails = (name: string, document: PolicyDocument, path = "/baseline/") => ({
  Arn: arn("policy", path, name),
  PolicyName: name,
  Path: path,
  DefaultVersionId: "v1",
  PolicyVersionList: [{ VersionId: "v1", IsDefaultVersion: true, Document: document }],
});

/** A user without any credential. A test writes only the difference. */
export function credentials(difference: Partial<UserCredentials> = {}): UserCredentials {
  return {
    loginProfile: { value: null },
    accessKeys: { value: [] },
    mfaDevices: { value: [] },
    sshPublicKeys: { value: [] },
    serviceSpecificCredentials: { value: [] },
    signingCertificates: { value: [] },
    ...difference,
  };
}

export interface Holds {
  readonly users?: readonly ReturnType<typeof userDetails>[];
  readonly groups?: readonly ReturnType<typeof groupDetails>[];
  readonly roles?: readonly ReturnType<typeof roleDetails>[];
  readonly policies?: readonly ReturnType<typeof policyDetails>[];
}

/** An account in which every question was answered and nothing is there but what is given. */
export function accountInventory(
  { users = [], groups = [], roles = [], policies = [] }: Holds = {},
  difference: Partial<AccountInventory> = {},
): AccountInventory {
  return {
    format: INVENTORY_FORMAT,
    accountId: ACCOUNT,
    takenAt: "2026-11-23T12:00:00.000Z",
    authorizationDetails: {
      UserDetailList: users,
      GroupDetailList: groups,
      RoleDetailList: roles,
      Policies: policies,
    },
    users: Object.fromEntries(users.map((user) => [user.UserName, credentials()])),
    roleSessions: { value: {} },
    oidcProviders: { value: [] },
    samlProviders: { value: [] },
    passwordPolicy: { value: null },
    summary: { value: {} },
    ...difference,
  };
}
