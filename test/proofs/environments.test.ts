import type { EnvironmentInput } from "../../src/environment/environment";
import { allow } from "../../src/environment/policy-statement";
import { adminRole } from "../../src/environment/role-presets";
import { formatBrokenProofs } from "../../src/proofs/format-proofs";
import { ciGroup, device, environment, role } from "../builders/environment";
import { addResource } from "./mutants/stack-json";
import { proven, type StackJson, told } from "./proven";

const GITHUB = { repository: "octo/infra", ownerId: "1", repositoryId: "2" } as const;
const withAdmin = (difference: Partial<EnvironmentInput> = {}): EnvironmentInput =>
  environment({
    devices: { laptop: device({ roles: ["daily", "admin"] }), home: device() },
    roles: { daily: role(), admin: adminRole() },
    ...difference,
  });
const grant = (kind: "group" | "role", name: RegExp, policy: unknown) => (stack: StackJson) => {
  const [found] = Object.keys(stack.resource[`aws_iam_${kind}`] ?? {}).filter((one) => name.test(one));
  addResource(stack, `aws_iam_${kind}_policy`, "mutant", {
    [kind]: `\${aws_iam_${kind}.${found}.name}`,
    name: "mutant",
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [policy] }),
  });
};

describe("environments that hold", () => {
  test.each<[string, EnvironmentInput]>([
    ["the plainest", environment()],
    ["an administrator role", withAdmin()],
    ["VPCs", withAdmin({ allowedVpcs: ["vpc-0a1b2c3d4e5f60718"] })],
    [
      "several networks that touch",
      withAdmin({ allowedNetworks: ["203.0.113.0/25", "203.0.113.128/25", "2001:db8::/32"] }),
    ],
    [
      "a source identity",
      withAdmin({ roles: { daily: role({ trust: { sourceIdentity: true } }), admin: adminRole() } }),
    ],
    [
      "a role from any network",
      withAdmin({ roles: { daily: role({ trust: { networks: false } }), admin: adminRole() } }),
    ],
    [
      "users of another organization",
      withAdmin({
        roles: {
          daily: role({
            trust: { externalUsers: ["arn:aws:iam::999988887777:user/partner"], externalId: "octo" },
          }),
          admin: adminRole(),
        },
      }),
    ],
    ["break-glass users", withAdmin({ breakGlass: { emergency: { owner: "anna", roles: ["admin"] } } })],
    [
      "names that are parts of others",
      withAdmin({ devices: { p: device(), "laptop-p": device({ roles: ["admin"] }), "p-laptop": device() } }),
    ],
    [
      "a boundary",
      withAdmin({
        roles: { daily: role({ permissionsBoundary: [allow("s3:*", "*")] }), admin: adminRole() },
      }),
    ],
    [
      "no self-reactivation",
      withAdmin({ developerGroups: { developers: { allowSelfReactivation: false } } }),
    ],
    [
      "runners of one network",
      withAdmin({ ciGroups: { deployers: ciGroup({ allowedNetworks: ["198.51.100.0/24"] }) } }),
    ],
    [
      "a service role beside",
      withAdmin({
        roles: {
          daily: role(),
          admin: adminRole(),
          server: role({ service: { principal: "ec2.amazonaws.com" } }),
        },
      }),
    ],
  ])("%s", (_what, input) => {
    expect(formatBrokenProofs(proven(input).broken)).toBe("");
  });

  test("a guard part that is switched off is listed, and breaks no proof", () => {
    const report = proven(withAdmin({ developerGroups: { developers: { guard: { networks: false } } } }));
    expect(report.broken).toEqual([]);
    expect(report.declared).toMatchObject([
      {
        message: "the networks part of the guard is switched off",
        declaredAt: "developerGroups.developers.guard.networks",
      },
    ]);
  });

  test("administrator rights of a protected GitHub environment are listed, and break no proof", () => {
    const github = { ...GITHUB, environment: "prod" };
    const report = proven(
      withAdmin({
        roles: { daily: role(), admin: adminRole(), apply: adminRole({ github }) },
        account: { githubOidcProvider: {} },
      }),
    );
    expect(report.broken).toEqual([]);
    expect(report.declared).toMatchObject([
      { message: expect.stringContaining('GitHub environment "prod"') },
    ]);
  });
});

