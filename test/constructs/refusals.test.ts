import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, TerraformStack, Testing } from "cdktf";
import { AssumableRole, type AssumableRoleProps } from "../../src/constructs/assumable-role";
import { BreakGlassUser } from "../../src/constructs/break-glass-user";
import { DeviceUser } from "../../src/constructs/device-user";
import { ManagedPolicy } from "../../src/constructs/managed-policy";
import { PasswordlessUser, type PasswordlessUserProps } from "../../src/constructs/passwordless-user";
import { PermissionGroup, type PermissionGroupProps } from "../../src/constructs/permission-group";
import { RepositoryUser } from "../../src/constructs/repository-user";
import { RoleSuffix } from "../../src/constructs/role-suffix";
import { policyDocument, type Statement } from "../../src/iam/policy-document";

const newStack = () => new TerraformStack(new App(), "prod-identity");
const render = (stack: TerraformStack) =>
  JSON.parse(Testing.synth(stack)) as { resource: Record<string, Record<string, Record<string, unknown>>> };
const statement: Statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const sized = (characters: number) => policyDocument({ ...statement, Resource: "x".repeat(characters) });

describe("a passwordless user", () => {
  const user = (difference: Partial<PasswordlessUserProps>) => () =>
    new PasswordlessUser(newStack(), "user", {
      userName: "laptop",
      path: "/baseline/device/",
      groupNames: ["developers"],
      ...difference,
    });
  const groups = (count: number) => Array.from({ length: count }, (_, index) => `g${index}`);

  test.each([
    ["64 characters", { userName: "a".repeat(64) }],
    ["the root path", { path: "/" }],
    ["a path of 512 characters", { path: `/${"p".repeat(510)}/` }],
    ["one group", { groupNames: groups(1) }],
    ["ten groups", { groupNames: groups(10) }],
  ])("may have %s", (_what, difference) => expect(user(difference)).not.toThrow());

  test.each([
    [
      "65 characters",
      { userName: "a".repeat(65) },
      /prod-identity\/user: an IAM user name is 1-64 .* rename the user/,
    ],
    ["a blank", { userName: "anna laptop" }, /got "anna laptop"/],
    ["a path without its first slash", { path: "baseline/device/" }, /an IAM path begins and ends with "\/"/],
    ["a path without its last slash", { path: "/baseline/device" }, /an IAM path begins and ends/],
    ["an empty path element", { path: "//" }, /an IAM path begins and ends/],
    ["a path of 513 characters", { path: `/${"p".repeat(511)}/` }, /an IAM path begins and ends/],
    ["no group", { groupNames: [] }, /1-10 groups, got 0/],
    ["eleven groups", { groupNames: groups(11) }, /1-10 groups, got 11/],
  ])("refuses %s", (_what, difference, message) => {
    expect(user(difference)).toThrow(RangeError);
    expect(user(difference)).toThrow(message);
  });

  test.each([
    [
      "device",
      (stack: TerraformStack) =>
        new DeviceUser(stack, "x", { userName: "a b", owner: "anna", groupNames: ["g"] }),
    ],
    [
      "break-glass user",
      (stack: TerraformStack) =>
        new BreakGlassUser(stack, "x", { userName: "a b", owner: "anna", groupNames: ["g"] }),
    ],
    [
      "repository",
      (stack: TerraformStack) => new RepositoryUser(stack, "x", { repository: "a b/c", groupNames: ["g"] }),
    ],
  ])("as a %s refuses the same", (_kind, make) => expect(() => make(newStack())).toThrow(RangeError));

  test("has the default path of its kind where it stands alone", () => {
    const stack = newStack();
    new DeviceUser(stack, "device", { userName: "laptop", owner: "anna", groupNames: ["g"] });
    new BreakGlassUser(stack, "emergency", { userName: "emergency", owner: "anna", groupNames: ["g"] });
    new RepositoryUser(stack, "repository", { repository: "octo/website", groupNames: ["g"] });
    const users = Object.values(render(stack).resource["aws_iam_user"] ?? {});
    expect(users.map(({ name, path }) => [name, path]).sort()).toEqual([
      ["emergency", "/baseline/break-glass/"],
      ["laptop", "/baseline/device/"],
      ["octo.website", "/baseline/ci/"],
    ]);
  });
});

