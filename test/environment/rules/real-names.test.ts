import { s3 } from "../../../src/environment/backend";
import type { EnvironmentInput } from "../../../src/environment/environment";
import { allow, deny } from "../../../src/environment/policy-statement";
import { adminRole, dailyRole } from "../../../src/environment/role-presets";
import { ciGroup, environment, locationsOf, role, violationsOf, withRole } from "../../builders/environment";

const AT = "environments/prod.ts: roles.daily";
/** Place, what is there and what to do, of everything that is said. */
const told = (input: EnvironmentInput) =>
  violationsOf(input).map(({ location, got, remedy }) => [location, got, remedy]);
const since = " (if AWS has added it since: allowUnknown, with a reason)";

describe("a misspelt name is told with file and key", () => {
  test.each([
    [
      "an action that is allowed",
      allow("s3:GetObjekt", "*"),
      "Action",
      '"s3:GetObjekt"',
      'did you mean "s3:GetObject"?',
    ],
    [
      "an action that is denied",
      deny("iam:CreateAcessKey", "*"),
      "Action",
      '"iam:CreateAcessKey"',
      'did you mean "iam:CreateAccessKey"?',
    ],
    [
      "a service",
      allow(["s3:GetObject", "s33:PutObject"], "*"),
      "Action[1]",
      '"s33:PutObject"',
      'did you mean "s3:PutObject"?',
    ],
    [
      "a condition key",
      allow("s3:GetObject", "*", { StringEquals: { "aws:SourceVpcc": "vpc-12345678" } }),
      "Condition.StringEquals.aws:SourceVpcc",
      '"aws:SourceVpcc"',
      'did you mean "aws:SourceVpc"?',
    ],
    [
      "a policy variable",
      allow("s3:GetObject", "arn:aws:s3:::octo/${aws:usrname}/*"),
      "Resource",
      '"${aws:usrname}"',
      'did you mean "aws:username"?',
    ],
  ])("%s", (_what, statement, key, got, remedy) => {
    expect(told(withRole({ statements: [allow("s3:ListAllMyBuckets", "*"), statement] }))).toEqual([
      [`${AT}.statements[1].${key}`, got, `${remedy}${since}`],
    ]);
    expect(told(withRole({ permissionsBoundary: [statement] }))).toEqual([
      [`${AT}.permissionsBoundary[0].${key}`, got, `${remedy}${since}`],
    ]);
    const statements = [allow("s3:ListAllMyBuckets", "*"), statement];
    expect(told(environment({ ciGroups: { deployers: ciGroup({ statements }) } }))).toEqual([
      [`environments/prod.ts: ciGroups.deployers.statements[1].${key}`, got, `${remedy}${since}`],
    ]);
  });

  test("every one of them, in one go", () => {
    const statements = [
      allow(["s3:GetObjekt", "s3:PutObjekt"], ["arn:aws:s3::octo/*", "arn:aws-cn:s3:::octo/*"]),
    ];
    expect(locationsOf(withRole({ statements }))).toEqual([
      `${AT}.statements[0].Action[0]`,
      `${AT}.statements[0].Action[1]`,
      `${AT}.statements[0].Resource[0]`,
      `${AT}.statements[0].Resource[1]`,
    ]);
  });

  test.each([
    ["ViewOnlyAccess", 'its path belongs to its name: "job-function/ViewOnlyAccess"'],
    ["job-function/ViewOnlyAcess", `did you mean "job-function/ViewOnlyAccess"?${since}`],
    ["PowerUserAcess", `did you mean "PowerUserAccess"?${since}`],
    [
      "arn:aws:iam::aws:policy/ReadOnlyAcess",
      `did you mean "arn:aws:iam::aws:policy/ReadOnlyAccess"?${since}`,
    ],
    ["arn:aws-cn:iam::aws:policy/ReadOnlyAccess", "write arn:aws:..."],
  ])("the managed policy %s", (policy, remedy) => {
    const got = JSON.stringify(policy);
    expect(told(withRole({ managedPolicies: [policy] }))).toEqual([
      [`${AT}.managedPolicies[0]`, got, remedy],
    ]);
    expect(told(withRole({ permissionsBoundary: policy }))).toEqual([
      [`${AT}.permissionsBoundary`, got, remedy],
    ]);
    expect(told(environment({ ciGroups: { deployers: ciGroup({ managedPolicies: [policy] }) } }))).toEqual([
      ["environments/prod.ts: ciGroups.deployers.managedPolicies[0]", got, remedy],
    ]);
  });

  test.each([
    [
      "of another service that has the action",
      "cloudwatchlogs:PutLogEvents",
      'did you mean "logs:PutLogEvents"?',
    ],
    ["a pattern of a misspelt verb", "s3:Gett*", 'did you mean "s3:Get*"?'],
    ["a pattern of a misspelt noun", "s3:PutObejct*", 'did you mean "s3:PutObject*"?'],
  ])("an action: %s", (_what, action, remedy) => {
    expect(told(withRole({ statements: [allow(action, "*")] }))).toEqual([
      [`${AT}.statements[0].Action`, JSON.stringify(action), `${remedy}${since}`],
    ]);
  });

  test.each([
    ["aws:ResourceTags/team", 'did you mean "aws:ResourceTag/team"?'],
    ["aws:PrincipleTag/team", 'did you mean "aws:PrincipalTag/team"?'],
    ["aws:ResourceTag", 'write the key of the tag behind it: "aws:ResourceTag/${TagKey}"'],
  ])("the condition key %s", (key, remedy) => {
    const statement = allow("ec2:StartInstances", "*", { StringEquals: { [key]: "a" } });
    expect(told(withRole({ statements: [statement] }))).toEqual([
      [`${AT}.statements[0].Condition.StringEquals.${key}`, JSON.stringify(key), `${remedy}${since}`],
    ]);
  });

  test.each([
    ["arn:aws:s3:::undefined/*", /"undefined" is what JavaScript writes/],
    ["arn:aws:iam::undefined:role/app", /"undefined"/],
    ["arn:aws:s3:::octo/[object Object]/*", /"\[object Object\]"/],
    ["arn:aws:dynamodb:eu-central-1:111122223333:table/null", /"null"/],
    ["arn:aws:lambda:eu-central-1:111122223333:function/api", /^write function:\.\.\./],
    ["arn:aws:sns:eu-central-1:111122223333:topic undefined", undefined],
    ["arn:aws:s3:::undefined-behaviour/*", undefined],
    ["arn:aws:ecs:eu-central-1:111122223333:task/0123", undefined],
    ["arn:aws:dynamodb:eu-central-1:111122223333:table/orders/index/*", undefined],
  ])("the resource %s", (resource, remedy) => {
    const found = violationsOf(withRole({ statements: [allow("*", resource)] }));
    expect(found.map((one) => one.remedy)).toEqual(
      remedy === undefined ? [] : [expect.stringMatching(remedy)],
    );
  });

  test.each(["managedPolicies", "permissionsBoundary"] as const)(
    "a policy of another account as %s",
    (key) => {
      const arn = (account: string) => {
        const policy = `arn:aws:iam::${account}:policy/team/Shared`;
        return withRole({ [key]: key === "managedPolicies" ? [policy] : policy });
      };
      expect(told(arn("444455556666"))).toEqual([
        [
          key === "managedPolicies" ? `${AT}.managedPolicies[0]` : `${AT}.permissionsBoundary`,
          '"arn:aws:iam::444455556666:policy/team/Shared"',
          "write arn:aws:iam::111122223333:policy/..., or the statements themselves",
        ],
      ]);
      expect(told(arn("111122223333"))).toEqual([]);
    },
  );

  test.each([
    ["region", environment({ region: "ap-notheast-1" }), "region", 'did you mean "ap-northeast-1"?'],
    [
      "region of the state",
      environment({ backend: s3({ bucket: "octo-state", region: "eu-centrl-1" }) }),
      "backend.region",
      'did you mean "eu-central-1"?',
    ],
    [
      "service that a role trusts",
      environment({ roles: { daily: role(), web: role({ service: { principal: "ec3.amazonaws.com" } }) } }),
      "roles.web.service.principal",
      'did you mean "ec2.amazonaws.com"?',
    ],
    [
      "resource that a service acts for",
      environment({
        roles: {
          daily: role(),
          web: role({ service: { principal: "events.amazonaws.com", sourceArns: ["arn:aws:s3::octo"] } }),
        },
      }),
      "roles.web.service.sourceArns[0]",
      "an ARN of S3 has three colons before the bucket: arn:aws:s3:::bucket/*",
    ],
  ])("the %s", (_what, input, key, remedy) => {
    expect(told(input)).toEqual([
      [
        `environments/prod.ts: ${key}`,
        expect.any(String),
        remedy.endsWith("?") ? `${remedy}${since}` : remedy,
      ],
    ]);
  });

  test.each([
    ["a partition that is not that of the region", "eu-central-1", "cn-north-1", "backend.region"],
    ["a region that is not that of the key", "eu-central-1", "eu-west-1", "backend.kmsKeyArn"],
  ])("the state in %s", (_what, region, bucketRegion, key) => {
    const kmsKeyArn = `arn:${bucketRegion.startsWith("cn") ? "aws-cn" : "aws"}:kms:${key.endsWith("Arn") ? region : bucketRegion}:111122223333:key/1`;
    const backend = s3({ bucket: "octo-state", region: bucketRegion, kmsKeyArn });
    expect(locationsOf(environment({ region, backend }))).toEqual([`environments/prod.ts: ${key}`]);
  });
});

