import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentInput } from "../../src/environment/environment";
import { evaluate } from "../../src/iam/evaluate";
import type { AccessGraph } from "../../src/iam/graph";
import { graphOfStacks } from "../../src/proofs/prove-stacks";
import { device, environment, role } from "../builders/environment";
import { stackOf, synthesize } from "../support/synthesize";
import { proven, type StackJson, told } from "./proven";

jest.setTimeout(120_000);

const metadata = readFileSync(join(__dirname, "../fixtures/federation/saml-metadata.xml"), "utf8");
const REPOSITORY = "{0a1b2c3d-0000-4000-8000-00000000000a}";
const DEPLOYMENT = "{0a1b2c3d-0000-4000-8000-00000000000b}";
const HASH = "0f1e2d3c4b5a6978";

const federated: EnvironmentInput = environment({
  name: "prod",
  devices: { laptop: device({ roles: ["daily", "sso"] }) },
  identityProviders: {
    saml: { okta: { metadata } },
    oidc: {
      gitlab: { url: "https://gitlab.com", audiences: ["https://gitlab.com"] },
      bitbucket: {
        url: "https://api.bitbucket.org/2.0/workspaces/octo/pipelines-config/identity/oidc",
        audiences: ["ari:cloud:bitbucket::workspace/0a1b2c3d-0000-4000-8000-00000000000c"],
      },
      circle: { url: "https://oidc.circleci.com/org/0a1b", audiences: ["org", "other"] },
    },
  },
  roleSuffix: "k7q2m9xd",
  roles: {
    daily: role(),
    people: role({ saml: { provider: "okta", signInRegions: ["eu-central-1"] } }),
    one: role({ saml: { provider: "okta", subjects: ["anna@example.com"] } }),
    gitlab: role({ oidc: { provider: "gitlab", gitlab: { project: "octo/web", branch: "main" } } }),
    bitbucket: role({
      oidc: { provider: "bitbucket", bitbucket: { repositoryUuid: REPOSITORY, deploymentUuid: DEPLOYMENT } },
    }),
    circle: role({ oidc: { provider: "circle", audience: "org", subjects: ["org/0a1b/project/1/user/2"] } }),
    sso: role({ permissionSet: { name: "Dev", region: "eu-central-1" } }),
    "sso-anywhere": role({ permissionSet: { name: "Dev" } }),
  },
});

const arn = (name: string) => `arn:aws:iam::111122223333:role/baseline/${name}-k7q2m9xd`;
const provider = (name: string) => `arn:aws:iam::111122223333:${name}`;
const SSO = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com";
const HOME = { sourceIp: "203.0.113.7" };
const AWAY = { sourceIp: "192.0.2.77" };

let graph: AccessGraph;
beforeAll(() => {
  graph = graphOfStacks(
    [...synthesize(federated)].map(([name, { json }]) => ({ name, configuration: json })),
  );
});

describe("environments with identity providers", () => {
  test("hold every proof", () => {
    const report = proven(federated);
    expect(told(report.broken)).toEqual([]);
  });

  test("say of every role of people that MFA is the provider's to ask", () => {
    const { declared } = proven(federated);
    const said = declared
      .filter(({ message }) => /to ask: no request says/.test(message))
      .map(({ subject }) => subject);
    expect(new Set(said)).toEqual(
      new Set(["people", "one", "sso", "sso-anywhere"].map((name) => `role/${name}`)),
    );
  });

  test("give the metadata on as it is, though it holds what Terraform reads", () => {
    const stack = stackOf(synthesize(federated), "prod-identity");
    const [saml] = stack.resources.filter(({ type }) => type === "aws_iam_saml_provider");
    const text = String(saml?.attributes["saml_metadata_document"]);
    expect(text).toContain("$${not}");
    expect(text.replaceAll("$${", () => "${").replaceAll("%%{", () => "%{")).toBe(metadata);
  });
});

