import { type AccountInventory, INVENTORY_FORMAT, type UserCredentials } from "../../src/aws/inventory";
import { type AccessGraph, type AttachedPolicy, UNKNOWN_PART } from "../../src/iam/graph";

const NOBODY_ASKED = { notChecked: "nobody asked", isNotAsked: true } as const;
const NO_CREDENTIALS: UserCredentials = {
  loginProfile: { value: null },
  accessKeys: { value: [] },
  mfaDevices: { value: [] },
  sshPublicKeys: { value: [] },
  serviceSpecificCredentials: { value: [] },
  signingCertificates: { value: [] },
};

/** The inventory of an account to which a synthesized stack was deployed; role names end in one suffix. */
export function inventoryOfGraph(graph: AccessGraph, accountId: string, suffix: string): AccountInventory {
  const { users, groups, roles, managedPolicies } = graph;
  const inventory: AccountInventory = {
    format: INVENTORY_FORMAT,
    accountId,
    takenAt: "2026-11-23T12:00:00.000Z",
    authorizationDetails: {
      UserDetailList: users.map((user) => ({
        UserName: user.name,
        Path: user.path,
        Arn: user.arn,
        GroupList: user.groups.map(({ name }) => name),
        UserPolicyList: inline(user.policies),
        ...carried(user),
      })),
      GroupDetailList: groups.map((group) => ({
        GroupName: group.name,
        Path: group.path,
        Arn: group.arn,
        GroupPolicyList: inline(group.policies),
        ...carried(group),
      })),
      RoleDetailList: roles.map((role) => ({
        RoleName: role.name,
        Path: role.path,
        Arn: role.arn,
        AssumeRolePolicyDocument: role.trust.document,
        RolePolicyList: inline(role.policies),
        InstanceProfileList: role.instanceProfiles.map((name) => ({
          InstanceProfileName: name,
          Path: role.path,
        })),
        ...carried(role),
      })),
      Policies: managedPolicies
        .filter(({ kind }) => kind === "managed")
        .map(({ name, arn = "", document }) => ({
          PolicyName: name,
          Arn: arn,
          Path: /:policy(\/(?:.*\/)?)[^/]+$/.exec(arn)?.[1] ?? "/",
          DefaultVersionId: "v1",
          PolicyVersionList: [{ VersionId: "v1", IsDefaultVersion: true, Document: document }],
        })),
    },
    users: Object.fromEntries(users.map(({ name }) => [String(name), NO_CREDENTIALS])),
    roleSessions: {
      value: Object.fromEntries(
        roles.map(({ name, maxSessionDuration }) => [String(name), maxSessionDuration]),
      ),
    },
    oidcProviders: NOBODY_ASKED,
    samlProviders: NOBODY_ASKED,
    passwordPolicy: NOBODY_ASKED,
    summary: NOBODY_ASKED,
  };
  return JSON.parse(JSON.stringify(inventory).replaceAll(UNKNOWN_PART, suffix)) as AccountInventory;
}

function carried({
  policies,
  permissionsBoundary,
  tags = {},
}: {
  readonly policies: readonly AttachedPolicy[];
  readonly permissionsBoundary?: AttachedPolicy;
  readonly tags?: Readonly<Record<string, string>>;
}) {
  return {
    AttachedManagedPolicies: policies
      .filter(({ kind }) => kind !== "inline")
      .map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
    ...(permissionsBoundary !== undefined && {
      PermissionsBoundary: {
        PermissionsBoundaryType: "Policy",
        PermissionsBoundaryArn: permissionsBoundary.arn,
      },
    }),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

const inline = (policies: readonly AttachedPolicy[]) =>
  policies
    .filter(({ kind }) => kind === "inline")
    .map(({ name, document }) => ({ PolicyName: name, PolicyDocument: document }));
