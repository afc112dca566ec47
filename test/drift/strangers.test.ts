import { trustedOwners, trustedStrangers } from "../../src/drift/strangers/trusted-strangers";
import type { PolicyDocument, Statement } from "../../src/iam/policy-document";
import { policyDocument } from "../../src/iam/policy-document";
import { ACCOUNT, accessGraph, OTHER_ACCOUNT, role, trust as trustPolicy } from "../builders/access-graph";

type Condition = Statement["Condition"];
type Kind = "nobody" | "somebody" | "anybody";
type Row = readonly [what: string, trust: PolicyDocument, expected: Kind];

const FOREIGN = "999988887777";
const ROOT = `arn:aws:iam::${FOREIGN}:root`;
const ORG = { StringEquals: { "aws:PrincipalOrgID": "o-abc" } };
const github = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const EKS = "oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF0123456789ABCDEF0123456789";

const allow = (
  principal: Statement["Principal"],
  condition?: Condition,
  action: string | string[] = "sts:AssumeRole",
): Statement => ({
  Effect: "Allow",
  Principal: principal,
  Action: action,
  ...(condition && { Condition: condition }),
});
const trust = (...args: Parameters<typeof allow>) => policyDocument(allow(...args));
const web = (provider: string, condition?: Condition) =>
  trust({ Federated: provider }, condition, "sts:AssumeRoleWithWebIdentity");
const subject = (value: string, operator = "StringLike") =>
  web(github, { [operator]: { "token.actions.githubusercontent.com:sub": value } });
const pods = (value: string) =>
  web(`arn:aws:iam::${ACCOUNT}:oidc-provider/${EKS}`, { StringLike: { [`${EKS}:sub`]: value } });
const pool = (condition?: Condition) => web("cognito-identity.amazonaws.com", condition);
const POOL = { StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:x" } };
const amr = (value: string) => ({
  ...POOL,
  "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": value },
});
const denyAllBut = (condition: Condition): PolicyDocument =>
  policyDocument(allow("*"), {
    Effect: "Deny",
    Principal: "*",
    Action: "sts:AssumeRole",
    Condition: condition,
  });

const KNOWN = { accounts: new Set([ACCOUNT, OTHER_ACCOUNT]), owners: new Set(["octo"]) };

const trusting = (document: PolicyDocument) => role({ trust: trustPolicy(...document.Statement) });

function kindOf(document: PolicyDocument, known = KNOWN): Kind {
  const other = trusting(document);
  const found = trustedStrangers(other, known, accessGraph({ roles: [other] }));
  if (found.length === 0) return "nobody";
  return found.every(({ isNamed }) => isNamed) ? "somebody" : "anybody";
}