describe("allowUnknown", () => {
  const statements = [
    allow("s3:GetTomorrow", "*"),
    allow("s3:GetObject", "*", { Bool: { "aws:Tomorrow": "true" } }),
  ];
  const reason = "announced on 2026-11-20";

  test("lets a name stand that AWS has added since", () => {
    const allowUnknown = {
      "s3:GetTomorrow": reason,
      "aws:Tomorrow": reason,
      "job-function/Tomorrow": reason,
      "eu-tomorrow-1": reason,
    };
    const input = environment({
      allowUnknown,
      region: "eu-tomorrow-1",
      roles: { daily: role({ statements, managedPolicies: ["job-function/Tomorrow"] }) },
    });
    expect(violationsOf(input)).toEqual([]);
  });

  test("lets no other name stand", () => {
    const input = { ...withRole({ statements }), allowUnknown: { "s3:GetTomorrow": reason } };
    expect(locationsOf(input)).toEqual([`${AT}.statements[1].Condition.Bool.aws:Tomorrow`]);
  });

  test("refuses a name that is written nowhere, or known", () => {
    const input = environment({ allowUnknown: { "s3:GetTomorow": reason } });
    expect(told(input)).toEqual([
      ["environments/prod.ts: allowUnknown.s3:GetTomorow", '"s3:GetTomorow"', "remove it"],
    ]);
    expect(
      locationsOf({
        ...withRole({ statements }),
        allowUnknown: { "s3:GetTomorow": reason, "aws:Tomorrow": reason },
      }),
    ).toEqual([`${AT}.statements[0].Action`, "environments/prod.ts: allowUnknown.s3:GetTomorow"]);
  });

  test("excuses nothing that is wrong by its form", () => {
    const input = {
      ...withRole({ managedPolicies: ["ViewOnlyAccess"] }),
      allowUnknown: { ViewOnlyAccess: "we call it so" },
    };
    expect(locationsOf(input)).toEqual([
      `${AT}.managedPolicies[0]`,
      "environments/prod.ts: allowUnknown.ViewOnlyAccess",
    ]);
  });

  test("needs a reason", () => {
    expect(locationsOf(environment({ allowUnknown: { "s3:GetTomorrow": "new" } }))).toEqual([
      "environments/prod.ts: allowUnknown.s3:GetTomorrow",
    ]);
  });
});

