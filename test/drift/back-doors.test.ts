import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judgeDrift } from "../../src/drift/judge-drift";
import { planEvidence } from "../../src/drift/plan/plan-evidence";
import { readInventory } from "../../src/drift/read-inventory";
import { type PolicyDocument, policyDocument, type Statement } from "../../src/iam/policy-document";
import { ACCOUNT, accessGraph, allow, OTHER_ACCOUNT } from "../builders/access-graph";
import { accountInventory, policyDetails, roleDetails, userDetails } from "../builders/account-inventory";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const json = (file: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, "../fixtures/drift", file), "utf8"));

function lines(...args: Parameters<typeof accountInventory>): readonly string[] {
  const { findings } = judgeDrift({
    environment: "prod",
    plans: [],
    withoutPlan: [{ stack: "prod-identity", graph: accessGraph() }],
    accounts: [ACCOUNT, OTHER_ACCOUNT],
    inventory: accountInventory(...args),
  });
  return findings.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`);
}

const trusting = (
  Principal: Statement["Principal"],
  Condition?: Statement["Condition"],
  Action = "sts:AssumeRole",
) => policyDocument({ Effect: "Allow", Principal, Action, ...(Condition && { Condition }) });
const ec2 = trusting({ Service: "ec2.amazonaws.com" });
const federated = (provider: string, Condition?: Statement["Condition"]) =>
  trusting({ Federated: provider }, Condition, "sts:AssumeRoleWithWebIdentity");
const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const STRANGER = "arn:aws:iam::999988887777:root";
const reading = { inline: { read: policyDocument(allow("s3:GetObject", "arn:aws:s3:::x/*")) } };
const critical = ["critical undeclared-role role/other"];

describe("a role that nobody declares, outside of the baseline's path", () => {
  test.each<[string, PolicyDocument, Parameters<typeof roleDetails>[2], readonly string[]]>([
    ["for a service, with lesser rights: of others", ec2, reading, []],
    ["with administrator rights, whoever may assume it", ec2, { attached: [ADMINISTRATOR] }, critical],
    [
      "that comes to administrator rights",
      ec2,
      { inline: { up: policyDocument(allow("iam:AttachRolePolicy", "*")) } },
      critical,
    ],
    ["that anybody may assume", trusting("*"), reading, critical],
    ["that anybody may assume, written as an AWS principal", trusting({ AWS: "*" }), reading, critical],
    ["that another account may assume", trusting({ AWS: STRANGER }), reading, critical],
    [
      "of a vendor, with an external id and lesser rights",
      trusting({ AWS: STRANGER }, { StringEquals: { "sts:ExternalId": "x" } }),
      reading,
      ["high undeclared-role role/other"],
    ],
    [
      "of a vendor with an external id and ways up",
      trusting({ AWS: STRANGER }, { StringEquals: { "sts:ExternalId": "x" } }),
      { inline: { up: policyDocument(allow("iam:PutRolePolicy", "*")) } },
      critical,
    ],
    ["that another account of the project may assume", trusting({ AWS: OTHER_ACCOUNT }), reading, []],
    [
      "that everybody of an organization may assume",
      trusting("*", { StringEquals: { "aws:PrincipalOrgID": "o-abc" } }),
      reading,
      [],
    ],
    [
      "that everybody of the account may assume",
      trusting("*", { StringEquals: { "aws:PrincipalAccount": ACCOUNT } }),
      reading,
      [],
    ],
    [
      "that everybody of another account may assume",
      trusting("*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::999988887777:role/*" } }),
      reading,
      critical,
    ],
    ["that any job of GitHub may assume", federated(GITHUB), reading, critical],
    [
      "that one repository may assume",
      federated(GITHUB, {
        StringEquals: { "token.actions.githubusercontent.com:sub": "repo:octo/shop:ref:refs/heads/main" },
      }),
      reading,
      [],
    ],
    ["that any identity pool may assume", federated("cognito-identity.amazonaws.com"), reading, critical],
    [
      "that everybody may assume but for a Deny of everybody",
      policyDocument(...trusting("*").Statement, {
        Effect: "Deny",
        Principal: "*",
        Action: "sts:AssumeRole",
      }),
      reading,
      [],
    ],
  ])("%s", (_what, trust, parts, expected) => {
    expect(lines({ roles: [roleDetails("other", trust, parts)] })).toEqual(expected);
  });

  const administrator = { attached: [ADMINISTRATOR] };
  test.each([
    ["a role of a service", "AWSServiceRoleForX", "/aws-service-role/x.amazonaws.com/"],
    [
      "a role of Identity Center",
      "AWSReservedSSO_Admin_0a1b2c3d4e5f6071",
      "/aws-reserved/sso.amazonaws.com/",
    ],
    ["a role of Control Tower", "AWSControlTowerExecution", "/"],
    ["a role of its stack sets", "stacksets-exec-0123456789abcdef0123456789abcdef", "/"],
  ])("%s is AWS's own", (_what, name, path) => {
    const role = roleDetails(name, trusting({ AWS: STRANGER }), { ...administrator, path });
    expect(lines({ roles: [role] })).toEqual([]);
  });

  test.each(["AWSControlTowerExecution2", "OrganizationAccountAccessRole", "AWSReservedSSO_Admin"])(
    "a role %s is not AWS's own by its name",
    (name) => {
      const role = roleDetails(name, trusting({ AWS: STRANGER }), administrator);
      expect(lines({ roles: [role] })).toEqual([`critical undeclared-role role/${name}`]);
    },
  );
});

test("a role of Control Tower's name that lets everybody in is nobody's but a back door", () => {
  const role = roleDetails("AWSControlTowerExecution", trusting("*"), { attached: [ADMINISTRATOR] });
  expect(lines({ roles: [role] })).toEqual(["critical undeclared-role role/AWSControlTowerExecution"]);
});

describe("rights of a role of others", () => {
  const may = (...statements: readonly Statement[]) => ({
    inline: { rights: policyDocument(...statements) },
  });
  const self = `arn:aws:iam::${ACCOUNT}:role/other`;
  const boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  test.each<[string, Parameters<typeof roleDetails>[2], readonly string[]]>([
    ["everything", may(allow("*", "*")), critical],
    ["everything but one service", may({ Effect: "Allow", NotAction: "s3:*", Resource: "*" }), critical],
    ["all of IAM", may(allow("iam:*", "*")), critical],
    [
      "everything, from one network",
      may({ ...allow("*", "*"), Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }),
      critical,
    ],
    ["policies of any role", may(allow("iam:PutRolePolicy", "*")), critical],
    ["policies of itself", may(allow("iam:PutRolePolicy", self)), critical],
    ["policies of a role that is not there", may(allow("iam:PutRolePolicy", `${self}-2`)), []],
    [
      "read-only policies for roles",
      may({ ...allow("iam:AttachRolePolicy", "*"), Condition: { ArnEquals: { "iam:PolicyARN": boundary } } }),
      [],
    ],
    [
      "everything, and a Deny of everything",
      may(allow("*", "*"), { Effect: "Deny", Action: "*", Resource: "*" }),
      [],
    ],
    [
      "with MFA, which no session of a role has",
      may({ ...allow("*", "*"), Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
      [],
    ],
    ["one service", may(allow("s3:*", "*")), []],
    [
      "passing roles, where none is worth it",
      may(allow(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], "*")),
      [],
    ],
    ["an AWS policy for IAM", { attached: ["arn:aws:iam::aws:policy/IAMFullAccess"] }, critical],
    ["an AWS policy for reading", { attached: [boundary] }, []],
    [
      "an AWS policy that is newer than this list",
      { attached: ["arn:aws:iam::aws:policy/NewerThanThis"] },
      ["medium undeclared-role role/other"],
    ],
    [
      "a policy that nobody read",
      { attached: [`arn:aws:iam::${ACCOUNT}:policy/team/unread`] },
      ["medium undeclared-role role/other"],
    ],
  ])("%s", (_what, parts, expected) => {
    expect(lines({ roles: [roleDetails("other", ec2, parts)] })).toEqual(expected);
  });

  test.each([
    ["reading", boundary, []],
    ["everything", ADMINISTRATOR, critical],
  ])("administrator rights within a boundary of %s", (_what, arn, expected) => {
    const role = roleDetails("other", ec2, { attached: [ADMINISTRATOR] });
    const PermissionsBoundary = { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn };
    expect(lines({ roles: [{ ...role, PermissionsBoundary }] as never })).toEqual(expected);
  });

  const passing = {
    inline: {
      pass: policyDocument(
        allow("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/two`),
        allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "*"),
      ),
    },
  };
  const lambda = trusting({ Service: "lambda.amazonaws.com" });
  test.each([
    ["that the service trusts", lambda, { attached: [ADMINISTRATOR] }, ["one", "two"]],
    ["that another service trusts", ec2, { attached: [ADMINISTRATOR] }, ["two"]],
    ["with lesser rights", lambda, reading, []],
  ])("a role that passes a role %s", (_what, trust, parts, told) => {
    const found = lines({ roles: [roleDetails("one", ec2, passing), roleDetails("two", trust, parts)] });
    expect(found).toEqual(told.map((name) => `critical undeclared-role role/${name}`));
  });
});