describe("who comes in", () => {
  type Case = [
    what: string,
    role: string,
    principal: string,
    action: string,
    claims: Record<string, string>,
    network: typeof HOME,
    effect: string,
  ];
  const assertion = { aud: "https://signin.aws.amazon.com/saml", sub: "ben@example.com" };
  const okta = provider("saml-provider/okta");
  const gitlab = provider("oidc-provider/gitlab.com");
  const bitbucket = provider(
    "oidc-provider/api.bitbucket.org/2.0/workspaces/octo/pipelines-config/identity/oidc",
  );
  const project = { aud: "https://gitlab.com", sub: "project_path:octo/web:ref_type:branch:ref:main" };
  const step = {
    aud: "ari:cloud:bitbucket::workspace/0a1b2c3d-0000-4000-8000-00000000000c",
    sub: `${REPOSITORY}:${DEPLOYMENT}:{0a1b2c3d-0000-4000-8000-00000000000d}`,
  };
  const [SAML, WEB] = ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];
  const cases: readonly Case[] = [
    ["a person", "people", okta, SAML, assertion, HOME, "Allowed"],
    [
      "a person at a regional sign-in page",
      "people",
      okta,
      SAML,
      { ...assertion, aud: "https://eu-central-1.signin.aws.amazon.com/saml" },
      HOME,
      "Allowed",
    ],
    ["a person from elsewhere", "people", okta, SAML, assertion, AWAY, "ImplicitlyDenied"],
    [
      "an assertion for another service",
      "people",
      okta,
      SAML,
      { ...assertion, aud: "https://example.com" },
      HOME,
      "ImplicitlyDenied",
    ],
    [
      "a person of another provider",
      "people",
      provider("saml-provider/other"),
      SAML,
      assertion,
      HOME,
      "ImplicitlyDenied",
    ],
    ["somebody else where one is named", "one", okta, SAML, assertion, HOME, "ImplicitlyDenied"],
    ["the one who is named", "one", okta, SAML, { ...assertion, sub: "anna@example.com" }, HOME, "Allowed"],
    ["an assertion as a token", "people", okta, WEB, assertion, HOME, "ImplicitlyDenied"],
    ["a job", "gitlab", gitlab, WEB, project, AWAY, "Allowed"],
    [
      "a job of another branch",
      "gitlab",
      gitlab,
      WEB,
      { ...project, sub: "project_path:octo/web:ref_type:branch:ref:dev" },
      AWAY,
      "ImplicitlyDenied",
    ],
    [
      "a job of a tag of the branch's name",
      "gitlab",
      gitlab,
      WEB,
      { ...project, sub: "project_path:octo/web:ref_type:tag:ref:main" },
      AWAY,
      "ImplicitlyDenied",
    ],
    [
      "a job of another project",
      "gitlab",
      gitlab,
      WEB,
      { ...project, sub: "project_path:octo/web2:ref_type:branch:ref:main" },
      AWAY,
      "ImplicitlyDenied",
    ],
    ["a step of the deployment", "bitbucket", bitbucket, WEB, step, AWAY, "Allowed"],
    [
      "a step of another deployment",
      "bitbucket",
      bitbucket,
      WEB,
      { ...step, sub: `${REPOSITORY}:{0a1b2c3d-0000-4000-8000-0000000000ff}:{x}` },
      AWAY,
      "ImplicitlyDenied",
    ],
    [
      "a step of another repository",
      "bitbucket",
      bitbucket,
      WEB,
      { ...step, sub: `{0a1b2c3d-0000-4000-8000-0000000000ff}:${DEPLOYMENT}:{x}` },
      AWAY,
      "ImplicitlyDenied",
    ],
  ];
  test.each(cases)("%s to %s: %#", (_what, name, principal, action, claims, network, effect) => {
    const decision = evaluate(
      { principal, credentials: { kind: "web-identity", claims }, network, action, resource: arn(name) },
      graph,
    );
    expect(decision.effect).toBe(effect);
  });

  test.each<[what: string, role: string, principal: string, network: typeof HOME, comesIn: boolean]>([
    ["its permission set", "sso", `${SSO}/eu-central-1/AWSReservedSSO_Dev_${HASH}`, HOME, true],
    [
      "its permission set from elsewhere",
      "sso",
      `${SSO}/eu-central-1/AWSReservedSSO_Dev_${HASH}`,
      AWAY,
      false,
    ],
    [
      "its permission set of another home region",
      "sso",
      `${SSO}/us-west-2/AWSReservedSSO_Dev_${HASH}`,
      HOME,
      false,
    ],
    [
      "a permission set whose name begins the same",
      "sso",
      `${SSO}/eu-central-1/AWSReservedSSO_Dev_Admin_${HASH}`,
      HOME,
      false,
    ],
    [
      "a role that somebody called so",
      "sso",
      `arn:aws:iam::111122223333:role/AWSReservedSSO_Dev_${HASH}`,
      HOME,
      false,
    ],
    [
      "its permission set, in us-east-1 and elsewhere",
      "sso-anywhere",
      `${SSO}/AWSReservedSSO_Dev_${HASH}`,
      HOME,
      true,
    ],
    [
      "its permission set of any home region",
      "sso-anywhere",
      `${SSO}/ap-northeast-1/AWSReservedSSO_Dev_${HASH}`,
      HOME,
      true,
    ],
  ])("%s of %s: %#", (_what, name, principal, network, comesIn) => {
    const decision = evaluate(
      {
        principal,
        credentials: { kind: "role-session", sessionName: "anna" },
        network,
        action: "sts:AssumeRole",
        resource: arn(name),
      },
      graph,
    );
    // what the permission set itself allows is Identity Center's: not known here, and never denied by the trust
    expect(decision.effect === "Unknown" || decision.effect === "Allowed").toBe(comesIn);
  });

  test("a device beside them, with MFA", () => {
    const ask = (mfaAgeSeconds?: number) =>
      evaluate(
        {
          principal: "arn:aws:iam::111122223333:user/baseline/device/laptop",
          credentials: { kind: "session-token", ...(mfaAgeSeconds !== undefined && { mfaAgeSeconds }) },
          network: HOME,
          action: "sts:AssumeRole",
          resource: arn("sso"),
        },
        graph,
      ).effect;
    expect(ask(10)).toBe("Allowed");
    expect(ask()).not.toBe("Allowed");
  });
});

