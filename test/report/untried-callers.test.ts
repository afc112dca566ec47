import type { AccessGraph } from "../../src/iam/graph";
import type { ConditionBlock, PrincipalBlock, Statement } from "../../src/iam/policy-document";
import type { Assumer } from "../../src/report/access-report";
import { accessReport } from "../../src/report/build-report";
import {
  ACCOUNT,
  accessGraph,
  allow,
  OTHER_ACCOUNT,
  policyOf,
  role,
  trust,
  user,
} from "../builders/access-graph";

/** Callers whom no request could be made for, and near misses of those who are: each is told, and none too much. */

const NOTHING = { takenAt: "2026-11-25T00:00:00Z", credentials: [], undeclared: [] };
const GITHUB = "token.actions.githubusercontent.com";
const TOKEN = "sts:AssumeRoleWithWebIdentity";
const ASSERTION = "sts:AssumeRoleWithSAML";
const UNKNOWN = "\uFFFD";
const oidc = (url: string) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${url}`;
const OWN = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const FOREIGN = { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` };

function allowing(
  principal: PrincipalBlock,
  action: string | readonly string[] = "sts:AssumeRole",
  condition?: ConditionBlock,
): Statement {
  return {
    Effect: "Allow",
    Principal: principal,
    Action: action,
    ...(condition && { Condition: condition }),
  };
}

function assumersOf(
  statement: Statement,
  graph: Partial<AccessGraph> = {},
  account?: { readonly accountId: string },
): readonly Assumer[] {
  const target = role({ name: "target", trust: trust(statement) });
  const whole = accessGraph({ ...graph, roles: [...(graph.roles ?? []), target] });
  const input = { environment: "e", graph: whole, ...(account && { account: { ...account, ...NOTHING } }) };
  const [environment] = accessReport([input]).environments;
  return environment?.roles.find(({ name }) => name === "target")?.assumedBy ?? [];
}

const told = (statement: Statement, graph?: Partial<AccessGraph>) =>
  assumersOf(statement, graph).map(({ kind, name, answer }) => `${kind} ${name}: ${answer}`);