describe("what IAM's grammar refuses is told by file and key, too", () => {
  test.each([
    ["an operator", { StringEqual: { "aws:SourceVpc": "vpc-12345678" } }, "Condition.StringEqual"],
    ["a value", { Bool: { "aws:SecureTransport": "yes" } }, "Condition.Bool.aws:SecureTransport"],
    [
      "a key without a service",
      { StringEquals: { SourceVpc: "vpc-12345678" } },
      "Condition.StringEquals.SourceVpc",
    ],
  ])("%s", (_what, condition, key) => {
    expect(locationsOf(withRole({ statements: [allow("s3:GetObject", "*", condition)] }))).toEqual([
      `${AT}.statements[0].${key}`,
    ]);
  });
});

describe("in every partition", () => {
  test.each([
    ["eu-central-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
    ["eu-isoe-west-1", "aws-iso-e"],
    ["us-isof-south-1", "aws-iso-f"],
    ["eusc-de-east-1", "aws-eusc"],
  ])("%s the presets are valid, and ARNs are of %s", (region, partition) => {
    const roles = {
      daily: dailyRole({ uploadTo: [{ bucket: "octo-uploads", prefix: "anna/" }] }),
      admin: adminRole(),
    };
    const ciGroups = {
      deployers: ciGroup({ statements: [allow("s3:PutObject", "arn:${partition}:s3:::octo/*")] }),
    };
    const devices = { laptop: { owner: "anna", roles: ["daily", "admin"] } };
    expect(violationsOf(environment({ region, roles, ciGroups, devices }))).toEqual([]);
    const foreign = ciGroup({ statements: [allow("s3:PutObject", "arn:aws:s3:::octo/*")] });
    expect(locationsOf(environment({ region, roles, devices, ciGroups: { deployers: foreign } }))).toEqual(
      partition === "aws" ? [] : ["environments/prod.ts: ciGroups.deployers.statements[0].Resource"],
    );
  });
});