describe("a managed policy", () => {
  const policy =
    (policyName: string, document = policyDocument(statement)) =>
    () =>
      new ManagedPolicy(newStack(), "policy", { policyName, path: "/baseline/", arn: "arn:x", document });
  const base = 6144 - JSON.stringify(sized(0)).length;

  test("may have 128 characters in its name and 6,144 in its text", () => {
    expect(policy("p".repeat(128), sized(base))).not.toThrow();
  });

  test.each([
    [
      "a name of 129 characters",
      policy("p".repeat(129)),
      /prod-identity\/policy: an IAM policy name is 1-128/,
    ],
    ["a name with a slash", policy("a/b"), /got "a\/b"/],
    [
      "6,145 characters",
      policy("p", sized(base + 1)),
      /at most 6144 characters without white space, got 6145; split it/,
    ],
  ])("refuses %s", (_what, make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});

describe("a group", () => {
  const group = (difference: Partial<PermissionGroupProps>) => () =>
    new PermissionGroup(newStack(), "group", {
      groupName: "developers",
      path: "/baseline/",
      managedPolicies: {},
      ...difference,
    });
  const managed = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, `arn:aws:iam::aws:policy/P${i}`]));

  test("may have 128 characters in its name and ten managed policies", () => {
    expect(group({ groupName: "g".repeat(128), managedPolicies: managed(10) })).not.toThrow();
  });

  test.each([
    [
      "a name of 129 characters",
      group({ groupName: "g".repeat(129) }),
      /prod-identity\/group: an IAM group name is 1-128/,
    ],
    [
      "eleven managed policies",
      group({ managedPolicies: managed(11) }),
      /at most 10 managed policies, got 11; merge some/,
    ],
    [
      "an inline policy of more than 5,120 characters",
      group({ inlinePolicy: { name: "ci", document: sized(5120) } }),
      /at most 5120 characters/,
    ],
  ])("refuses %s", (_what, make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});

describe("a role", () => {
  const trust = policyDocument({
    Effect: "Allow",
    Principal: { Service: "ec2.amazonaws.com" },
    Action: "sts:AssumeRole",
  });
  const trusting = (principal: Partial<Statement>) => ({
    trust: policyDocument({ Effect: "Allow", Action: "sts:AssumeRole", ...principal }),
  });
  const role =
    (difference: Partial<AssumableRoleProps>, stack = newStack()) =>
    () =>
      new AssumableRole(stack, "role", { roleName: "daily", path: "/baseline/", trust, ...difference });
  const trustOf = (characters: number) => {
    const empty = JSON.stringify(trusting({ Principal: { AWS: "" } }).trust).length;
    return trusting({ Principal: { AWS: "x".repeat(characters - empty) } });
  };
  const inline = (document: ReturnType<typeof policyDocument>) => ({
    inlinePolicy: { name: "role", document },
  });

  test.each([
    ["64 characters", { roleName: "r".repeat(64) }],
    ["a trust of 2,048 characters", trustOf(2048)],
    ["a session of an hour", { maxSessionDuration: 3600 }],
    ["a session of twelve hours", { maxSessionDuration: 43200 }],
    [
      "a Deny for everybody",
      {
        trust: policyDocument(...trust.Statement, {
          Effect: "Deny",
          Principal: "*",
          Action: "sts:AssumeRole",
        }),
      },
    ],
    [
      "a policy that only sounds like the guard",
      { managedPolicyArns: { x: "arn:aws:iam::aws:policy/AmazonGuardDutyFullAccess" } },
    ],
  ])("may have %s", (_what, difference) => expect(role(difference)).not.toThrow());

  test.each([
    [
      "65 characters",
      { roleName: "r".repeat(65) },
      /prod-identity\/role: an IAM role name is 1-64 .* rename the role/,
    ],
    ["everybody", trusting({ Principal: "*" }), /names who may assume the role, got "\*"; list users/],
    [
      "every AWS principal",
      trusting({ Principal: { AWS: "*" } }),
      /names who may assume the role, got \{"AWS":"\*"\}/,
    ],
    [
      "every AWS principal among others",
      trusting({ Principal: { AWS: ["arn:aws:iam::1:user/x", "*"] } }),
      /names who/,
    ],
    ["every service", trusting({ Principal: { Service: "*" } }), /names who/],
    ["every provider", trusting({ Principal: { Federated: "*" } }), /names who/],
    [
      "everybody but one",
      trusting({ NotPrincipal: { AWS: "arn:aws:iam::1:user/x" } }),
      /got \{"NotPrincipal"/,
    ],
    ["no principal", trusting({}), /names who/],
    ["a trust of 2,049 characters", trustOf(2049), /at most 2048 characters, got 2049; split the role/],
    ["a session of 3,599 seconds", { maxSessionDuration: 3599 }, /lasts 3600-43200 seconds, got 3599/],
    ["a session of 43,201 seconds", { maxSessionDuration: 43201 }, /got 43201/],
    [
      "the guard",
      { managedPolicyArns: { guard: "arn:aws:iam::1:policy/baseline/baseline-guard" } },
      /guard and self-service are for users/,
    ],
    [
      "self-service",
      { managedPolicyArns: { x: "arn:aws:iam::1:policy/team/team-self-service-break-glass" } },
      /guard and self-service/,
    ],
    [
      "a statement that asks for MFA",
      inline(policyDocument({ ...statement, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })),
      /carries neither MFA nor aws:username/,
    ],
    [
      "a statement about the user's own name",
      inline(policyDocument({ ...statement, Resource: "x/${aws:username}" })),
      /aws:username/,
    ],
    ["an inline policy of more than 10,240 characters", inline(sized(10240)), /at most 10240 characters/],
    [
      "eleven managed policies",
      { managedPolicyArns: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`p${i}`, `arn:${i}`])) },
      /at most 10 managed policies, got 11/,
    ],
    ["a description in Japanese", { description: "毎日" }, /Latin-1/],
  ] as [string, Partial<AssumableRoleProps>, RegExp][])("refuses %s", (_what, difference, message) => {
    expect(role(difference)).toThrow(RangeError);
    expect(role(difference)).toThrow(message);
  });

  test("takes a name that ends in a token, and an ARN that is one", () => {
    const stack = newStack();
    const bucket = new S3Bucket(stack, "bucket", { bucket: "octo" });
    const suffix = new RoleSuffix(stack, "suffix").value;
    role(
      {
        roleName: `${"r".repeat(60)}-${suffix}`,
        ...inline(policyDocument({ ...statement, Resource: bucket.arn })),
      },
      stack,
    )();
    const { resource } = render(stack);
    expect(Object.values(resource["aws_iam_role"] ?? {})).toMatchObject([
      { name: expect.stringMatching(/^r{60}-\$\{random_string\.[^}]+\.result\}$/) },
    ]);
    expect(Object.values(resource["aws_iam_role_policy"] ?? {})).toMatchObject([
      { policy: expect.stringContaining('"Resource":"${aws_s3_bucket.bucket.arn}"') },
    ]);
  });

  test("has a fixed suffix as data, and then no random string", () => {
    const stack = newStack();
    expect(new RoleSuffix(stack, "suffix", { fixed: "x1" }).value).toBe("x1");
    expect(render(stack).resource).toBeUndefined();
  });
});