describe("an undeclared user that AWS quarantined", () => {
  test.each(["", "V2", "V3", "V4"])("by AWSCompromisedKeyQuarantine%s is an alarm", (version) => {
    const policy = `arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantine${version}`;
    expect(lines({ users: [userDetails("free", { attached: [policy] })] })).toContain(
      `critical key-quarantined user/free/policy/AWSCompromisedKeyQuarantine${version}`,
    );
  });

  test("is none by a policy of the account that only bears the name", () => {
    const name = "AWSCompromisedKeyQuarantineV2";
    const attached = [`arn:aws:iam::${ACCOUNT}:policy/${name}`];
    const policies = [policyDetails(name, policyDocument(allow("*", "*")), "/")];
    expect(lines({ users: [userDetails("free", { attached })], policies })).toContain(
      `critical policy-attached user/free/policy/${name}`,
    );
  });
});

test.each([
  ["of Identity Center", "AWSSSO_0a1b2c3d4e5f6071_DO_NOT_DELETE", []],
  [
    "that only begins as Identity Center's",
    "AWSSSO_evil",
    ["high undeclared-identity-provider saml-provider/AWSSSO_evil"],
  ],
])("a SAML provider %s", (_what, name, expected) => {
  const arn = `arn:aws:iam::${ACCOUNT}:saml-provider/${name}`;
  expect(lines({}, { samlProviders: { value: [{ arn }] } })).toEqual(expected);
});

