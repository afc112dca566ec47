import { managedPolicyTexts } from "../../../src/iam/managed-policies";
import { statementFaults } from "../../../src/iam/names/statement-faults";
import type { Statement } from "../../../src/iam/policy-document";

const allow = (difference: Partial<Statement>): Statement => ({
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "*",
  ...difference,
});
/** The name, and what to do, of each fault. */
const told = (statement: Statement) =>
  statementFaults(statement, "aws").map(({ path, name, remedy }) => [path.join("."), name, remedy]);

describe("actions", () => {
  test.each([
    "s3:GetObject",
    "S3:getobject",
    "s3:Get*",
    "s3:*",
    "*",
    "*:*",
    "iam:?etUser",
    "ec2:Describe*",
    // in policies of AWS, and in no reference
    "payments:CreatePaymentProfile",
    "deepracer:*",
  ])("%s is one", (Action) => {
    expect(told(allow({ Action }))).toEqual([]);
    expect(told({ Effect: "Deny", NotAction: Action, Resource: "*" })).toEqual([]);
  });

  test.each([
    ["s3:GetObjekt", 'did you mean "s3:GetObject"?'],
    ["s3:GetObjekt*", 'did you mean "s3:GetObject*"?'],
    ["s33:PutObject", 'did you mean "s3:PutObject"?'],
    ["s33:*", 'did you mean "s3"?'],
    ["iam:CreateAcessKey", 'did you mean "iam:CreateAccessKey"?'],
    ["lamda:InvokeFunction", 'did you mean "lambda:InvokeFunction"?'],
    ["ec2:Xyzzy*", "correct it"],
  ])("%s is none: %s", (Action, remedy) => {
    expect(told(allow({ Action }))).toEqual([["Action", Action, remedy]]);
    expect(told(allow({ Action: ["s3:PutObject", Action] }))).toEqual([["Action.1", Action, remedy]]);
    expect(told({ Effect: "Deny", NotAction: Action, Resource: "*" })).toEqual([
      ["NotAction", Action, remedy],
    ]);
  });
});

describe("condition keys", () => {
  test.each([
    ["aws:SourceVpcc", 'did you mean "aws:SourceVpc"?'],
    ["aws:ResourceTags/team", 'did you mean "aws:ResourceTag/team"?'],
    ["s3:prefixx", 'did you mean "s3:prefix"?'],
    ["s33:prefix", 'did you mean "s3:prefix"?'],
    ["saml:audd", 'did you mean "saml:aud"?'],
    ["token.actions.githubuserconten.com:sub", 'did you mean "token.actions.githubusercontent.com:sub"?'],
  ])("%s is none: %s", (key, remedy) => {
    const Condition = { StringEquals: { [key]: "x" } };
    expect(told(allow({ Action: "s3:ListBucket", Condition }))).toEqual([
      [`Condition.StringEquals.${key}`, key, remedy],
    ]);
  });

  test("the issuer of anybody's own identities is one", () => {
    for (const key of ["saml:aud", "oidc.example.com/id/1:sub", "token.actions.githubusercontent.com:sub"])
      expect(told(allow({ Condition: { StringEquals: { [key]: "x" } } }))).toEqual([]);
  });

  test("a key that no request of the actions carries is wrong", () => {
    const Condition = { StringEquals: { "s3:prefix": "people/" } };
    expect(told(allow({ Action: ["s3:ListBucket", "s3:GetObject"], Condition }))).toEqual([]);
    expect(told(allow({ Action: "s3:*", Condition }))).toEqual([]);
    expect(told(allow({ Action: "*", Condition }))).toEqual([]);
    expect(told(allow({ Action: "s3:GetObject", Condition }))).toEqual([
      ["Condition.StringEquals.s3:prefix", "s3:prefix", "they do not carry s3:prefix: ask for another key"],
    ]);
  });

  test("a Deny never denies an action whose requests lack the key, where the others carry it", () => {
    const deny: Statement = { Effect: "Deny", Action: ["s3:ListBucket", "s3:GetObject"], Resource: "*" };
    expect(told({ ...deny, Condition: { StringLike: { "s3:prefix": "secret/*" } } })).toEqual([
      ["Condition.StringLike.s3:prefix", "s3:prefix", expect.stringContaining("never deny s3:GetObject")],
    ]);
    // true where the key is absent: it denies more, not less
    expect(told({ ...deny, Condition: { StringNotLike: { "s3:prefix": "people/*" } } })).toEqual([]);
    expect(told({ ...deny, Condition: { StringLikeIfExists: { "s3:prefix": "secret/*" } } })).toEqual([]);
    expect(told({ ...deny, Condition: { Null: { "s3:prefix": "true" } } })).toEqual([]);
    expect(told({ ...deny, Condition: { Null: { "s3:prefix": "false" } } })).toHaveLength(1);
  });

  test("an operator of another type than the key is never true", () => {
    expect(told(allow({ Condition: { IpAddress: { "aws:SourceVpc": "203.0.113.0/24" } } }))).toEqual([
      ["Condition.IpAddress.aws:SourceVpc", "aws:SourceVpc", "use StringEquals or StringLike"],
    ]);
    expect(told(allow({ Condition: { Bool: { "aws:SourceIp": "true" } } }))).toHaveLength(1);
    expect(told(allow({ Condition: { StringEquals: { "aws:SecureTransport": "true" } } }))).toEqual([]);
  });
});

