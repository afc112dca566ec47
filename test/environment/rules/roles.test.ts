import { allow, deny } from "../../../src/environment/policy-statement";
import { adminRole } from "../../../src/environment/role-presets";
import { managedPolicyNames } from "../../../src/iam/managed-policies";
import {
  ciGroup,
  device,
  environment,
  locationsOf,
  role,
  violationsOf,
  withRole,
} from "../../builders/environment";

const AT = "environments/prod.ts: roles.daily";

describe("guard and self-service stay off roles", () => {
  test.each([
    ["the guard by ARN", "arn:aws:iam::111122223333:policy/baseline/baseline-guard"],
    ["a part of the guard", "arn:aws:iam::111122223333:policy/baseline/baseline-guard-mfa"],
    ["self-service", "arn:aws:iam::111122223333:policy/baseline/baseline-self-service"],
    [
      "self-service of break-glass users",
      "arn:aws:iam::111122223333:policy/baseline/baseline-self-service-break-glass",
    ],
  ])("refuses %s", (_what, policy) => {
    expect(violationsOf(withRole({ managedPolicies: [policy] }))).toEqual([
      {
        location: `${AT}.managedPolicies`,
        expected: expect.stringContaining("guard and self-service are for users"),
        got: JSON.stringify(policy),
        remedy: expect.stringContaining("conditions of the role's trust"),
      },
    ]);
    expect(locationsOf(withRole({ permissionsBoundary: policy }))).toEqual([`${AT}.permissionsBoundary`]);
  });

  test("a policy that only sounds alike may be attached", () => {
    const managedPolicies = ["AmazonGuardDutyFullAccess", "arn:aws:iam::111122223333:policy/baseline-guards"];
    expect(violationsOf(withRole({ managedPolicies }))).toEqual([]);
  });

  test.each([
    ["aws:username", allow("iam:GetUser", "arn:aws:iam::111122223333:user/${aws:username}")],
    ["aws:username", allow("iam:GetUser", "arn:aws:iam::111122223333:user/${AWS:UserName}")],
    [
      "aws:MultiFactorAuthPresent",
      deny("*", "*", { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }),
    ],
    ["aws:MultiFactorAuthPresent", allow("*", "*", { Bool: { "AWS:multifactorauthpresent": "true" } })],
    ["aws:MultiFactorAuthAge", allow("s3:*", "*", { NumericLessThan: { "aws:MultiFactorAuthAge": "60" } })],
  ])("refuses a statement that asks for %s", (key, statement) => {
    const harmless = allow("s3:ListAllMyBuckets", "*");
    expect(violationsOf(withRole({ statements: [harmless, statement] }))).toEqual([
      expect.objectContaining({
        location: `${AT}.statements[1]`,
        got: `a statement that asks for ${key}`,
      }),
    ]);
    expect(locationsOf(withRole({ permissionsBoundary: [harmless, statement] }))).toEqual([
      `${AT}.permissionsBoundary[1]`,
    ]);
  });
});

describe("AdministratorAccess", () => {
  test("is for roles that say so", () => {
    expect(violationsOf(environment({ roles: { daily: adminRole() } }))).toEqual([]);
  });

  test.each(["AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess"])(
    "refuses %s on a role that does not say so, and on a CI group",
    (policy) => {
      expect(violationsOf(withRole({ managedPolicies: [policy] }))).toEqual([
        {
          location: `${AT}.managedPolicies`,
          expected: "only a role with administrator: true attaches AdministratorAccess",
          got: '"AdministratorAccess"',
          remedy: "set administrator: true, or use adminRole()",
        },
      ]);
      const ciGroups = { deployers: ciGroup({ managedPolicies: [policy] }) };
      expect(locationsOf(environment({ ciGroups }))).toEqual([
        "environments/prod.ts: ciGroups.deployers.managedPolicies",
      ]);
    },
  );

  test("may be the boundary of any role: a boundary gives nothing", () => {
    expect(violationsOf(withRole({ permissionsBoundary: "AdministratorAccess" }))).toEqual([]);
  });

  test("is another policy with more behind its name", () => {
    expect(violationsOf(withRole({ managedPolicies: ["AdministratorAccess-Amplify"] }))).toEqual([]);
  });
});

describe("managed policies", () => {
  const policies = (count: number) => managedPolicyNames().slice(0, count);

  test.each([
    [10, []],
    [11, ["managedPolicies"]],
  ])("%i of them, on a role and on a CI group: %j", (count, keys) => {
    const managedPolicies = policies(count);
    expect(locationsOf(withRole({ managedPolicies }))).toEqual(keys.map((key) => `${AT}.${key}`));
    expect(locationsOf(environment({ ciGroups: { deployers: ciGroup({ managedPolicies }) } }))).toEqual(
      keys.map((key) => `environments/prod.ts: ciGroups.deployers.${key}`),
    );
  });

  test.each([
    "ReadOnlyAccess",
    "job-function/ViewOnlyAccess",
    "service-role/AWSLambdaBasicExecutionRole",
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::111122223333:policy/own/thing",
  ])("%s is a name", (policy) => {
    expect(violationsOf(withRole({ managedPolicies: [policy] }))).toEqual([]);
  });

  test.each([
    "",
    "Read Only",
    "/ReadOnlyAccess",
    "arn:aws:iam::aws:role/x",
    "arn:aws:iam::1:policy/x",
    "*",
    "名",
  ])("refuses %j", (policy) => {
    expect(violationsOf(withRole({ managedPolicies: ["ReadOnlyAccess", policy] }))).toEqual([
      expect.objectContaining({ location: `${AT}.managedPolicies[1]`, got: JSON.stringify(policy) }),
    ]);
  });

  test.each(["", "Power User", "${x}", "arn:aws:iam::aws:role/x"])("refuses the boundary %j", (policy) => {
    expect(violationsOf(withRole({ permissionsBoundary: policy }))).toEqual([
      expect.objectContaining({ location: `${AT}.permissionsBoundary`, got: JSON.stringify(policy) }),
    ]);
  });

  test("refuses one twice, also once by name and once by ARN", () => {
    const twice = ["ReadOnlyAccess", "ReadOnlyAccess"];
    expect(locationsOf(withRole({ managedPolicies: twice }))).toEqual([`${AT}.managedPolicies[1]`]);
    const byArn = ["ReadOnlyAccess", "arn:aws:iam::aws:policy/ReadOnlyAccess"];
    expect(locationsOf(withRole({ managedPolicies: byArn }))).toEqual([`${AT}.managedPolicies[1]`]);
  });
});