test("a provider of Identity Center's name that a role of somebody trusts is none of its", () => {
  const arn = `arn:aws:iam::${ACCOUNT}:saml-provider/AWSSSO_0a1b2c3d4e5f6071_DO_NOT_DELETE`;
  const role = roleDetails(
    "other",
    trusting({ Federated: arn }, undefined, "sts:AssumeRoleWithSAML"),
    reading,
  );
  expect(lines({ roles: [role] }, { samlProviders: { value: [{ arn }] } })).toEqual([
    "high undeclared-identity-provider saml-provider/AWSSSO_0a1b2c3d4e5f6071_DO_NOT_DELETE",
  ]);
});

test("a user that comes to administrator rights by a role is critical", () => {
  const free = `arn:aws:iam::${ACCOUNT}:user/free`;
  expect(
    lines({
      users: [userDetails("free")],
      roles: [roleDetails("other", trusting({ AWS: free }), { attached: [ADMINISTRATOR] })],
    }),
  ).toEqual(["critical undeclared-user user/free", "critical undeclared-role role/other"]);
});

test.each([
  ["no role trusts yet", ec2, "high"],
  [
    "a role with administrator rights trusts",
    federated(`arn:aws:iam::${ACCOUNT}:oidc-provider/evil.net`),
    "critical",
  ],
])("a provider that %s", (_what, trust, severity) => {
  const found = lines(
    { roles: [roleDetails("other", trust, { attached: [ADMINISTRATOR] })] },
    { oidcProviders: { value: [{ arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/evil.net` }] } },
  );
  expect(found).toContain(`${severity} undeclared-identity-provider oidc-provider/evil.net`);
});

test.each(["26-drift-public-admin-role", "26b-drift-foreign-admin-role"])("%s", (file) => {
  const plan = json("26-drift-public-admin-role.plan.json");
  const { findings } = judgeDrift({
    environment: "prod",
    plans: [planEvidence({ stack: "prod-identity", file: "plan.json", json: plan })],
    inventory: readInventory(json(`${file}.inventory.json`), "inventory.json"),
  });
  expect(findings).toMatchObject([{ rule: "undeclared-role", severity: "critical", address: "role/evil" }]);
});
