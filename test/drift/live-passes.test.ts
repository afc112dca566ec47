import { judgeDrift } from "../../src/drift/judge-drift";
import { type PolicyDocument, policyDocument, type Statement } from "../../src/iam/policy-document";
import { ACCOUNT, accessGraph, allow, attached, role, trust, user } from "../builders/access-graph";
import { accountInventory, roleDetails, userDetails } from "../builders/account-inventory";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const service = (name: string): Statement => ({
  Effect: "Allow",
  Principal: { Service: `${name}.amazonaws.com` },
  Action: "sts:AssumeRole",
});
const inline = (document: PolicyDocument) => attached(document, { kind: "inline", name: "rights" });
const reading = policyDocument(allow("s3:GetObject", "arn:aws:s3:::x/*"));
const WORK = allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "*");
const PASS_ANY: Statement = {
  ...allow("iam:PassRole", "*"),
  Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
};
const PASSES = policyDocument(PASS_ANY, WORK);

interface Account {
  /** What user ci may do, as it is declared and as it is. */
  readonly rights?: PolicyDocument;
  /** What it may do in the account, where that is something else. */
  readonly actual?: PolicyDocument;
  readonly roles?: readonly ReturnType<typeof roleDetails>[];
}

function drift({ rights = PASSES, actual = rights, roles = [] }: Account) {
  return judgeDrift({
    environment: "prod",
    plans: [],
    withoutPlan: [
      {
        stack: "prod-identity",
        graph: accessGraph({ users: [user({ name: "ci", path: "/", policies: [inline(rights)] })] }),
      },
    ],
    inventory: accountInventory({ users: [userDetails("ci", { inline: { rights: actual } })], roles }),
  });
}

function told(account: Account): readonly string[] {
  return drift(account)
    .findings.filter(({ rule }) => rule === "undeclared-way-up")
    .map(({ severity, address }) => `${severity} ${address}`);
}

const legacy = (name: string, parts: Parameters<typeof roleDetails>[2] = { attached: [ADMINISTRATOR] }) =>
  roleDetails("legacy", policyDocument(service(name)), parts);
const reaching = { inline: { up: policyDocument(allow("iam:PutRolePolicy", "*")) } };

describe("a declared user that may pass any role to a service", () => {
  test.each<[string, Account, readonly string[]]>([
    [
      "and the account has a role with administrator rights for it",
      { roles: [legacy("lambda")] },
      ["critical user/ci"],
    ],
    [
      "and the account has a role that comes to them",
      { roles: [legacy("lambda", reaching)] },
      ["critical user/ci"],
    ],
    ["and the role is for another service", { roles: [legacy("ec2")] }, []],
    ["and the role has lesser rights", { roles: [legacy("lambda", { inline: { reading } })] }, []],
    ["and the account has no other role", {}, []],
    ["but may not start any work of it", { rights: policyDocument(PASS_ANY), roles: [legacy("lambda")] }, []],
    [
      "but only named ones",
      {
        rights: policyDocument({ ...PASS_ANY, Resource: `arn:aws:iam::${ACCOUNT}:role/app` }, WORK),
        roles: [legacy("lambda")],
      },
      [],
    ],
    [
      "of a kind that the account has by another team",
      {
        rights: policyDocument({ ...PASS_ANY, Resource: `arn:aws:iam::${ACCOUNT}:role/leg*` }, WORK),
        roles: [legacy("lambda")],
      },
      ["critical user/ci"],
    ],
    [
      "and may change functions alone",
      { rights: policyDocument(allow("lambda:UpdateFunctionCode", "*")), roles: [legacy("lambda")] },
      ["critical user/ci"],
    ],
    [
      "because somebody gave it that by hand, which is told",
      { rights: reading, actual: PASSES, roles: [legacy("lambda")] },
      [],
    ],
    [
      "and is an administrator anyway",
      { rights: policyDocument(allow("*", "*")), roles: [legacy("lambda")] },
      [],
    ],
    [
      "and has a way up by its own stacks",
      { rights: policyDocument(PASS_ANY, WORK, allow("iam:PutUserPolicy", "*")), roles: [legacy("lambda")] },
      [],
    ],
  ])("%s", (_what, account, expected) => {
    expect(told(account)).toEqual(expected);
  });

  test("is told with the role and the method", () => {
    const [finding] = drift({ roles: [legacy("lambda")] }).findings.filter(
      ({ rule }) => rule === "undeclared-way-up",
    );
    expect(finding?.message).toBe(
      "User ci comes to administrator rights by what no stack of its environment declares: through role/legacy, by iam:PassRole+lambda:CreateFunction+lambda:InvokeFunction (a role that holds more, passed to lambda.amazonaws.com).",
    );
  });

  test("is answered where no role of the account is worth it", () => {
    const { answered } = drift({ roles: [legacy("lambda", { inline: { reading } })] });
    expect(answered).toEqual([
      "user/ci may pass roles that no stack declares to lambda.amazonaws.com: the account has 1 role for that, none of which leads to administrator rights",
    ]);
    expect(drift({ rights: reading }).answered).toEqual([]);
  });
});

test("a declared role that a role of others lets in is told with that role", () => {
  const daily = role({
    trust: trust(service("ec2")),
    policies: [inline(policyDocument(allow("sts:AssumeRole", "*")))],
  });
  const own = roleDetails("daily", policyDocument(service("ec2")), {
    path: "/baseline/",
    inline: { rights: policyDocument(allow("sts:AssumeRole", "*")) },
  });
  const back = roleDetails(
    "legacy",
    policyDocument({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: "sts:AssumeRole",
    }),
    { attached: [ADMINISTRATOR] },
  );
  const { findings } = judgeDrift({
    environment: "prod",
    plans: [],
    withoutPlan: [{ stack: "prod-identity", graph: accessGraph({ roles: [daily] }) }],
    inventory: accountInventory({ roles: [own, back] }),
  });
  expect(findings).toMatchObject([{ rule: "undeclared-role", address: "role/legacy", severity: "critical" }]);
  expect(findings[0]?.message).toContain("role/daily may assume it");
});