describe("whoever comes with a token or an assertion", () => {
  test.each<[string, Statement, readonly string[]]>([
    [
      "of a SAML provider that is known only after apply",
      allowing({ Federated: UNKNOWN }, [ASSERTION, "sts:TagSession"], {
        StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
      }),
      ["saml an identity provider that is known after apply: unknown"],
    ],
    [
      "of any provider that is known only after apply",
      allowing({ Federated: UNKNOWN }, "sts:*"),
      ["web-identity an identity provider that is known after apply: unknown"],
    ],
    [
      "of a SAML provider in an account that is known only after apply",
      allowing({ Federated: `arn:aws:iam::${UNKNOWN}:saml-provider/Okta` }, ASSERTION),
      ["saml everybody whom SAML provider Okta signs in: unknown"],
    ],
    ["of everybody, with a token", allowing("*", TOKEN), ['other whoever "*" is: unknown']],
    ["of everybody, with an assertion", allowing({ AWS: "*" }, ASSERTION), ['other whoever "*" is: unknown']],
    ["of any provider", allowing({ Federated: "*" }, TOKEN), ['other whoever "*" is: unknown']],
    [
      "of whoever is named after apply",
      allowing({ AWS: UNKNOWN }, TOKEN),
      ["other whoever is named after apply: unknown"],
    ],
  ])("%s is not known", (_what, statement, expected) => {
    expect(told(statement)).toEqual(expected);
  });

  test.each<[string, Statement]>([
    [
      "a provider that may only be assumed from",
      allowing({ Federated: oidc("gitlab.com") }, "sts:AssumeRole"),
    ],
    [
      "a SAML provider with a token",
      allowing({ Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/Okta` }, TOKEN),
    ],
    ["an OIDC provider with an assertion", allowing({ Federated: oidc("gitlab.com") }, ASSERTION)],
    ["an account with a token", allowing(OWN, TOKEN)],
    ["a service that may only set a context", allowing({ Service: "x.amazonaws.com" }, "sts:SetContext")],
  ])("%s is certainly nobody", (_what, statement) => {
    expect(told(statement)).toEqual([]);
  });

  test("a claim of another provider is one that no token has", () => {
    const condition: ConditionBlock = {
      StringEquals: { [`${GITHUB}:sub`]: "repo:octo/x:ref:refs/heads/main" },
    };
    expect(told(allowing({ Federated: oidc("gitlab.com") }, TOKEN, condition))).toEqual([
      "web-identity gitlab.com any subject: unknown",
    ]);
    const assertion: ConditionBlock = { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } };
    expect(told(allowing({ Federated: oidc(GITHUB) }, TOKEN, assertion))).toEqual([
      "web-identity any repository of GitHub: unknown",
    ]);
    expect(told(allowing(OWN, "sts:AssumeRole", condition)).join()).toContain(": unknown");
    expect(told(allowing({ Service: "ec2.amazonaws.com" }, "sts:AssumeRole", condition)).join()).toContain(
      ": unknown",
    );
  });

  test.each<[string, ConditionBlock, string]>([
    [
      "two patterns that cross",
      {
        StringLike: { [`${GITHUB}:sub`]: "repo:octo/a:*" },
        "ForAnyValue:StringLike": { [`${GITHUB}:sub`]: ["*:ref:refs/heads/main", "*:environment:prod"] },
      },
      "web-identity GitHub repo:octo/a:*: yes",
    ],
    [
      "a pattern without what another excludes",
      {
        StringLike: { [`${GITHUB}:sub`]: "repo:octo/*" },
        StringNotLike: { [`${GITHUB}:sub`]: ["repo:octo/example", "repo:octo/x:*"] },
      },
      "web-identity GitHub repo:octo/*: yes",
    ],
    [
      "a pattern of single characters",
      {
        StringLike: { [`${GITHUB}:sub`]: "repo:octo/?-?:*" },
        StringLikeIfExists: { [`${GITHUB}:sub`]: "repo:octo/a-*:ref:*" },
      },
      "web-identity GitHub repo:octo/?-?:*: yes",
    ],
    [
      "two patterns that exclude each other",
      {
        StringLike: { [`${GITHUB}:sub`]: "repo:octo/a:*" },
        StringLikeIfExists: { [`${GITHUB}:sub`]: "repo:octo/b:*" },
      },
      "web-identity GitHub repo:octo/a:*: unknown",
    ],
  ])("%s", (_what, condition, expected) => {
    expect(told(allowing({ Federated: oidc(GITHUB) }, TOKEN, condition))).toContain(expected);
  });
});

describe("accounts and everybody", () => {
  const arn = (pattern: string): ConditionBlock => ({ StringLike: { "aws:PrincipalArn": pattern } });
  test.each<[string, Statement, readonly string[]]>([
    [
      "any ARN of the own account",
      allowing(OWN, "sts:AssumeRole", arn("*")),
      [`account anyone whom policies of account ${ACCOUNT} allow: yes`],
    ],
    [
      "any ARN of any account",
      allowing("*", "sts:AssumeRole", arn("*")),
      ["other anyone in any AWS account: yes"],
    ],
    [
      "any ARN, account left open",
      allowing("*", "sts:AssumeRole", arn("arn:aws:iam::*:*")),
      ["other anyone in any AWS account: yes"],
    ],
    [
      "any account",
      allowing("*", "sts:AssumeRole", { StringLike: { "aws:PrincipalAccount": "*" } }),
      ["other anyone in any AWS account: yes"],
    ],
    [
      "any account, of one that is named",
      allowing(FOREIGN, "sts:AssumeRole", { StringLike: { "aws:PrincipalAccount": "*" } }),
      [`account anyone whom policies of account ${OTHER_ACCOUNT} allow: yes`],
    ],
    [
      "a user's name",
      allowing(FOREIGN, "sts:AssumeRole", { StringEquals: { "aws:username": "anna" } }),
      [`user user anna of account ${OTHER_ACCOUNT}: yes`],
    ],
    [
      "a user's name in any account",
      allowing("*", "sts:AssumeRole", { StringLike: { "aws:username": "a*" } }),
      ["user user a* of any AWS account: yes"],
    ],
    [
      "an account that is known only after apply",
      allowing("*", "sts:AssumeRole", { StringEquals: { "aws:PrincipalAccount": UNKNOWN } }),
      ["account anyone whom policies of account * allow: unknown"],
    ],
    [
      "an organization that is known only after apply",
      allowing("*", "sts:AssumeRole", { StringEquals: { "aws:PrincipalOrgID": UNKNOWN } }),
      ["other anyone in the AWS organization *: unknown"],
    ],
    [
      "another kind of principal",
      allowing(OWN, "sts:AssumeRole", { StringEquals: { "aws:PrincipalType": "FederatedUser" } }),
      [`account anyone whom policies of account ${ACCOUNT} allow: unknown`],
    ],
    [
      "an ARN of a session, which no condition ever sees",
      allowing(OWN, "sts:AssumeRole", arn(`arn:aws:sts::${ACCOUNT}:assumed-role/x/y`)),
      ["role assumed-role/x/y: unknown"],
    ],
    [
      "everybody but one account",
      allowing("*", "sts:AssumeRole", { StringNotEquals: { "aws:PrincipalAccount": ACCOUNT } }),
      ["other anyone in any AWS account: yes"],
    ],
  ])("narrowed to %s", (_what, statement, expected) => {
    expect(told(statement)).toEqual(expected);
  });

  test("wildcards in a principal's ARN are none for IAM, and not known", () => {
    expect(told(allowing({ AWS: `arn:aws:iam::${ACCOUNT}:user/*` }))).toEqual([
      `user arn:aws:iam::${ACCOUNT}:user/*: unknown`,
    ]);
    expect(told(allowing({ Service: "*.amazonaws.com" }))).toEqual(["service *.amazonaws.com: unknown"]);
  });

  test("why a tag is not known does not speak of somebody who is not there", () => {
    const condition: ConditionBlock = {
      StringEquals: { "aws:PrincipalTag/team": "${aws:PrincipalTag/other}" },
    };
    const [one] = assumersOf(allowing(OWN, "sts:AssumeRole", condition));
    expect(one?.unknowns.join()).toContain("the caller's tags are not in this source");
    expect(one?.unknowns.join()).not.toContain("example");
  });

  test("nobody stands for users of an account that is there as a whole", () => {
    const anna = user({ name: "anna", policies: [policyOf(allow("sts:AssumeRole"))] });
    const statement = allowing(OWN, "sts:AssumeRole", arn(`arn:aws:iam::${ACCOUNT}:user/*`));
    const names = (account?: { readonly accountId: string }) =>
      assumersOf(
        statement,
        { users: [{ ...anna, arn: `arn:aws:iam::${ACCOUNT}:user/anna`, path: "/" }] },
        account,
      ).map(({ name }) => name);
    expect(names()).toEqual(["anna", "user/*"]);
    expect(names({ accountId: ACCOUNT })).toEqual(["anna"]);
    expect(names({ accountId: OTHER_ACCOUNT })).toEqual(["anna", "user/*"]);
  });
});