const ACCOUNTS: readonly Row[] = [
  ["a service", trust({ Service: "ec2.amazonaws.com" }), "nobody"],
  ["the account itself", trust({ AWS: `arn:aws:iam::${ACCOUNT}:root` }), "nobody"],
  ["the account itself, by its id", trust({ AWS: ACCOUNT }), "nobody"],
  ["another account of the project", trust({ AWS: OTHER_ACCOUNT }), "nobody"],
  ["a deleted user", trust({ AWS: "AIDAQ2YR4XO5OSQJM1PPG" }), "nobody"],
  ["another account", trust({ AWS: ROOT }), "anybody"],
  ["another account, by its id", trust({ AWS: FOREIGN }), "anybody"],
  ["a user of another account", trust({ AWS: `arn:aws:iam::${FOREIGN}:user/x` }), "anybody"],
  ["a role of another account", trust({ AWS: `arn:aws:iam::${FOREIGN}:role/a/x` }), "anybody"],
  ["a session of one", trust({ AWS: `arn:aws:sts::${FOREIGN}:assumed-role/x/y` }), "anybody"],
  ["a federated user of one", trust({ AWS: `arn:aws:sts::${FOREIGN}:federated-user/x` }), "anybody"],
  ["the account and another one", trust({ AWS: [`arn:aws:iam::${ACCOUNT}:root`, ROOT] }), "anybody"],
  ["all actions for another account", trust({ AWS: ROOT }, undefined, "sts:*"), "anybody"],
  ["no assuming for another account", trust({ AWS: ROOT }, undefined, "sts:TagSession"), "nobody"],
  [
    "another account that is denied",
    policyDocument(allow({ AWS: ROOT }), { ...allow({ AWS: ROOT }), Effect: "Deny" }),
    "nobody",
  ],
  [
    "another account with MFA",
    trust({ AWS: ROOT }, { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
    "anybody",
  ],
  [
    "another account from a network",
    trust({ AWS: ROOT }, { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
    "anybody",
  ],
  ["another account of an organization", trust({ AWS: ROOT }, ORG), "nobody"],
  [
    "an account but a principal of the own one",
    trust({ AWS: ROOT }, { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/x` } }),
    "nobody",
  ],
];

const externalId = (operator: string, value: string) => ({ [operator]: { "sts:ExternalId": value } });
const VENDORS: readonly Row[] = [
  ["an external id", trust({ AWS: ROOT }, externalId("StringEquals", "xyz")), "somebody"],
  [
    "one of several",
    trust({ AWS: ROOT }, { StringEquals: { "sts:ExternalId": ["xyz", "uvw"] } }),
    "somebody",
  ],
  ["one that begins so", trust({ AWS: ROOT }, externalId("StringLike", "12*")), "somebody"],
  ["whatever external id", trust({ AWS: ROOT }, externalId("StringLike", "*")), "anybody"],
  ["any external id but one", trust({ AWS: ROOT }, externalId("StringNotEquals", "xyz")), "anybody"],
  ["one, if there is any", trust({ AWS: ROOT }, externalId("StringEqualsIfExists", "xyz")), "anybody"],
  ["one that must be there", trust({ AWS: ROOT }, externalId("Null", "false")), "anybody"],
  ["one that everybody may name", trust("*", externalId("StringEquals", "xyz")), "anybody"],
];

const narrowed = (operator: string, key: string, value: string | readonly string[]): PolicyDocument =>
  trust("*", { [operator]: { [`aws:${key}`]: value } });
const EVERYBODY: readonly Row[] = [
  ["everybody", trust("*"), "anybody"],
  ["everybody as an AWS principal", trust({ AWS: ["*"] }), "anybody"],
  [
    "all but one",
    policyDocument({ Effect: "Allow", NotPrincipal: { AWS: ROOT }, Action: "sts:AssumeRole" }),
    "anybody",
  ],
  ["an organization", narrowed("StringEquals", "PrincipalOrgID", "o-abc"), "nobody"],
  ["an organization, if any", narrowed("StringEqualsIfExists", "PrincipalOrgID", "o-abc"), "anybody"],
  ["all but an organization", narrowed("StringNotEquals", "PrincipalOrgID", "o-abc"), "anybody"],
  ["any organization", narrowed("StringLike", "PrincipalOrgID", "o-*"), "anybody"],
  ["whatever organization", narrowed("Null", "PrincipalOrgID", "false"), "anybody"],
  [
    "a unit of an organization",
    narrowed("ForAnyValue:StringLike", "PrincipalOrgPaths", "o-abc/r-x/ou-y/*"),
    "nobody",
  ],
  ["any unit", narrowed("ForAnyValue:StringLike", "PrincipalOrgPaths", "*"), "anybody"],
  [
    "all units of those that name any",
    narrowed("ForAllValues:StringLike", "PrincipalOrgPaths", "o-abc/*"),
    "anybody",
  ],
  ["the account", narrowed("StringEquals", "PrincipalAccount", ACCOUNT), "nobody"],
  ["another account", narrowed("StringEquals", "PrincipalAccount", FOREIGN), "anybody"],
  ["the account or another one", narrowed("StringEquals", "PrincipalAccount", [ACCOUNT, FOREIGN]), "anybody"],
  ["all but one account", narrowed("StringNotEquals", "PrincipalAccount", FOREIGN), "anybody"],
  ["roles of the account", narrowed("ArnLike", "PrincipalArn", `arn:aws:iam::${ACCOUNT}:role/x*`), "nobody"],
  [
    "roles of another account",
    narrowed("StringLike", "PrincipalArn", `arn:aws:iam::${FOREIGN}:role/*`),
    "anybody",
  ],
  ["a role of every account", narrowed("ArnLike", "PrincipalArn", "arn:aws:iam::*:role/x"), "anybody"],
  [
    "accounts that begin as the own one",
    narrowed("StringLike", "PrincipalArn", `arn:aws:iam::${ACCOUNT.slice(0, 6)}*:role/x`),
    "anybody",
  ],
  [
    "who carries a tag, which everybody can give himself",
    narrowed("StringEquals", "PrincipalTag/team", "x"),
    "anybody",
  ],
  ["who has a unique id", narrowed("StringLike", "userid", "AROAQ2YR4XO5OSQJM1PPG:*"), "nobody"],
  ["who comes from a network", narrowed("IpAddress", "SourceIp", "203.0.113.0/24"), "anybody"],
  ["who used MFA", narrowed("Bool", "MultiFactorAuthPresent", "true"), "anybody"],
  ["services that act for the account", narrowed("StringEquals", "SourceAccount", ACCOUNT), "nobody"],
  [
    "all, and none outside of an organization",
    denyAllBut({ StringNotEquals: { "aws:PrincipalOrgID": "o-abc" } }),
    "nobody",
  ],
  [
    "all, and none outside of one, if any",
    denyAllBut({ StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-abc" } }),
    "nobody",
  ],
  [
    "all, and none outside of the account",
    denyAllBut({ StringNotEquals: { "aws:PrincipalAccount": ACCOUNT } }),
    "nobody",
  ],
  [
    "all, and none without MFA",
    denyAllBut({ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }),
    "anybody",
  ],
  [
    "all, and none outside of another account",
    denyAllBut({ StringNotEquals: { "aws:PrincipalAccount": FOREIGN } }),
    "anybody",
  ],
];

const TOKENS: readonly Row[] = [
  ["every job of GitHub", web(github), "anybody"],
  [
    "every job with the usual audience",
    web(github, { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } }),
    "anybody",
  ],
  ["a branch of a known owner", subject("repo:octo/shop:ref:refs/heads/main", "StringEquals"), "nobody"],
  ["a repository of a known owner", subject("repo:octo/shop:*"), "nobody"],
  ["all repositories of a known owner", subject("repo:octo/*"), "nobody"],
  [
    "a repository of another owner",
    subject("repo:mallory/shop:ref:refs/heads/main", "StringEquals"),
    "somebody",
  ],
  ["all repositories of another owner", subject("repo:mallory/*"), "somebody"],
  ["owners that begin as a known one", subject("repo:octo*"), "anybody"],
  ["every subject", subject("*"), "anybody"],
  ["every subject but one", subject("repo:octo/shop:ref:refs/heads/main", "StringNotEquals"), "anybody"],
  ["one subject, if any", subject("repo:octo/shop:*", "StringLikeIfExists"), "anybody"],
  [
    "a workflow of a known owner",
    web(github, {
      StringLike: {
        "token.actions.githubusercontent.com:job_workflow_ref": "octo/shop/.github/workflows/x.yml@*",
      },
    }),
    "nobody",
  ],
  [
    "a workflow of another owner",
    web(github, {
      StringLike: {
        "token.actions.githubusercontent.com:job_workflow_ref": "mallory/shop/.github/workflows/x.yml@*",
      },
    }),
    "somebody",
  ],
  ["a service account", pods("system:serviceaccount:kube-system:x"), "nobody"],
  ["a namespace", pods("system:serviceaccount:kube-system:*"), "nobody"],
  ["every pod of a cluster", pods("system:serviceaccount:*:*"), "anybody"],
  ["every pod of a cluster, shorter", pods("system:serviceaccount:*"), "anybody"],
  [
    "a SAML provider",
    trust(
      { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/okta` },
      { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
      "sts:AssumeRoleWithSAML",
    ),
    "nobody",
  ],
  ["any identity pool", pool(), "anybody"],
  [
    "any pool that begins so",
    pool({ StringLike: { "cognito-identity.amazonaws.com:aud": "eu-west-1:*" } }),
    "anybody",
  ],
  ["who signed in to a pool", pool(amr("authenticated")), "nobody"],
  ["guests of a pool", pool(amr("unauthenticated")), "somebody"],
  ["guests, too", pool(POOL), "somebody"],
  ["everybody with an account at Google", web("accounts.google.com"), "anybody"],
  [
    "one account at Google",
    web("accounts.google.com", { StringEquals: { "accounts.google.com:sub": "123" } }),
    "nobody",
  ],
];

describe.each([
  ["accounts", ACCOUNTS],
  ["vendors", VENDORS],
  ["everybody", EVERYBODY],
  ["tokens", TOKENS],
])("a trust policy for %s", (_group, rows) => {
  test.each(rows)("%s", (_what, document, expected) => {
    expect(kindOf(document)).toBe(expected);
  });
});

test("where no declared role trusts GitHub, no owner is foreign", () => {
  const known = { ...KNOWN, owners: new Set<string>() };
  expect(kindOf(subject("repo:mallory/shop:ref:refs/heads/main", "StringEquals"), known)).toBe("nobody");
  expect(kindOf(subject("repo:mallory/*"), known)).toBe("somebody");
});

test("owners are those whom declared roles trust, whatever the case", () => {
  const declared = trusting(subject("repo:Octo/shop:ref:refs/heads/main", "StringEquals"));
  expect([...trustedOwners([accessGraph({ roles: [declared] })])]).toEqual(["octo"]);
});

test("in another partition", () => {
  const gov = {
    ...trusting(trust({ AWS: FOREIGN })),
    arn: `arn:aws-us-gov:iam::${ACCOUNT}:role/other`,
  };
  expect(trustedStrangers(gov, KNOWN, accessGraph())).toMatchObject([{ who: `account ${FOREIGN}` }]);
});

test("who it is: the account that a condition names", () => {
  const other = trusting(narrowed("StringEquals", "PrincipalAccount", FOREIGN));
  expect(trustedStrangers(other, KNOWN, accessGraph())).toEqual([
    { who: `account ${FOREIGN}`, isNamed: false },
  ]);
});
