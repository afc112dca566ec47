import fc from "fast-check";
import type { AccessGraph } from "../../src/iam/graph";
import type { ConditionBlock, PrincipalBlock, Statement } from "../../src/iam/policy-document";
import type { Assumer, RoleAccess } from "../../src/report/access-report";
import { accessReport } from "../../src/report/build-report";
import { formatAccessJson } from "../../src/report/format/json";
import { formatAccessMarkdown } from "../../src/report/format/markdown";
import { formatAccessMermaid } from "../../src/report/format/mermaid";
import { formatAccessSvg } from "../../src/report/format/svg";
import { formatAccessTable } from "../../src/report/format/table";
import { graphFromPlan } from "../../src/sources/plan/graph-from-plan";
import {
  ACCOUNT,
  accessGraph,
  allow,
  githubProvider,
  OTHER_ACCOUNT,
  policyOf,
  role,
  trust,
  user,
} from "../builders/access-graph";
import { caseFile } from "../sources/case-files";

const GITHUB = "token.actions.githubusercontent.com";
const EKS = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E";
const oidc = (url: string) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${url}`;
const SAML = `arn:aws:iam::${ACCOUNT}:saml-provider/Okta`;

function rolesOf(graph: Partial<AccessGraph>): readonly RoleAccess[] {
  return accessReport([{ environment: "e", graph: accessGraph(graph) }]).environments[0]?.roles ?? [];
}

interface Trusting {
  readonly principal?: PrincipalBlock;
  readonly condition?: ConditionBlock;
  readonly action?: string | readonly string[];
  readonly more?: Partial<Statement>;
}

function statementOf({ principal, condition, action = "sts:AssumeRole", more = {} }: Trusting): Statement {
  return {
    Effect: "Allow",
    ...(principal === undefined ? {} : { Principal: principal }),
    Action: action,
    ...(condition === undefined ? {} : { Condition: condition }),
    ...more,
  };
}

function assumersOf(statements: readonly Statement[], graph: Partial<AccessGraph> = {}): readonly Assumer[] {
  const one = role({ name: "target", trust: trust(...statements) });
  const roles = rolesOf({ ...graph, roles: [...(graph.roles ?? []), one] });
  return roles.find(({ name }) => name === "target")?.assumedBy ?? [];
}

/** `name: answer`, with what is asked for besides. */
function toldOf(given: Trusting, graph?: Partial<AccessGraph>): readonly string[] {
  return assumersOf([statementOf(given)], graph).map(wordsOf);
}

function wordsOf({ name, answer, conditions, unknowns }: Assumer): string {
  const besides = conditions.flatMap((one) => one.besides ?? []).join(", ");
  return `${name}: ${answer}${besides === "" ? "" : ` (${besides})`}${unknowns.length > 0 && answer === "unknown" ? " ?" : ""}`;
}

const token = (url: string, condition?: ConditionBlock): Trusting => ({
  principal: {
    Federated: url.startsWith("arn:") || (!url.includes("/") && url !== GITHUB) ? url : oidc(url),
  },
  action: "sts:AssumeRoleWithWebIdentity",
  ...(condition === undefined ? {} : { condition }),
});
const equals = (keys: Readonly<Record<string, string | readonly string[]>>): ConditionBlock => ({
  StringEquals: keys,
});
const like = (keys: Readonly<Record<string, string | readonly string[]>>): ConditionBlock => ({
  StringLike: keys,
});

describe("jobs of GitHub", () => {
  const aud = { [`${GITHUB}:aud`]: "sts.amazonaws.com" };
  test.each<[string, ConditionBlock, readonly string[]]>([
    [
      "a branch",
      equals({ ...aud, [`${GITHUB}:sub`]: "repo:octo/x:ref:refs/heads/main" }),
      ["GitHub repo:octo/x:ref:refs/heads/main: yes"],
    ],
    ["an organization", like({ [`${GITHUB}:sub`]: "repo:octo/*" }), ["GitHub repo:octo/*: yes"]],
    ["everybody, by a wildcard", like({ [`${GITHUB}:sub`]: "*" }), ["GitHub *: yes"]],
    [
      "several subjects",
      like({ [`${GITHUB}:sub`]: ["repo:octo/x:*", "repo:octo/y:*"] }),
      ["GitHub repo:octo/x:*: yes", "GitHub repo:octo/y:*: yes"],
    ],
    ["no subject", equals(aud), ["any repository of GitHub: yes (aud sts.amazonaws.com)"]],
    [
      "a subject that is only excluded",
      { StringNotEquals: { [`${GITHUB}:sub`]: "repo:octo/x:ref:refs/heads/main" } },
      ["any repository of GitHub: yes (sub not repo:octo/x:ref:refs/heads/main)"],
    ],
    [
      "subjects that are only excluded by a pattern",
      { StringNotLike: { [`${GITHUB}:sub`]: "repo:octo/*" } },
      ["any repository of GitHub: yes (sub not repo:octo/*)"],
    ],
    [
      "a subject that only has to be there",
      { Null: { [`${GITHUB}:sub`]: "false" } },
      ["any repository of GitHub: yes"],
    ],
    [
      "a workflow",
      like({ [`${GITHUB}:job_workflow_ref`]: "octo/w/.github/workflows/a.yml@*" }),
      ["any repository of GitHub: yes (job_workflow_ref octo/w/.github/workflows/a.yml@*)"],
    ],
    [
      "an owner",
      equals({ [`${GITHUB}:repository_owner_id`]: "42" }),
      ["any repository of GitHub: yes (repository_owner_id 42)"],
    ],
    [
      "any value of a set",
      { "ForAnyValue:StringLike": { [`${GITHUB}:sub`]: ["repo:octo/x:*"] } },
      ["GitHub repo:octo/x:*: yes"],
    ],
    [
      "a subject in other case",
      { StringEqualsIgnoreCase: { [`${GITHUB}:sub`]: "repo:Octo/X:ref:refs/heads/main" } },
      ["GitHub repo:Octo/X:ref:refs/heads/main: yes"],
    ],
    [
      "a literal wildcard, which no token has",
      equals({ [`${GITHUB}:sub`]: "repo:octo/*" }),
      ["GitHub repo:octo/*: unknown ?"],
    ],
  ])("%s", (_what, condition, told) => {
    expect(toldOf(token(GITHUB, condition), { oidcProviders: [githubProvider()] })).toEqual(told);
  });

  test("are known by the provider's ARN alone, too", () => {
    const condition = like({ [`${GITHUB}:sub`]: "repo:octo/x:*" });
    expect(toldOf(token(GITHUB, condition))).toEqual(["GitHub repo:octo/x:*: yes"]);
  });

  test("are told for each statement, with its own claims", () => {
    const workflow = (repository: string, file: string) =>
      statementOf(
        token(
          GITHUB,
          equals({
            [`${GITHUB}:sub`]: `repo:${repository}:ref:refs/heads/main`,
            [`${GITHUB}:job_workflow_ref`]: file,
          }),
        ),
      );
    expect(assumersOf([workflow("octo/x", "a.yml"), workflow("octo/y", "b.yml")]).map(wordsOf)).toEqual([
      "GitHub repo:octo/x:ref:refs/heads/main: yes (job_workflow_ref a.yml)",
      "GitHub repo:octo/y:ref:refs/heads/main: yes (job_workflow_ref b.yml)",
    ]);
    const audience = (sub: string, aud: string) =>
      statementOf(token(GITHUB, equals({ [`${GITHUB}:sub`]: sub, [`${GITHUB}:aud`]: aud })));
    const clientIds = ["one", "two"];
    const told = assumersOf(
      [audience("repo:octo/x:pull_request", "one"), audience("repo:octo/y:pull_request", "two")],
      {
        oidcProviders: [githubProvider({ clientIds })],
      },
    );
    expect(told.map(wordsOf)).toEqual([
      "GitHub repo:octo/x:pull_request: yes",
      "GitHub repo:octo/y:pull_request: yes",
    ]);
  });

  test("are told where a Deny spares only some", () => {
    const all = statementOf(token(GITHUB, like({ [`${GITHUB}:sub`]: "repo:octo/*" })));
    const deny: Statement = {
      ...statementOf(
        token(GITHUB, { StringNotLike: { [`${GITHUB}:sub`]: "repo:octo/x:ref:refs/heads/main" } }),
      ),
      Effect: "Deny",
    };
    expect(assumersOf([all, deny]).map(wordsOf)).toEqual(["GitHub repo:octo/*: yes"]);
  });
});

describe("other identity providers", () => {
  const gitlab = "gitlab.com";
  test.each<[string, Trusting, readonly string[]]>([
    [
      "a service account",
      token(
        EKS,
        equals({
          [`${EKS}:sub`]: "system:serviceaccount:kube-system:dns",
          [`${EKS}:aud`]: "sts.amazonaws.com",
        }),
      ),
      [`EKS cluster ${EKS} system:serviceaccount:kube-system:dns: yes`],
    ],
    [
      "every service account of a namespace",
      token(EKS, like({ [`${EKS}:sub`]: "system:serviceaccount:default:*" })),
      [`EKS cluster ${EKS} system:serviceaccount:default:*: yes`],
    ],
    [
      "every pod of a cluster",
      token(EKS, equals({ [`${EKS}:aud`]: "sts.amazonaws.com" })),
      [`EKS cluster ${EKS} any subject: yes (aud sts.amazonaws.com)`],
    ],
    [
      "a project of GitLab",
      token(oidc(gitlab), like({ [`${gitlab}:sub`]: "project_path:octo/*:ref_type:branch:ref:main" })),
      [`${gitlab} project_path:octo/*:ref_type:branch:ref:main: yes`],
    ],
    [
      "a repository of Bitbucket",
      token(
        "api.bitbucket.org/2.0/workspaces/octo/pipelines-config/identity/oidc",
        like({ "api.bitbucket.org/2.0/workspaces/octo/pipelines-config/identity/oidc:sub": "{uuid}:*" }),
      ),
      ["api.bitbucket.org/2.0/workspaces/octo/pipelines-config/identity/oidc {uuid}:*: yes"],
    ],
    [
      "a project of CircleCI",
      token(
        "oidc.circleci.com/org/0a1b",
        equals({ "oidc.circleci.com/org/0a1b:sub": "org/0a1b/project/2c/user/3d" }),
      ),
      ["oidc.circleci.com/org/0a1b org/0a1b/project/2c/user/3d: yes"],
    ],
    [
      "a workspace of Terraform Cloud",
      token(
        oidc("app.terraform.io"),
        like({ "app.terraform.io:sub": "organization:octo:project:*:workspace:*:run_phase:*" }),
      ),
      ["app.terraform.io organization:octo:project:*:workspace:*:run_phase:*: yes"],
    ],
    [
      "users of Cognito",
      token("cognito-identity.amazonaws.com", {
        StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-central-1:pool" },
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
      }),
      ["Cognito any subject: yes (amr authenticated, aud eu-central-1:pool)"],
    ],
    [
      "anybody, by Cognito",
      token("cognito-identity.amazonaws.com", {
        StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-central-1:pool" },
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "unauthenticated" },
      }),
      ["Cognito any subject: yes (amr unauthenticated, aud eu-central-1:pool)"],
    ],
    [
      "accounts of Google",
      token(
        "accounts.google.com",
        equals({ "accounts.google.com:aud": "app", "accounts.google.com:sub": "1234" }),
      ),
      ["accounts.google.com 1234: yes"],
    ],
    [
      "an app of Amazon",
      token("www.amazon.com", equals({ "www.amazon.com:app_id": "app" })),
      ["www.amazon.com any subject: yes (app_id app)"],
    ],
    [
      "an app of Facebook",
      token("graph.facebook.com", equals({ "graph.facebook.com:app_id": "app" })),
      ["graph.facebook.com any subject: yes (app_id app)"],
    ],
  ])("%s", (_what, given, told) => {
    expect(toldOf(given)).toEqual(told);
  });

  test("known only after apply are not known, with the subject that is", () => {
    for (const name of ["08-access-unknown-oidc-provider.json", "08b-irsa-new-provider.json"]) {
      const graph = graphFromPlan(caseFile(name)).after;
      const irsa = accessReport([{ environment: "e", graph }]).environments[0]?.roles.find(
        (one) => one.name === "irsa",
      );
      expect(irsa?.assumedBy).toMatchObject([
        {
          answer: "unknown",
          name: "an identity provider that is known after apply system:serviceaccount:kube-system:external-secrets",
        },
      ]);
    }
  });
});

describe("SAML", () => {
  const saml = (condition?: ConditionBlock): Trusting => ({
    principal: { Federated: SAML },
    action: ["sts:AssumeRoleWithSAML", "sts:TagSession"],
    ...(condition === undefined ? {} : { condition }),
  });
  const aud = { "SAML:aud": "https://signin.aws.amazon.com/saml" };
  test.each<[string, Trusting, readonly string[]]>([
    [
      "with the audience that AWS prescribes",
      saml(equals(aud)),
      ["everybody whom SAML provider Okta signs in: yes (SAML:aud https://signin.aws.amazon.com/saml)"],
    ],
    ["without an audience", saml(), ["everybody whom SAML provider Okta signs in: yes"]],
    ["for one subject", saml(equals({ ...aud, "saml:sub": "anna" })), ["SAML subject anna: yes"]],
    [
      "for a group",
      saml({ ...equals(aud), "ForAnyValue:StringEquals": { "saml:edupersonaffiliation": "staff" } }),
      [
        "everybody whom SAML provider Okta signs in: yes (saml:edupersonaffiliation staff, SAML:aud https://signin.aws.amazon.com/saml)",
      ],
    ],
  ])("%s", (_what, given, told) => {
    expect(toldOf(given)).toEqual(told);
  });

  test("of a plan", () => {
    const graph = graphFromPlan(caseFile("04-access-saml-admin.json")).after;
    const [admin] = accessReport([{ environment: "e", graph }]).environments[0]?.roles ?? [];
    expect(admin).toMatchObject({ administrator: "yes", assumedBy: [{ kind: "saml", answer: "yes" }] });
  });

  test("that may only tag sessions lets nobody in", () => {
    expect(toldOf({ principal: { Federated: SAML }, action: "sts:TagSession" })).toEqual([]);
  });
});

describe("accounts and everybody, narrowed by conditions", () => {
  const own = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const foreign = { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` };
  const arnLike = (arn: string): ConditionBlock => ({ ArnLike: { "aws:PrincipalArn": arn } });
  const SSO = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*`;

  test.each<[string, Trusting, readonly string[]]>([
    [
      "another account",
      { principal: foreign },
      [`anyone whom policies of account ${OTHER_ACCOUNT} allow: yes (where its own account allows it)`],
    ],
    [
      "another account, by its id",
      { principal: { AWS: OTHER_ACCOUNT } },
      [`anyone whom policies of account ${OTHER_ACCOUNT} allow: yes (where its own account allows it)`],
    ],
    [
      "another account with an external id",
      { principal: foreign, condition: equals({ "sts:ExternalId": "x" }) },
      [
        `anyone whom policies of account ${OTHER_ACCOUNT} allow: yes (sts:ExternalId x, where its own account allows it)`,
      ],
    ],
    [
      "roles of the own account",
      { principal: own, condition: arnLike(SSO) },
      ["role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*: yes (where its own policies allow it)"],
    ],
    [
      "roles of another account",
      { principal: foreign, condition: arnLike(`arn:aws:iam::${OTHER_ACCOUNT}:role/deploy-*`) },
      [`arn:aws:iam::${OTHER_ACCOUNT}:role/deploy-*: yes (where its own account allows it)`],
    ],
    [
      "a user of another account",
      {
        principal: foreign,
        condition: equals({ "aws:PrincipalArn": `arn:aws:iam::${OTHER_ACCOUNT}:user/anna` }),
      },
      [`arn:aws:iam::${OTHER_ACCOUNT}:user/anna: yes (where its own account allows it)`],
    ],
    [
      "roles of any account",
      { principal: "*", condition: arnLike("arn:aws:iam::*:role/deploy-*") },
      ["arn:aws:iam::*:role/deploy-*: yes (where its own account allows it)"],
    ],
    [
      "whatever has admin in its ARN",
      { principal: own, condition: arnLike(`arn:aws:iam::${ACCOUNT}:*admin*`) },
      ["*admin*: yes (where its own policies allow it)"],
    ],
    [
      "everybody of the own account",
      { principal: "*", condition: equals({ "aws:PrincipalAccount": ACCOUNT }) },
      [`anyone of account ${ACCOUNT}: yes`],
    ],
    [
      "everybody of another account",
      { principal: { AWS: "*" }, condition: equals({ "aws:PrincipalAccount": OTHER_ACCOUNT }) },
      [`anyone whom policies of account ${OTHER_ACCOUNT} allow: yes (where its own account allows it)`],
    ],
    [
      "everybody of two accounts",
      { principal: { AWS: "*" }, condition: equals({ "aws:PrincipalAccount": [ACCOUNT, OTHER_ACCOUNT] }) },
      [
        `anyone of account ${ACCOUNT}: yes`,
        `anyone whom policies of account ${OTHER_ACCOUNT} allow: yes (where its own account allows it)`,
      ],
    ],
    [
      "a tag",
      { principal: own, condition: equals({ "aws:PrincipalTag/team": "ops" }) },
      [
        `anyone whom policies of account ${ACCOUNT} allow: yes (aws:PrincipalTag/team ops, where its own account allows it)`,
      ],
    ],
    [
      "a tag that is excluded",
      { principal: own, condition: { StringNotEquals: { "aws:PrincipalTag/team": "ops" } } },
      [
        `anyone whom policies of account ${ACCOUNT} allow: yes (aws:PrincipalTag/team not ops, where its own account allows it)`,
      ],
    ],
    [
      "an organization",
      { principal: "*", condition: equals({ "aws:PrincipalOrgID": "o-a1b2c3d4e5" }) },
      [
        "anyone in the AWS organization o-a1b2c3d4e5: yes (aws:PrincipalOrgID o-a1b2c3d4e5, where its own account allows it)",
      ],
    ],
    [
      "a part of an organization",
      {
        principal: "*",
        condition: {
          "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-*/*" },
        },
      },
      [
        "anyone in the AWS organization o-a1b2c3d4e5/r-ab12/ou-ab12-*/*: yes (aws:PrincipalOrgPaths o-a1b2c3d4e5/r-ab12/ou-ab12-*/*, where its own account allows it)",
      ],
    ],
    [
      "sessions of roles only",
      { principal: own, condition: equals({ "aws:PrincipalType": "AssumedRole" }) },
      [`anyone whom policies of account ${ACCOUNT} allow: yes (where its own account allows it)`],
    ],
    [
      "everybody but one",
      { more: { NotPrincipal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:user/anna` } } },
      ["anyone in any AWS account but those whom NotPrincipal names: yes (where its own account allows it)"],
    ],
    [
      "a VPC endpoint",
      { principal: foreign, condition: equals({ "aws:SourceVpce": "vpce-0a1b2c3d" }) },
      [
        `anyone whom policies of account ${OTHER_ACCOUNT} allow: yes (aws:SourceVpce vpce-0a1b2c3d, where its own account allows it)`,
      ],
    ],
    [
      "services only",
      { principal: "*", condition: { Bool: { "aws:PrincipalIsAWSService": "true" } } },
      ["anyone in any AWS account: unknown ?"],
    ],
    [
      "a date",
      { principal: foreign, condition: { DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } } },
      [`anyone whom policies of account ${OTHER_ACCOUNT} allow: unknown ?`],
    ],
    [
      "an operator that IAM does not have",
      { principal: own, condition: { StringEqual: { "aws:PrincipalTag/team": "ops" } } },
      [`anyone whom policies of account ${ACCOUNT} allow: unknown ?`],
    ],
    [
      "a variable",
      { principal: own, condition: equals({ "aws:PrincipalTag/team": "${aws:ResourceTag/team}" }) },
      [`anyone whom policies of account ${ACCOUNT} allow: unknown ?`],
    ],
    [
      "a federated user",
      { principal: { AWS: `arn:aws:sts::${ACCOUNT}:federated-user/anna` } },
      [`whoever "arn:aws:sts::${ACCOUNT}:federated-user/anna" is: unknown ?`],
    ],
    [
      "a canonical user",
      { principal: { CanonicalUser: "79a59df900b949e55d96a1e698fbaced" } },
      ['whoever "79a59df900b949e55d96a1e698fbaced" is: unknown ?'],
    ],
  ])("%s", (_what, given, told) => {
    expect(toldOf(given)).toEqual(told);
  });

  test("an account that its own condition shuts out lets nobody in", () => {
    expect(toldOf({ principal: foreign, condition: equals({ "aws:PrincipalAccount": ACCOUNT }) })).toEqual(
      [],
    );
    expect(toldOf({ principal: foreign, condition: arnLike(`arn:aws:iam::${ACCOUNT}:role/*`) })).toEqual([]);
  });

  test("the root user cannot assume a role", () => {
    expect(toldOf({ principal: own, condition: arnLike(`arn:aws:iam::${ACCOUNT}:root`) })).toEqual([]);
  });

  test("a Deny without conditions keeps everybody out", () => {
    const deny: Statement = { Effect: "Deny", Principal: "*", Action: "sts:*" };
    expect(assumersOf([statementOf({ principal: foreign }), deny])).toEqual([]);
  });

  test("one whom the source holds is asked himself, and nobody stands for him", () => {
    const one = user({ name: "anna", policies: [policyOf(allow("sts:AssumeRole", "*"))] });
    const told = toldOf(
      { principal: own, condition: equals({ "aws:PrincipalArn": one.arn }) },
      { users: [one] },
    );
    expect(told).toEqual(["anna: yes"]);
  });

  test("one whom the source holds and who has not the tag is not let in", () => {
    const one = user({
      name: "anna",
      tags: { team: "web" },
      policies: [policyOf(allow("sts:AssumeRole", "*"))],
    });
    const told = toldOf(
      { principal: own, condition: equals({ "aws:PrincipalTag/team": "ops" }) },
      { users: [one] },
    );
    expect(told.some((text) => text.startsWith("anna"))).toBe(false);
  });

  test.each([
    "05-access-own-root-principalarn",
    "05b-access-foreign-root-principalarn",
    "05c-access-star-own-account",
    "05d-access-principal-tag",
  ])("%s: an administrator role is not assumed by nobody", (name) => {
    const graph = graphFromPlan(caseFile(`${name}.json`)).after;
    const [admin] = accessReport([{ environment: "e", graph }]).environments[0]?.roles ?? [];
    expect(admin?.administrator).toBe("yes");
    expect(admin?.assumedBy).toHaveLength(1);
  });
});

describe("users, roles and sessions by name", () => {
  const deployer = role({ name: "deployer", trust: trust() });
  test("a session of a role is told by its name", () => {
    const principal = { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/ci` };
    expect(toldOf({ principal }, { roles: [deployer] })).toEqual(["deployer: yes"]);
    expect(toldOf({ principal })).toEqual([`arn:aws:sts::${ACCOUNT}:assumed-role/deployer/ci: yes`]);
  });

  test("external ids of several statements are each tried", () => {
    const foreign = user({ name: "partner", accountId: OTHER_ACCOUNT, policies: [policyOf(allow("*"))] });
    const other = user({ name: "other", accountId: OTHER_ACCOUNT, policies: [policyOf(allow("*"))] });
    const of = (arn: string, id: string) =>
      statementOf({ principal: { AWS: arn }, condition: equals({ "sts:ExternalId": id }) });
    const told = assumersOf([of(foreign.arn, "one"), of(other.arn, "two")], { users: [foreign, other] });
    expect(told.map(({ name, answer }) => `${name}: ${answer}`)).toEqual([
      "other (444455556666): yes",
      "partner (444455556666): yes",
    ]);
  });

  test("a name that ends in a random suffix is not known", () => {
    const principal = { AWS: `arn:aws:iam::${ACCOUNT}:role/admin-\uFFFD` };
    expect(toldOf({ principal })).toEqual([`arn:aws:iam::${ACCOUNT}:role/admin-*: unknown ?`]);
  });

  test("a deleted user is told as deleted, and is nobody", () => {
    const [found] = rolesOf({
      roles: [
        role({
          trust: trust(
            statementOf({ principal: { AWS: ["AIDACKCEVSQ6C2EXAMPLE", "AROADBQP57FF2AEXAMPLE"] } }),
          ),
        }),
      ],
    });
    expect(found?.assumedBy).toEqual([]);
    expect(found?.trustsDeleted).toEqual(["user ****MPLE", "role ****MPLE"]);
    const gone = role({ trust: trust(statementOf({ principal: { AWS: "AIDACKCEVSQ6C2EXAMPLE" } })) });
    const report = accessReport([{ environment: "e", graph: accessGraph({ roles: [gone] }) }]);
    expect(formatAccessTable(report)).toMatch(/deleted user \*{4}MPLE\s+nobody can be it any more/);
  });
});

describe("two roles of one name in two accounts", () => {
  const foreign = { name: "admin", accountId: OTHER_ACCOUNT };
  const both = [
    role({
      name: "admin",
      policies: [policyOf(allow("*"))],
      trust: trust(statementOf({ principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/anna` } })),
    }),
    role({
      ...foreign,
      trust: trust(statementOf({ principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/baseline/admin` } })),
    }),
  ];
  const users = [user({ name: "anna", path: "/" })];
  const report = accessReport([{ environment: "e", graph: accessGraph({ users, roles: both }) }]);

  test.each([formatAccessTable, formatAccessMarkdown, formatAccessMermaid, formatAccessSvg])(
    "are told apart by their accounts in %p",
    (format) => {
      const text = format(report)
        .replaceAll("&#39;", "")
        .replaceAll("#40;", "(")
        .replaceAll("#41;", ")")
        .replaceAll("\\", "");
      expect(text).toContain(`(${ACCOUNT})`);
      expect(text).toContain(`(${OTHER_ACCOUNT})`);
    },
  );

  test("one account has no account beside its names", () => {
    const one = accessReport([{ environment: "e", graph: accessGraph({ users, roles: both.slice(0, 1) }) }]);
    expect(formatAccessTable(one)).not.toContain("admin (1");
  });

  test("are told apart where one assumes the other", () => {
    const [, second] = report.environments[0]?.roles ?? [];
    expect(second?.assumedBy.map(({ name }) => name)).toEqual([`admin (${ACCOUNT})`]);
  });
});

describe("services", () => {
  test.each<[string, ConditionBlock | undefined, readonly string[]]>([
    ["without conditions", undefined, ["scheduler.amazonaws.com: yes"]],
    [
      "for the own account",
      equals({ "aws:SourceAccount": ACCOUNT }),
      ["scheduler.amazonaws.com: yes (only on behalf of this account)"],
    ],
    [
      "for another account",
      equals({ "aws:SourceAccount": OTHER_ACCOUNT }),
      [`scheduler.amazonaws.com: yes (only for ${OTHER_ACCOUNT})`],
    ],
    [
      "for an ARN",
      { ArnLike: { "aws:SourceArn": `arn:aws:scheduler:*:${ACCOUNT}:schedule-group/*` } },
      ["scheduler.amazonaws.com: yes (only for schedule-group/*)"],
    ],
    [
      "for an organization",
      equals({ "aws:SourceOrgID": "o-a1b2c3d4e5" }),
      ["scheduler.amazonaws.com: yes (only for o-a1b2c3d4e5)"],
    ],
    [
      "for a certificate",
      equals({ "aws:PrincipalTag/x509Subject/CN": ["work", "home"] }),
      ["scheduler.amazonaws.com: yes (aws:PrincipalTag/x509Subject/CN work or home)"],
    ],
  ])("%s", (_what, condition, told) => {
    expect(
      toldOf({ principal: { Service: "scheduler.amazonaws.com" }, ...(condition && { condition }) }),
    ).toEqual(told);
  });
});

describe("the ledger of a trust policy", () => {
  const principals = fc.constantFrom<PrincipalBlock>(
    { Federated: oidc(GITHUB) },
    { Federated: oidc(EKS) },
    { Federated: SAML },
    { Federated: "cognito-identity.amazonaws.com" },
    { Federated: "arn:aws:iam::111122223333:oidc-provider/\uFFFD" },
    { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
    { AWS: "*" },
    "*",
    { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:role/x` },
    { Service: "ec2.amazonaws.com" },
    { CanonicalUser: "79a59df900b949e55d96a1e698fbaced" },
    { AWS: "\uFFFD" },
  );
  const keys = fc.constantFrom(
    ...[
      `${GITHUB}:sub`,
      `${GITHUB}:aud`,
      `${EKS}:sub`,
      "SAML:aud",
      "saml:sub",
      "cognito-identity.amazonaws.com:amr",
    ],
    ...[
      "aws:PrincipalTag/x",
      "aws:PrincipalOrgID",
      "aws:PrincipalOrgPaths",
      "aws:SourceAccount",
      "aws:SourceArn",
    ],
    ...["sts:ExternalId", "sts:RoleSessionName", "sts:SourceIdentity", "aws:RequestTag/x", "aws:TagKeys"],
    ...[
      "aws:CurrentTime",
      "aws:SourceIp",
      "aws:MultiFactorAuthPresent",
      "aws:MultiFactorAuthAge",
      "aws:userid",
    ],
    ...["aws:PrincipalType", "aws:username", "made:up", "\uFFFD"],
  );
  const operators = fc.constantFrom(
    ...[
      "StringEquals",
      "StringNotEquals",
      "StringLike",
      "StringNotLike",
      "ArnLike",
      "ArnNotEquals",
      "Null",
      "Bool",
    ],
    ...[
      "ForAnyValue:StringLike",
      "ForAllValues:StringNotEquals",
      "StringEqualsIfExists",
      "NumericLessThan",
      "IpAddress",
    ],
    ...["DateGreaterThan", "BinaryEquals", "NoSuchOperator"],
  );
  const values = fc.constantFrom(
    "x",
    "*",
    "repo:octo/*",
    "true",
    "false",
    "1",
    "203.0.113.0/24",
    "${aws:username}",
    "\uFFFD",
    "",
  );
  const conditions = fc.dictionary(
    operators,
    fc.dictionary(keys, fc.oneof(values, fc.array(values, { maxLength: 2 })), { maxKeys: 2 }),
    {
      maxKeys: 3,
    },
  );

  test("leaves nobody out: whoever is named is told, if only as not known", () => {
    fc.assert(
      fc.property(principals, conditions, (Principal, Condition) => {
        const told = assumersOf([{ Effect: "Allow", Principal, Action: "*", Condition } as Statement]);
        expect(told.length).toBeGreaterThan(0);
        for (const { answer, unknowns, conditions: how } of told) {
          expect(answer === "yes" ? how.length : unknowns.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("shows no sign of ours for what is unknown, in any format", () => {
    fc.assert(
      fc.property(principals, conditions, (Principal, Condition) => {
        const one = role({
          trust: trust({ Effect: "Allow", Principal, Action: "*", Condition } as Statement),
        });
        const report = accessReport([{ environment: "e", graph: accessGraph({ roles: [one] }) }]);
        for (const format of [
          formatAccessTable,
          formatAccessJson,
          formatAccessMarkdown,
          formatAccessMermaid,
          formatAccessSvg,
        ]) {
          expect(format(report)).not.toContain("\uFFFD");
        }
      }),
      { numRuns: 60 },
    );
  });
});
