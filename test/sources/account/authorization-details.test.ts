import { graphFromAuthorizationDetails } from "../../../src/sources/account/graph-from-authorization-details";
import { actionsOf, allowing, trusting } from "../terraform-files";

const ARN = "arn:aws:iam::111122223333";
const VIEW = {
  PolicyName: "view",
  Arn: `${ARN}:policy/view`,
  DefaultVersionId: "v2",
  PolicyVersionList: [
    { VersionId: "v2", IsDefaultVersion: true, Document: encodeURIComponent(allowing("s3:Get*")) },
    { VersionId: "v1", IsDefaultVersion: false, Document: encodeURIComponent(allowing("s3:*")) },
  ],
};

test("URL-encoded documents, as the API sends them, are read like objects", () => {
  const user = (PolicyDocument: unknown) => ({
    UserDetailList: [
      {
        Path: "/",
        UserName: "u",
        Arn: `${ARN}:user/u`,
        UserPolicyList: [{ PolicyName: "p", PolicyDocument }],
      },
    ],
  });
  const encoded = graphFromAuthorizationDetails(user(encodeURIComponent(allowing("s3:*"))));
  expect(encoded).toEqual(graphFromAuthorizationDetails(user(JSON.parse(allowing("s3:*")))));
  expect(actionsOf(encoded.users[0]?.policies ?? [])).toEqual(["s3:*"]);
});

test("the default version of a managed policy is the one in force", () => {
  expect(actionsOf(graphFromAuthorizationDetails({ Policies: [VIEW] }).managedPolicies)).toEqual(["s3:Get*"]);
});

test("a role has its trust, boundary, instance profiles and tags", () => {
  const { roles } = graphFromAuthorizationDetails({
    Policies: [VIEW],
    RoleDetailList: [
      {
        Path: "/p/",
        RoleName: "r",
        Arn: `${ARN}:role/p/r`,
        AssumeRolePolicyDocument: encodeURIComponent(trusting(`${ARN}:user/u`)),
        PermissionsBoundary: {
          PermissionsBoundaryType: "Policy",
          PermissionsBoundaryArn: `${ARN}:policy/view`,
        },
        InstanceProfileList: [{ InstanceProfileName: "web" }],
        Tags: [{ Key: "owner", Value: "anna" }],
      },
    ],
  });
  expect(roles).toMatchObject([
    {
      arn: `${ARN}:role/p/r`,
      path: "/p/",
      accountId: "111122223333",
      permissionsBoundary: { name: "view", document: { Statement: [{ Action: "s3:Get*" }] } },
      instanceProfiles: ["web"],
      tags: { owner: "anna" },
      trust: { document: { Statement: [{ Principal: { AWS: `${ARN}:user/u` } }] } },
    },
  ]);
});

test("the account's own copy of an AWS managed policy goes before the data of this tool", () => {
  const arn = "arn:aws:iam::aws:policy/AdministratorAccess";
  const { users, managedPolicies } = graphFromAuthorizationDetails({
    Policies: [
      {
        Arn: arn,
        DefaultVersionId: "v9",
        PolicyVersionList: [{ VersionId: "v9", Document: JSON.parse(allowing("x:y")) }],
      },
    ],
    UserDetailList: [
      { Path: "/", UserName: "u", Arn: `${ARN}:user/u`, AttachedManagedPolicies: [{ PolicyArn: arn }] },
    ],
  });
  expect(actionsOf(users[0]?.policies ?? [])).toEqual(["x:y"]);
  expect(managedPolicies).toEqual([]);
});

test("an attached policy that the inventory does not hold is unknown and told", () => {
  const { users, unknowns } = graphFromAuthorizationDetails({
    UserDetailList: [
      {
        Path: "/",
        UserName: "u",
        Arn: `${ARN}:user/u`,
        AttachedManagedPolicies: [{ PolicyArn: `${ARN}:policy/view` }],
      },
    ],
  });
  expect(users[0]?.policies).toMatchObject([{ document: { unknown: true } }]);
  expect(unknowns).toHaveLength(1);
});

test("does not know a document that is none, and says where it stands", () => {
  const policy = { ...VIEW, PolicyVersionList: [{ VersionId: "v2", Document: "%7B" }] };
  const { managedPolicies, unknowns } = graphFromAuthorizationDetails(
    { Policies: [policy] },
    { file: "prod.json" },
  );
  expect(managedPolicies).toMatchObject([{ document: { unknown: true } }]);
  expect(unknowns).toMatchObject([
    {
      address: "prod.json: Policies[0].PolicyVersionList",
      reason: expect.stringContaining("expected a policy document"),
    },
  ]);
});