describe("external users", () => {
  const trusting = (arn: string) => withRole({ trust: { externalUsers: [arn] } });

  test("are users of accounts that no environment describes", () => {
    expect(violationsOf(trusting("arn:aws:iam::999999999999:user/partner/bob"))).toEqual([]);
  });

  test.each([
    ["everybody", "*"],
    ["an account", "arn:aws:iam::999999999999:root"],
    ["an account id", "999999999999"],
    ["a role", "arn:aws:iam::999999999999:role/x"],
    ["every user of an account", "arn:aws:iam::999999999999:user/*"],
    ["a short account id", "arn:aws:iam::99999999999:user/bob"],
    ["a session", "arn:aws:sts::999999999999:assumed-role/x/y"],
    ["a deleted user's id", "AIDAEXAMPLEEXAMPLE"],
  ])("refuses %s: %s", (_who, arn) => {
    expect(violationsOf(trusting(arn))).toEqual([
      {
        location: `${AT}.trust.externalUsers[0]`,
        expected: "the ARN of one IAM user: no `*`, no account, no role",
        got: JSON.stringify(arn),
        remedy: "write arn:aws:iam::<account id>:user/<path><name>",
      },
    ]);
  });

  test("refuses a user of an account that an environment describes", () => {
    const arn = "arn:aws:iam::111122223333:user/somebody";
    expect(violationsOf(trusting(arn))).toEqual([
      expect.objectContaining({
        location: `${AT}.trust.externalUsers[0]`,
        got: JSON.stringify(arn),
        remedy: 'list "daily" in the roles of a device there',
      }),
    ]);
    const stage = environment({ name: "stage", accountId: "444455556666" });
    const elsewhere = trusting("arn:aws:iam::444455556666:user/baseline/device/laptop");
    expect(violationsOf(elsewhere, stage)).toEqual([
      expect.objectContaining({ remedy: 'list "prod/daily" in the roles of a device there' }),
    ]);
  });
});

describe("a role for GitHub Actions", () => {
  const ids = { ownerId: "1", repositoryId: "2" };
  const branch = { repository: "octo/website", branch: "main" };

  test.each([
    ["an environment", { repository: "octo/website", environment: "prod" }],
    ["a branch", branch],
    ["pull requests", { repository: "octo/website", pullRequest: true as const }],
    ["immutable ids", { ...branch, ...ids, subjects: "immutable" as const }],
    ["both forms", { ...branch, ...ids, subjects: "both" as const }],
    ["names although ids are known", { ...branch, ...ids, subjects: "name" as const }],
  ])("may name %s", (_what, github) => {
    expect(violationsOf(withRole({ github }))).toEqual([]);
  });

  test.each([
    ["every repository of an owner", { repository: "octo/*", branch: "main" }, ".repository"],
    ["owners that begin alike", { repository: "octo*/website", branch: "main" }, ".repository"],
    ["any one character", { repository: "octo/websit?", branch: "main" }, ".repository"],
    ["no owner", { repository: "website", branch: "main" }, ".repository"],
    ["every branch", { repository: "octo/website", branch: "*" }, ".branch"],
    ["branches that begin alike", { repository: "octo/website", branch: "release/*" }, ".branch"],
    ["every environment", { repository: "octo/website", environment: "pro?" }, ".environment"],
    ["no job", { repository: "octo/website" }, ""],
    ["a branch and an environment", { ...branch, environment: "prod" }, ""],
    ["a branch and pull requests", { ...branch, pullRequest: true as const }, ""],
    ["immutable subjects without ids", { ...branch, subjects: "immutable" as const }, ""],
    [
      "immutable subjects without the owner's id",
      { ...branch, repositoryId: "2", subjects: "both" as const },
      "",
    ],
    [
      "immutable subjects without the repository's id",
      { ...branch, ownerId: "1", subjects: "both" as const },
      "",
    ],
  ])("refuses %s", (_what, github, key) => {
    expect(locationsOf(withRole({ github }))).toEqual([`${AT}.github${key}`]);
  });

  test("refuses pull requests, which run anybody's code, on an administrator", () => {
    const github = { repository: "octo/website", pullRequest: true as const };
    const roles = { daily: role(), deployer: adminRole({ github }) };
    expect(violationsOf(environment({ roles }))).toEqual([
      expect.objectContaining({
        location: "environments/prod.ts: roles.deployer.github",
        remedy: "use a GitHub environment with reviewers",
      }),
    ]);
  });

  test("tells everything that is wrong with it at once", () => {
    const github = { repository: "*", branch: "*", environment: "*", subjects: "immutable" as const };
    expect(violationsOf(withRole({ github }))).toHaveLength(5);
  });
});

test("a device may list a role and GitHub may assume it too", () => {
  const github = { repository: "octo/website", branch: "main" };
  const devices = { laptop: device() };
  expect(violationsOf(environment({ devices, roles: { daily: role({ github }) } }))).toEqual([]);
});
