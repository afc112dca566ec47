import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judgeDrift } from "../../src/drift/judge-drift";
import { planEvidence } from "../../src/drift/plan/plan-evidence";
import { readInventory } from "../../src/drift/read-inventory";
import { type PolicyDocument, policyDocument, type Statement } from "../../src/iam/policy-document";
import { ACCOUNT, accessGraph, allow, OTHER_ACCOUNT } from "../builders/access-graph";
import { accountInventory, roleDetails, userDetails } from "../builders/account-inventory";

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
