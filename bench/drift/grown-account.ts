import { type AccountInventory, INVENTORY_FORMAT, type UserCredentials } from "../../src/aws/inventory";
import { type AccessGraph, type AttachedPolicy, type Policy, UNKNOWN_PART } from "../../src/iam/graph";
import { type PolicyDocument, policyDocument, type Statement } from "../../src/iam/policy-document";
import { graphOfStacks } from "../../src/proofs/prove-stacks";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { addBaseline } from "../../src/stacks/baseline";
import { renderedStacks } from "../../src/stacks/synthesize";
import { grownEnvironment } from "../access/grown-environment";

export interface AccountSize {
  readonly users: number;
  readonly roles: number;
  /** Roles of other teams, which nobody declares. */
  readonly othersRoles: number;
}

const ACCOUNT = "111122223333";
const SUFFIX = "a1b2c3d4";
const NOW = new Date("2026-11-23T12:00:00Z");

/** An environment of some size, and the account that holds it, with a few changes by hand. */
export function grownAccount({ users, roles, othersRoles }: AccountSize): {
  readonly graph: AccessGraph;
  readonly inventory: AccountInventory;
} {
  const environment = grownEnvironment({ users, roles, ciGroups: users / 4, developerGroups: 20 });
  const environments = validateBaseline([environment], NOW);
  const graph = graphOfStacks(renderedStacks((app) => addBaseline(app, environments)));
  return { graph, inventory: inventoryOf(graph, othersRoles) };
}

function inventoryOf(graph: AccessGraph, othersRoles: number): AccountInventory {
  const names = [...graph.users.map(({ name }) => name), "intruder"];
  return {
    format: INVENTORY_FORMAT,
    accountId: ACCOUNT,
    takenAt: NOW.toISOString(),
    authorizationDetails: {
      UserDetailList: [
        ...graph.users.map((user) => ({
          ...carrier("User", user),
          GroupList: user.groups.map(({ name }) => name),
        })),
        { UserName: "intruder", Path: "/", Arn: `arn:aws:iam::${ACCOUNT}:user/intruder`, GroupList: [] },
      ],
      GroupDetailList: graph.groups.map((group) => carrier("Group", group)),
      RoleDetailList: [
        ...graph.roles.map((role) => ({
          ...carrier("Role", role),
          AssumeRolePolicyDocument: known(role.trust.document),
          InstanceProfileList: [],
        })),
        ...Array.from({ length: othersRoles }, (_, index) => roleOfOthers(index)),
      ],
      Policies: graph.managedPolicies.map((policy) => ({
        Arn: suffixed(policy.arn ?? ""),
        PolicyName: policy.name,
        DefaultVersionId: "v1",
        PolicyVersionList: [{ VersionId: "v1", IsDefaultVersion: true, Document: known(policy.document) }],
      })),
    },
    users: Object.fromEntries(names.map((name) => [name, NO_CREDENTIALS])),
    roleSessions: { value: {} },
    oidcProviders: { value: [] },
    samlProviders: { value: [] },
    passwordPolicy: { value: null },
    summary: { value: {} },
  };
}

const NO_CREDENTIALS: UserCredentials = {
  loginProfile: { value: null },
  accessKeys: { value: [] },
  mfaDevices: { value: [] },
  sshPublicKeys: { value: [] },
  serviceSpecificCredentials: { value: [] },
  signingCertificates: { value: [] },
};

/** What teams have: a role for a service with some rights; every fiftieth is open to another account. */
function roleOfOthers(index: number) {
  const trust: Statement =
    index % 50 === 0
      ? { Effect: "Allow", Principal: { AWS: "arn:aws:iam::999988887777:root" }, Action: "sts:AssumeRole" }
      : { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
  const rights: Statement = {
    Effect: "Allow",
    Action: ["s3:GetObject", "dynamodb:Query", "ec2:Describe*", "lambda:InvokeFunction"],
    Resource: index % 3 === 0 ? "*" : `arn:aws:s3:::team-${index}/*`,
  };
  return {
    RoleName: `team-${index}`,
    Path: "/",
    Arn: `arn:aws:iam::${ACCOUNT}:role/team-${index}`,
    AssumeRolePolicyDocument: policyDocument(trust),
    RolePolicyList: [{ PolicyName: "rights", PolicyDocument: policyDocument(rights) }],
    AttachedManagedPolicies: [],
    InstanceProfileList: [],
  };
}

function carrier(
  kind: "User" | "Group" | "Role",
  principal: {
    readonly name: string;
    readonly path: string;
    readonly arn: string;
    readonly policies: readonly AttachedPolicy[];
    readonly permissionsBoundary?: AttachedPolicy;
  },
) {
  const { name, path, arn, policies, permissionsBoundary } = principal;
  const inline = policies.filter((policy) => policy.kind === "inline");
  const attached = policies.filter((policy) => policy.kind !== "inline");
  return {
    [`${kind}Name`]: suffixed(name),
    Path: path,
    Arn: suffixed(arn),
    [`${kind}PolicyList`]: inline.map((policy) => ({
      PolicyName: policy.name,
      PolicyDocument: known(policy.document),
    })),
    AttachedManagedPolicies: attached.map((policy) => ({
      PolicyName: policy.name,
      PolicyArn: suffixed(policy.arn ?? ""),
    })),
    ...(permissionsBoundary !== undefined && {
      PermissionsBoundary: { PermissionsBoundaryArn: suffixed(permissionsBoundary.arn ?? "") },
    }),
  };
}

function known(document: Policy["document"]): PolicyDocument {
  return JSON.parse(suffixed(JSON.stringify(document))) as PolicyDocument;
}

/** Roles end in a suffix that only the account knows. */
function suffixed(text: string): string {
  return text.replaceAll(UNKNOWN_PART, SUFFIX);
}