describe("environments that do not hold", () => {
  test.each<[string, EnvironmentInput, readonly string[]]>([
    [
      "administrator rights of a GitHub branch",
      withAdmin({
        roles: {
          daily: role(),
          admin: adminRole(),
          apply: adminRole({ github: { ...GITHUB, branch: "main" } }),
        },
        account: { githubOidcProvider: {} },
      }),
      ["administrator-paths role/apply-(unknown)"],
    ],
    [
      "administrator rights of a service",
      withAdmin({
        roles: {
          daily: role(),
          admin: adminRole(),
          server: adminRole({ service: { principal: "ec2.amazonaws.com" } }),
        },
      }),
      ["administrator-paths role/server-(unknown)"],
    ],
    [
      "a role with iam:* that is not declared as administrator",
      withAdmin({ roles: { daily: role({ statements: [allow("iam:*", "*")] }), admin: adminRole() } }),
      ["administrator-paths role/daily-(unknown)"],
    ],
    [
      "a CI group that may create users",
      withAdmin({ ciGroups: { deployers: ciGroup({ statements: [allow("iam:CreateUser", "*")] }) } }),
      ["ci-stays-in-ci user/octo.website"],
    ],
    [
      "a CI group that may assume every role",
      withAdmin({ ciGroups: { deployers: ciGroup({ statements: [allow("sts:AssumeRole", "*")] }) } }),
      ["ci-stays-in-ci user/octo.website"],
    ],
    [
      "a role that may rewrite trust policies",
      withAdmin({
        roles: {
          daily: role({ statements: [allow("iam:UpdateAssumeRolePolicy", "*")] }),
          admin: adminRole(),
        },
      }),
      [
        "machinery-is-untouched role/daily-(unknown)",
        "no-privilege-escalation/iam:UpdateAssumeRolePolicy role/daily-(unknown)",
      ],
    ],
  ])("refuses %s", (_what, input, expected) => {
    expect(told(proven(input).broken)).toEqual(expected);
  });

  test("a role that reaches an administrator's service role by passing it is told with the method", () => {
    const statements = [
      allow("iam:PassRole", "arn:aws:iam::111122223333:role/baseline/*"),
      allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "*"),
    ];
    const worker = adminRole({ service: { principal: "lambda.amazonaws.com" } });
    const { broken } = proven(
      withAdmin({ roles: { daily: role({ statements }), admin: adminRole(), worker } }),
    );
    expect(told(broken)).toContain(
      "no-privilege-escalation/iam:PassRole+lambda:CreateFunction+lambda:InvokeFunction role/daily-(unknown)",
    );
  });

  test("passing a role to a service that no privileged role trusts leads nowhere", () => {
    const statements = [
      allow("iam:PassRole", "arn:aws:iam::111122223333:role/baseline/*"),
      allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "*"),
    ];
    expect(proven(withAdmin({ roles: { daily: role({ statements }), admin: adminRole() } })).broken).toEqual(
      [],
    );
  });

  test("a boundary that is gone is told", () => {
    const input = withAdmin({
      roles: { daily: role({ permissionsBoundary: [allow("s3:*", "*")] }), admin: adminRole() },
    });
    const { broken } = proven(input, (stack) => {
      for (const body of Object.values(stack.resource["aws_iam_role"] ?? {}))
        delete body["permissions_boundary"];
    });
    expect(told(broken)).toEqual(["roles-are-assumed-as-declared role/daily-(unknown)"]);
  });

  test("a document that is not known is not proven, and what is not known is said", () => {
    const { broken } = proven(withAdmin(), (stack) =>
      addResource(stack, "aws_iam_group_policy", "mutant", {
        group: "developers",
        name: "later",
        policy: "${aws_s3_bucket.elsewhere.policy}",
      }),
    );
    expect(told(broken)).toEqual(["policy-is-known group/developers aws_iam_group_policy.mutant.policy"]);
    expect(broken.some(({ unknowns }) => unknowns.length > 0)).toBe(true);
  });
});

describe("whatever is allowed to a group", () => {
  test.each(["iam:*", "iam:Create*", "s3:GetObject", "sts:AssumeRole", "*", "ec2:Describe*"])(
    "%s for developers breaks a proof",
    (action) => {
      const { broken } = proven(withAdmin(), grant("group", /developers/, allow(action, "*")));
      expect(told(broken).some((line) => line.startsWith("users-only-self-service"))).toBe(true);
    },
  );

  test("a Deny beside breaks none of the proofs of what is forbidden", () => {
    const deny = { Effect: "Deny", Action: "s3:*", Resource: "*" };
    expect(proven(withAdmin(), grant("group", /developers/, deny)).broken).toEqual([]);
  });

  test("a Deny of self-service breaks the proof that people can work", () => {
    const deny = { Effect: "Deny", Action: "iam:CreateAccessKey", Resource: "*" };
    expect(told(proven(withAdmin(), grant("group", /developers/, deny)).broken)).toEqual([
      "people-can-work user/home",
    ]);
  });
});