describe("values of conditions", () => {
  test.each([
    ["aws:RequestedRegion", "eu-centrl-1", 'did you mean "eu-central-1"?'],
    ["iam:PassedToService", "ec3.amazonaws.com", 'did you mean "ec2.amazonaws.com"?'],
    ["aws:SourceAccount", "11112222333", "write the account id"],
    ["aws:SourceVpc", "vpc-123", "correct it"],
    ["aws:PrincipalType", "AssumedRol", 'did you mean "AssumedRole"?'],
    ["kms:ViaService", "s3.eu-centrl-1.amazonaws.com", 'did you mean "eu-central-1"?'],
    [
      "iam:PolicyARN",
      "arn:aws:iam::aws:policy/ReadOnlyAcess",
      'did you mean "arn:aws:iam::aws:policy/ReadOnlyAccess"?',
    ],
    ["aws:SourceArn", "arn:aws:s3::octo", "three colons"],
  ])("%s is not %s: %s", (key, value, remedy) => {
    const faults = told(allow({ Action: "*", Condition: { StringEquals: { [key]: value } } }));
    expect(faults).toEqual([[`Condition.StringEquals.${key}`, value, expect.stringContaining(remedy)]]);
  });

  test.each([
    ["aws:RequestedRegion", "eu-*"],
    ["iam:PassedToService", "*.amazonaws.com"],
    ["iam:PassedToService", "ecs-tasks.amazonaws.com"],
    ["iam:PassedToService", "states.eu-central-1.amazonaws.com"],
    ["aws:SourceAccount", "${aws:PrincipalAccount}"],
    ["kms:ViaService", "s3.eu-central-1.amazonaws.com"],
    ["iam:PolicyARN", "arn:aws:iam::111122223333:policy/team/reader"],
    ["aws:PrincipalArn", "arn:aws:iam::444455556666:role/deploy-*"],
  ])("%s may be %s", (key, value) => {
    expect(told(allow({ Action: "*", Condition: { StringLike: { [key]: value } } }))).toEqual([]);
  });
});

describe("policy variables", () => {
  test.each([
    ["${aws:usrname}", 'did you mean "aws:username"?'],
    ["${aws:TagKeys}", "has many values"],
    ["${AWS::AccountId}", "CloudFormation"],
    ["${var.bucket}", "write the value itself"],
    ["$${aws:username}", "write one dollar sign"],
  ])("%s is none: %s", (variable, remedy) => {
    const expected = [variable, expect.stringContaining(remedy)];
    expect(told(allow({ Resource: `arn:aws:s3:::octo/${variable}/*` }))).toEqual([["Resource", ...expected]]);
    const Condition = { StringLike: { "s3:prefix": ["home", `home/${variable}/*`] } };
    expect(told(allow({ Action: "s3:ListBucket", Condition }))).toEqual([
      ["Condition.StringLike.s3:prefix.1", ...expected],
    ]);
  });

  test.each([
    "${aws:username}",
    "${ aws:PrincipalTag/team , 'nobody' }",
    "${saml:sub}",
    "${token.actions.githubusercontent.com:sub}",
    "${*}",
    "${$}",
  ])("%s is one", (variable) => {
    expect(told(allow({ Resource: `arn:aws:s3:::octo/${variable}/*` }))).toEqual([]);
  });
});

test("hardly a statement of AWS's own policies is refused", () => {
  const text = (_key: string, value: unknown) => (typeof value === "boolean" ? String(value) : value);
  const refused = managedPolicyTexts().flatMap((json) =>
    (JSON.parse(json, text).Statement as Statement[]).filter(
      (statement) => statementFaults(statement, /"arn:(aws-[a-z-]+):/.exec(json)?.[1] ?? "aws").length > 0,
    ),
  );
  // wrong in AWS's own policies, too
  expect(refused.length).toBeLessThan(22);
});
