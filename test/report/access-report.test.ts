import type { AccessGraph, User } from "../../src/iam/graph";
import type { ConditionBlock, Statement } from "../../src/iam/policy-document";
import type { Cell, EnvironmentAccess } from "../../src/report/access-report";
import { accessReport } from "../../src/report/build-report";
import {
  accessGraph,
  allow,
  deny,
  group,
  OTHER_ACCOUNT,
  policyOf,
  role,
  trust,
  unknownDocument,
  user,
} from "../builders/access-graph";

function reportOf(graph: Partial<AccessGraph>): EnvironmentAccess {
  const [only] = accessReport([{ environment: "test", graph: accessGraph(graph) }]).environments;
  if (only === undefined) throw new Error("no environment");
  return only;
}

function cellOf(one: User, capability: string): Cell | undefined {
  return reportOf({ users: [one] }).users[0]?.capabilities.find((found) => found.capability === capability);
}

const when = (statement: Statement, Condition: ConditionBlock): Statement => ({ ...statement, Condition });
const holder = (...statements: readonly Statement[]): User => user({ policies: [policyOf(...statements)] });
const object = "arn:aws:s3:::bucket/*";
const write = allow("s3:PutObject", object);

describe("conditions are found by asking", () => {
  test.each<[string, readonly Statement[], readonly unknown[]]>([
    ["without any condition", [write], [{}]],
    ["MFA in the Allow", [when(write, { Bool: { "aws:MultiFactorAuthPresent": "true" } })], [{ mfa: {} }]],
    [
      "the age of MFA, exactly",
      [when(write, { NumericLessThanEquals: { "aws:MultiFactorAuthAge": "900" } })],
      [{ mfa: { maxAgeSeconds: 900 } }],
    ],
    [
      "the age of MFA, exclusively",
      [when(write, { NumericLessThan: { "aws:MultiFactorAuthAge": "900" } })],
      [{ mfa: { maxAgeSeconds: 899 } }],
    ],
    [
      "a network in the Allow",
      [when(write, { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })],
      [{ networks: ["203.0.113.0/24"] }],
    ],
    [
      "a network in a Deny",
      [write, when(deny("*"), { NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } })],
      [{ networks: ["203.0.113.0/24", "2001:db8::/32"] }],
    ],
    [
      "a network that is shut out",
      [write, when(deny("*"), { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })],
      [{ exceptNetworks: ["203.0.113.0/24"] }],
    ],
    [
      "a part of a network that is shut out",
      [
        when(write, { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
        when(deny("*"), { IpAddress: { "aws:SourceIp": "203.0.113.128/25" } }),
      ],
      [{ networks: ["203.0.113.0/24"], exceptNetworks: ["203.0.113.128/25"] }],
    ],
    [
      "a VPC",
      [when(write, { StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d4e5f60718" } })],
      [{ networks: ["vpc-0a1b2c3d4e5f60718"] }],
    ],
    [
      "MFA from elsewhere only",
      [
        when(write, { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
        when(write, { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
      ],
      [{ networks: ["203.0.113.0/24"] }, { mfa: {} }],
    ],
    [
      "everywhere written as a network",
      [when(write, { IpAddress: { "aws:SourceIp": ["0.0.0.0/0", "::/0"] } })],
      [{ networks: ["other IPv4 addresses", "other IPv6 addresses"] }],
    ],
  ])("%s", (_name, statements, conditions) => {
    expect(cellOf(holder(...statements), "write-data")?.conditions).toEqual(conditions);
  });

  test("a guard in the form that access keys pass is seen through", () => {
    const recipe = when(deny("*"), { Bool: { "aws:MultiFactorAuthPresent": "false" } });
    expect(cellOf(holder(write, recipe), "write-data")?.conditions).toEqual([{}]);
  });
});

describe("what is not known is never no", () => {
  test("a policy whose document is unknown", () => {
    const policies = [{ ...policyOf(write), document: unknownDocument() }];
    expect(cellOf(user({ policies }), "write-data")).toMatchObject({
      answer: "unknown",
      unknowns: [expect.stringContaining("known after apply")],
    });
  });

  test("a condition key that nobody knows", () => {
    const odd = when(write, { StringEquals: { "aws:PrincipalOrgID": "o-example" } });
    expect(cellOf(holder(odd), "write-data")).toMatchObject({ answer: "unknown" });
  });

  test("an Allow that is certain beside one that is not", () => {
    const odd = when(write, { StringEquals: { "aws:PrincipalOrgID": "o-example" } });
    const mfa = when(write, { Bool: { "aws:MultiFactorAuthPresent": "true" } });
    const found = cellOf(holder(odd, mfa), "write-data");
    expect(found).toMatchObject({ answer: "yes", conditions: [{ mfa: {} }] });
    expect(found?.unknowns).not.toEqual([]);
  });

  test("a trust policy that is unknown", () => {
    const target = role({
      trust: { ...trust(), document: unknownDocument("aws_iam_role.x.assume_role_policy") },
    });
    expect(reportOf({ roles: [target] }).roles[0]?.assumedBy).toMatchObject([
      { name: "not known", answer: "unknown" },
    ]);
  });
});

describe("permissions that policies only seem to give", () => {
  test("a boundary that leaves one of many actions is found behind the first ones", () => {
    const one = user({
      policies: [policyOf(allow("s3:*", object))],
      permissionsBoundary: policyOf(allow("s3:RestoreObject", "*")),
    });
    expect(cellOf(one, "write-data")).toMatchObject({ answer: "yes", extent: "some" });
    expect(cellOf(one, "read-data")).toMatchObject({ answer: "no" });
  });

  test("a Deny on exactly what is allowed", () => {
    expect(cellOf(holder(write, deny("s3:PutObject", object)), "write-data")).toMatchObject({
      answer: "no",
      what: [],
    });
  });

  test("NotAction allows all the rest", () => {
    const rest: Statement = { Effect: "Allow", NotAction: "iam:*", Resource: "*" };
    expect(cellOf(holder(rest), "change-resources")).toMatchObject({ answer: "yes", extent: "all" });
    expect(cellOf(holder(rest), "manage-iam")).toMatchObject({ answer: "no" });
  });

  test("keys of one other user are credentials of others", () => {
    const one = holder(allow("iam:UpdateAccessKey", "arn:aws:iam::111122223333:user/baseline/device/other"));
    expect(cellOf(one, "others-credentials")).toMatchObject({ answer: "yes", extent: "some" });
    expect(cellOf(one, "own-key")).toMatchObject({ answer: "no" });
  });

  test("tags that a request gives are the caller's choice", () => {
    const tagging = when(allow("iam:TagUser", "arn:aws:iam::111122223333:user/*"), {
      "ForAllValues:StringLike": { "aws:TagKeys": "keep-*" },
      Null: { "aws:TagKeys": "false" },
    });
    expect(cellOf(holder(tagging), "manage-iam")).toMatchObject({ answer: "yes", unknowns: [] });
  });
});

describe("roles", () => {
  const arn = (name: string) => `arn:aws:iam::111122223333:${name}`;
  const assume = (aws: string): Statement => ({
    Effect: "Allow",
    Principal: { AWS: aws },
    Action: "sts:AssumeRole",
  });
  const admin = policyOf(allow("*"));

  test("a chain of roles is followed to its end", () => {
    const one = user();
    const first = role({ name: "first", trust: trust(assume(one.arn)) });
    const last = role({ name: "last", trust: trust(assume(first.arn)), policies: [admin] });
    expect(reportOf({ users: [one], roles: [first, last] }).users[0]?.mayBecome).toMatchObject([
      { name: "first", through: [], administrator: "no" },
      { name: "last", through: ["first"], administrator: "yes" },
    ]);
  });

  test("trust in the account lets in whom own policies allow, and is told as the account", () => {
    const one = holder(allow("sts:AssumeRole", "*"));
    const other = user({ name: "other" });
    const open = role({ trust: trust(assume(arn("root"))) });
    const [found] = reportOf({ users: [one, other], roles: [open] }).roles;
    expect(found?.assumedBy).toMatchObject([
      { kind: "user", name: "laptop" },
      { kind: "account", name: "anyone whom policies of account 111122223333 allow" },
    ]);
  });

  test("trust in everybody is told as such", () => {
    const [found] = reportOf({ roles: [role({ trust: trust(assume("*")) })] }).roles;
    expect(found?.assumedBy).toMatchObject([
      { kind: "other", name: "anyone in any AWS account", answer: "yes" },
    ]);
  });

  test("a stranger of another account is told with what his account must allow", () => {
    const stranger = `arn:aws:iam::${OTHER_ACCOUNT}:user/partner`;
    const [found] = reportOf({ roles: [role({ trust: trust(assume(stranger)) })] }).roles;
    expect(found?.assumedBy).toMatchObject([
      { kind: "user", name: stranger, conditions: [{ besides: ["where its own account allows it"] }] },
    ]);
  });

  test("a GitHub trust without a subject is told as any subject", () => {
    const provider = {
      arn: arn("oidc-provider/token.actions.githubusercontent.com"),
      url: "token.actions.githubusercontent.com",
      clientIds: ["sts.amazonaws.com"],
      accountId: "111122223333",
      address: "",
    };
    const open = role({
      trust: trust({
        Effect: "Allow",
        Principal: { Federated: provider.arn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } },
      }),
    });
    const [found] = reportOf({ roles: [open], oidcProviders: [provider] }).roles;
    expect(found?.assumedBy).toMatchObject([
      { kind: "web-identity", name: "any repository of GitHub", answer: "yes" },
    ]);
  });

  test("a source identity that the trust asks for is a condition", () => {
    const one = user();
    const statement: Statement = {
      ...assume(one.arn),
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
      Condition: { StringEquals: { "sts:SourceIdentity": "${aws:username}" } },
    };
    const [found] = reportOf({ users: [one], roles: [role({ trust: trust(statement) })] }).users;
    expect(found?.mayBecome).toMatchObject([
      { conditions: [{ besides: ["source identity is the caller's name"] }] },
    ]);
  });
});

describe("guards", () => {
  const guard = group({
    policies: [policyOf(when(deny("*"), { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }))],
  });

  test("a group that guards MFA alone is told without the network part", () => {
    const [found] = reportOf({ groups: [guard], users: [user({ groups: [guard] })] }).groups;
    expect(found).toMatchObject({
      guardParts: { mfa: true, networks: false },
      withoutMfa: [],
      members: ["laptop"],
    });
  });

  test("a Deny of some actions is no guard", () => {
    const partial = group({ policies: [policyOf(deny("iam:*"))] });
    expect(reportOf({ groups: [partial] }).groups[0]?.guardParts).toEqual({ mfa: false, networks: false });
  });
});

describe("many users", () => {
  const members = (count: number, difference: (index: number) => Partial<User> = () => ({})): User[] =>
    Array.from({ length: count }, (_, index) => user({ name: `device-${index}`, ...difference(index) }));
  const selfService = group({
    policies: [
      policyOf(
        allow("iam:CreateAccessKey", "arn:aws:iam::111122223333:user/baseline/device/${aws:username}"),
      ),
    ],
  });

  test("1,000 users with equal rights are one row with 1,000 names", () => {
    const users = members(1000, () => ({ groups: [selfService] }));
    const daily = role({
      trust: trust({
        Effect: "Allow",
        Principal: { AWS: users.map(({ arn }) => arn) },
        Action: "sts:AssumeRole",
      }),
    });
    const found = reportOf({ users, groups: [selfService], roles: [daily] });
    expect(found.users).toHaveLength(1);
    expect(found.users[0]?.names).toHaveLength(1000);
    expect(found.roles[0]?.assumedBy).toHaveLength(1000);
  });

  test.each<[string, Statement]>([
    ["its ARN", allow("iam:CreateAccessKey", "arn:aws:iam::111122223333:user/baseline/device/device-7")],
    ["its name", when(write, { StringEquals: { "aws:username": "device-7" } })],
    ["a pattern for its name", when(write, { StringLike: { "aws:username": "*-7" } })],
    ["its tag", when(write, { StringEquals: { "aws:PrincipalTag/team": "web" } })],
  ])("one that a policy treats otherwise, by %s, is a row of its own", (_name, statement) => {
    const common = group({ policies: [policyOf(statement)] });
    const users = members(20, (index) => ({ groups: [common], tags: index === 7 ? { team: "web" } : {} }));
    const rows = reportOf({ users, groups: [common] }).users.map(({ names }) => names.length);
    expect(rows.sort()).toEqual([1, 19]);
  });

  test("one whom a trust policy names is a row of its own", () => {
    const users = members(20);
    const only = role({
      trust: trust({ Effect: "Allow", Principal: { AWS: users[3]?.arn ?? "" }, Action: "sts:AssumeRole" }),
    });
    const found = reportOf({ users, roles: [only] });
    expect(found.users.find(({ names }) => names.includes("device-3"))?.names).toEqual(["device-3"]);
  });
});