describe("a trust that is opened breaks a proof", () => {
  type Conditions = Record<string, Record<string, unknown>>;
  const change = (name: string, edit: (condition: Conditions) => void) => (stack: StackJson) => {
    const body = Object.values(stack.resource["aws_iam_role"] ?? {}).find(
      (one) => one["name"] === `${name}-k7q2m9xd`,
    );
    const document = JSON.parse(String(body?.["assume_role_policy"])) as {
      Statement: { Sid: string; Condition: Conditions }[];
    };
    const statement = document.Statement.find(({ Sid }) => !Sid.startsWith("AllowListed"));
    if (body === undefined || statement === undefined) throw new Error(`no role ${name}`);
    edit(statement.Condition);
    body["assume_role_policy"] = JSON.stringify(document);
  };
  const values = (condition: Conditions, operator: string) => condition[operator] ?? {};
  test.each<[what: string, role: string, edit: (condition: Conditions) => void]>([
    ["the audience of assertions dropped", "people", (c) => delete values(c, "StringEquals")["SAML:aud"]],
    [
      "another audience of assertions",
      "people",
      (c) => {
        values(c, "StringEquals")["SAML:aud"] = [
          "https://example.com/saml",
          "https://signin.aws.amazon.com/saml",
        ];
      },
    ],
    ["the networks of people dropped", "people", (c) => delete c["IpAddress"]],
    ["the named person dropped", "one", (c) => delete values(c, "StringEquals")["saml:sub"]],
    [
      "the subject of a job cut to its project",
      "gitlab",
      (c) => {
        delete values(c, "StringEquals")["gitlab.com:sub"];
        c["StringLike"] = { "gitlab.com:sub": "project_path:octo/web:*" };
      },
    ],
    ["the subject of a job dropped", "gitlab", (c) => delete values(c, "StringEquals")["gitlab.com:sub"]],
    [
      "a subject that only has to begin so",
      "circle",
      (c) => {
        delete values(c, "StringEquals")["oidc.circleci.com/org/0a1b:sub"];
        c["StringLike"] = { "oidc.circleci.com/org/0a1b:sub": "org/0a1b/project/1/user/2*" };
      },
    ],
    [
      "the deployment of a step dropped",
      "bitbucket",
      (c) => {
        c["StringLike"] = { [Object.keys(values(c, "StringLike"))[0] ?? ""]: `${REPOSITORY}:*` };
      },
    ],
    [
      "a permission set matched by its beginning",
      "sso",
      (c) => {
        c["ArnLike"] = { "aws:PrincipalArn": `${SSO}/eu-central-1/AWSReservedSSO_Dev_*` };
      },
    ],
    [
      "any home region where one is declared",
      "sso",
      (c) => {
        c["ArnLike"] = { "aws:PrincipalArn": `${SSO}/*/AWSReservedSSO_Dev_????????????????` };
      },
    ],
    ["the permission set dropped", "sso", (c) => delete c["ArnLike"]],
    ["the networks of a permission set dropped", "sso", (c) => delete c["IpAddress"]],
  ])("%s", (_what, name, edit) => {
    const report = proven(federated, change(name, edit));
    expect(told(report.broken)).toContain(`roles-are-assumed-as-declared role/${name}-k7q2m9xd`);
  });

  test("a provider that the role does not declare", () => {
    const other = {
      ...federated,
      roles: { ...federated.roles, people: role({ saml: { provider: "okta" } }) },
    };
    const report = proven(other, (stack) => {
      const body = Object.values(stack.resource["aws_iam_role"] ?? {}).find((one) =>
        String(one["name"]).startsWith("daily-"),
      );
      if (body === undefined) throw new Error("no role daily");
      const document = JSON.parse(String(body["assume_role_policy"])) as { Statement: object[] };
      document.Statement.push({
        Effect: "Allow",
        Principal: { Federated: provider("saml-provider/okta") },
        Action: "sts:AssumeRoleWithSAML",
      });
      body["assume_role_policy"] = JSON.stringify(document);
    });
    expect(told(report.broken)).toContain("roles-are-assumed-as-declared role/daily-k7q2m9xd");
  });
});
