import { actionMatches, effectivePolicies, evaluate } from "../../../src/iam/evaluate";
import type { Statement } from "../../../src/iam/policy-document";
import type { AccessRequest } from "../../../src/iam/request";
import {
  ACCOUNT,
  accessGraph,
  allow,
  attached,
  deny,
  group,
  OTHER_ACCOUNT,
  policyOf,
  user,
} from "../../builders/access-graph";

/** Whether a user with these statements may do something. */
function effect(
  statements: readonly Statement[],
  parts: Partial<AccessRequest> = {},
  boundary?: readonly Statement[],
) {
  const subject = user({
    policies: [policyOf(...statements)],
    ...(boundary === undefined ? {} : { permissionsBoundary: policyOf(...boundary) }),
  });
  return evaluate(
    {
      principal: subject.arn,
      credentials: { kind: "long-term-key" },
      network: "none",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/home/x",
      ...parts,
    },
    accessGraph({ users: [subject] }),
  ).effect;
}

test.each<[string, readonly Statement[], string]>([
  ["nothing allows", [], "ImplicitlyDenied"],
  ["an Allow fits", [allow("s3:GetObject")], "Allowed"],
  ["a Deny fits too", [allow("*"), deny("s3:GetObject")], "ExplicitlyDenied"],
  ["the Deny comes first", [deny("s3:*"), allow("*")], "ExplicitlyDenied"],
  ["the Deny is of another action", [allow("*"), deny("s3:PutObject")], "Allowed"],
  ["the action has another case", [allow("S3:getobject")], "Allowed"],
  ["the action is a wildcard", [allow("s3:Get?bject")], "Allowed"],
  ["the action is of another service", [allow("s3express:GetObject")], "ImplicitlyDenied"],
  ["the resource is another", [allow("s3:*", "arn:aws:s3:::data/work/*")], "ImplicitlyDenied"],
  ["the resource has another case", [allow("s3:*", "arn:aws:s3:::Data/*")], "ImplicitlyDenied"],
  ["the resource is one of several", [allow("s3:*", ["arn:aws:s3:::a/*", "arn:aws:s3:::data/*"])], "Allowed"],
  ["NotAction excepts it", [{ Effect: "Allow", NotAction: "s3:Get*", Resource: "*" }], "ImplicitlyDenied"],
  ["NotAction does not except it", [{ Effect: "Allow", NotAction: ["iam:*"], Resource: "*" }], "Allowed"],
  [
    "NotResource excepts it",
    [{ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::data/*" }],
    "ImplicitlyDenied",
  ],
  [
    "NotResource does not except it",
    [{ Effect: "Allow", Action: "*", NotResource: ["arn:aws:s3:::x"] }],
    "Allowed",
  ],
  [
    "Deny with NotResource",
    [allow("*"), { Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::x" }],
    "ExplicitlyDenied",
  ],
])("when %s", (_what, statements, expected) => {
  expect(effect(statements)).toBe(expected);
});

describe("a permissions boundary", () => {
  test.each<[string, readonly Statement[], readonly Statement[], string]>([
    ["grants nothing", [], [allow("*")], "ImplicitlyDenied"],
    ["lets through what it allows", [allow("*")], [allow("s3:*")], "Allowed"],
    ["holds back what it does not allow", [allow("*")], [allow("ec2:*")], "ImplicitlyDenied"],
    ["denies what it denies", [allow("*")], [allow("*"), deny("s3:*")], "ExplicitlyDenied"],
    ["denies even what nothing allows", [], [allow("*"), deny("s3:*")], "ExplicitlyDenied"],
  ])("%s", (_what, statements, boundary, expected) => {
    expect(effect(statements, {}, boundary)).toBe(expected);
  });
});

describe("resources are compared as ARNs", () => {
  test.each([
    ["arn:aws:iam::*:user/x", "arn:aws:iam::111122223333:user/x", "Allowed"],
    ["arn:aws:iam::1111*3333:user/x", "arn:aws:iam::111122223333:user/x", "Allowed"],
    ["arn:aws:sqs:*:111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:q", "Allowed"],
    ["arn:aws:sqs:eu*1:111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:q", "Allowed"],
    ["arn:aws:sqs:eu*3:q", "arn:aws:sqs:eu-west-1:111122223333:q", "ImplicitlyDenied"],
    ["arn:aws:sqs:eu-west-1?111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:q", "ImplicitlyDenied"],
    ["arn:aws:sqs:*", "arn:aws:sqs:eu-west-1:111122223333:q", "Allowed"],
    [
      "arn:aws:logs:*:*:log-group:*",
      "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/x:log-stream:y",
      "Allowed",
    ],
    ["*", "*", "Allowed"],
    ["arn:aws:iam::111122223333:user/laptop", "*", "ImplicitlyDenied"],
  ])("%s and %s: %s", (pattern, resource, expected) => {
    expect(effect([allow("*", pattern)], { resource, action: "any:Thing" })).toBe(expected);
  });
});

describe("policy variables in resources", () => {
  const own = "arn:aws:s3:::data/${aws:username}/*";
  test("stand for the caller's own value", () => {
    expect(effect([allow("s3:*", own)], { resource: "arn:aws:s3:::data/laptop/x" })).toBe("Allowed");
    expect(effect([allow("s3:*", own)], { resource: "arn:aws:s3:::data/other/x" })).toBe("ImplicitlyDenied");
  });
  test("match no resource without a value", () => {
    const byTeam = "arn:aws:s3:::data/${aws:PrincipalTag/Team}/*";
    expect(effect([allow("s3:*", byTeam)], { resource: "arn:aws:s3:::data//x" })).toBe("ImplicitlyDenied");
  });
  test("have a default", () => {
    const byTeam = "arn:aws:s3:::data-${aws:PrincipalTag/Team, 'all'}/*";
    expect(effect([allow("s3:*", byTeam)], { resource: "arn:aws:s3:::data-all/x" })).toBe("Allowed");
  });
  test("without a value match nothing, so NotResource spares nothing", () => {
    const except: Statement = {
      Effect: "Deny",
      Action: "*",
      NotResource: "arn:aws:s3:::${aws:PrincipalTag/Team}/*",
    };
    expect(effect([allow("*"), except])).toBe("ExplicitlyDenied");
    const others: Statement = { ...except, Effect: "Allow" };
    expect(effect([others])).toBe("Allowed");
  });
  test("are not replaced before the fifth colon", () => {
    expect(
      effect([allow("*", "arn:aws:iam::${aws:PrincipalAccount}:user/x")], {
        action: "iam:GetUser",
        resource: `arn:aws:iam::${ACCOUNT}:user/x`,
      }),
    ).toBe("Unknown");
  });
});

test("groups give and deny to their members", () => {
  const readers = group({ policies: [policyOf(allow("s3:Get*")), policyOf(deny("s3:GetBucketAcl"))] });
  const member = user({ groups: [readers] });
  const graph = accessGraph({ users: [member], groups: [readers] });
  const ask = (action: string) =>
    evaluate(
      {
        principal: member.arn,
        credentials: { kind: "long-term-key" },
        network: "none",
        action,
        resource: "*",
      },
      graph,
    );
  expect(ask("s3:GetObject")).toMatchObject({ effect: "Allowed", statements: [{ attachedTo: readers.arn }] });
  expect(ask("s3:GetBucketAcl").effect).toBe("ExplicitlyDenied");
});

test("all statements that allow are told", () => {
  const subject = user({
    policies: [policyOf(allow("s3:*")), policyOf(allow("*")), policyOf(allow("iam:*"))],
  });
  const decision = evaluate(
    {
      principal: subject.arn,
      credentials: { kind: "long-term-key" },
      network: "none",
      action: "s3:X",
      resource: "*",
    },
    accessGraph({ users: [subject] }),
  );
  expect(decision.statements.map(({ statement }) => statement.Action)).toEqual(["s3:*", "*"]);
});

describe("what belongs to another account", () => {
  test("refuses IAM, which acts on the caller's own account", () => {
    const resource = `arn:aws:iam::${OTHER_ACCOUNT}:user/x`;
    expect(effect([allow("*")], { action: "iam:CreateAccessKey", resource })).toBe("ImplicitlyDenied");
  });
  test("AWS managed policies belong to nobody", () => {
    expect(effect([allow("*")], { action: "iam:GetPolicy", resource: "arn:aws:iam::aws:policy/X" })).toBe(
      "Allowed",
    );
  });
  test("is not guessed for other services", () => {
    const resource = `arn:aws:sqs:eu-west-1:${OTHER_ACCOUNT}:q`;
    expect(effect([allow("*")], { action: "sqs:SendMessage", resource })).toBe("Unknown");
    expect(effect([], { action: "sqs:SendMessage", resource })).toBe("ImplicitlyDenied");
  });
});

test.each([
  ["iam:*AccessKey*", "iam:CreateAccessKey", true],
  ["IAM:createaccesskey", "iam:CreateAccessKey", true],
  ["iam:Create", "iam:CreateAccessKey", false],
  ["*", "iam:CreateAccessKey", true],
  ["*:*", "iam:CreateAccessKey", true],
  ["i*", "iam:CreateAccessKey", true],
])("action pattern %s and %s: %s", (pattern, action, expected) => {
  expect(actionMatches(pattern, action)).toBe(expected);
});

test("the effective policies of a user are its own and its groups', with who carries them", () => {
  const guard = attached({ Version: "2012-10-17", Statement: [deny("*")] }, { name: "guard" });
  const developers = group({ policies: [guard] });
  const subject = user({ groups: [developers], policies: [policyOf(allow("*"))] });
  const inForce = effectivePolicies(subject).map(({ policy, attachedTo }) => [policy.name, attachedTo]);
  expect(inForce).toEqual([
    ["policy", subject.arn],
    ["guard", developers.arn],
  ]);
});
