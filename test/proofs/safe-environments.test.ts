import type { EnvironmentInput } from "../../src/environment/environment";
import { allow, deny } from "../../src/environment/policy-statement";
import { adminRole, dailyRole } from "../../src/environment/role-presets";
import { formatBrokenProofs } from "../../src/proofs/format-proofs";
import { device, environment } from "../builders/environment";
import { proven } from "./proven";

type Roles = NonNullable<EnvironmentInput["roles"]>;
type Role = Roles[string];

const base = (difference: Partial<EnvironmentInput> = {}): EnvironmentInput =>
  environment({
    devices: { work: device({ roles: ["daily", "admin"] }), home: device() },
    roles: { daily: dailyRole(), admin: adminRole() },
    ...difference,
  });
const roles = (more: Roles) => base({ roles: { daily: dailyRole(), admin: adminRole(), ...more } });
const daily = (...statements: NonNullable<Role["statements"]>) =>
  roles({ daily: { ...dailyRole(), statements } });
const G = { repository: "octo/infra", ownerId: "1", repositoryId: "2" } as const;
const gh = (role: Role): EnvironmentInput => ({
  ...roles({ ci: { github: { ...G, environment: "prod" }, ...role } }),
  account: { githubOidcProvider: {} },
});
const ci = (group: NonNullable<EnvironmentInput["ciGroups"]>[string]) =>
  base({ ciGroups: { deployers: group } });

/** Every action, key and service here is one that AWS's own documentation uses in such a policy. */
const SAFE: readonly (readonly [what: string, input: EnvironmentInput])[] = [
  ["ReadOnly in CI", ci({ managedPolicies: ["ReadOnlyAccess"] })],
  [
    "ReadOnly in PR role",
    base({
      roles: {
        daily: dailyRole(),
        admin: adminRole(),
        pr: { github: { ...G, pullRequest: true }, managedPolicies: ["ReadOnlyAccess"] },
      },
      account: { githubOidcProvider: {} },
    }),
  ],
  [
    "iam read wildcards in CI",
    ci({ statements: [allow(["iam:Simulate*", "iam:Generate*", "iam:Get*", "iam:List*"], "*")] }),
  ],
  ["ViewOnly CI", ci({ managedPolicies: ["job-function/ViewOnlyAccess"] })],
  ["SecurityAudit CI", ci({ managedPolicies: ["SecurityAudit"] })],
  [
    "AttachRolePolicy with PolicyARN",
    daily(
      allow("iam:AttachRolePolicy", "*", {
        ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" },
      }),
    ),
  ],
  [
    "PassRole lambda own role",
    daily(
      allow("iam:PassRole", "arn:aws:iam::111122223333:role/app-*", {
        StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" },
      }),
      allow(
        ["lambda:CreateFunction", "lambda:InvokeFunction"],
        "arn:aws:lambda:eu-central-1:111122223333:function:app-*",
      ),
    ),
  ],
  ["LambdaFull env role", gh({ managedPolicies: ["AWSLambda_FullAccess"] })],
  ["ECSFull env role", gh({ managedPolicies: ["AmazonECS_FullAccess"] })],
  [
    "SLR",
    daily(
      allow("iam:CreateServiceLinkedRole", "arn:aws:iam::*:role/aws-service-role/*", {
        StringEquals: { "iam:AWSServiceName": "ecs.amazonaws.com" },
      }),
    ),
  ],
  ["own bucket write", daily(allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::octo-data/*"))],
  [
    "ec2 start/stop tagged",
    daily(
      allow(["ec2:StartInstances", "ec2:StopInstances"], "arn:aws:ec2:*:*:instance/*", {
        StringEquals: { "aws:ResourceTag/team": "web" },
      }),
    ),
  ],
  [
    "deny region",
    daily(
      allow("ec2:Describe*", "*"),
      deny("*", "*", { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1", "us-east-1"] } }),
    ),
  ],
  [
    "NotAction deny region",
    daily(allow("ec2:Describe*", "*"), {
      Effect: "Deny",
      NotAction: ["iam:*", "sts:*", "support:*"],
      Resource: "*",
      Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1"] } },
    }),
  ],
  [
    "kms via",
    daily(
      allow("kms:Decrypt", "arn:aws:kms:eu-central-1:111122223333:key/*", {
        StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
      }),
    ),
  ],
  [
    "cloudwatch logs",
    daily(
      allow(
        ["logs:FilterLogEvents", "logs:StartQuery", "logs:GetQueryResults"],
        "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda/app:*",
      ),
    ),
  ],
  [
    "dynamo leading keys",
    daily(
      allow("dynamodb:GetItem", "arn:aws:dynamodb:eu-central-1:111122223333:table/x", {
        "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["${aws:userid}"] },
      }),
    ),
  ],
  [
    "vpc endpoint",
    daily(
      allow("s3:GetObject", "arn:aws:s3:::a/*", {
        StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d4e5f60718" },
      }),
    ),
  ],
  [
    "org id",
    daily(
      allow("s3:GetObject", "arn:aws:s3:::a/*", { StringEquals: { "aws:ResourceOrgID": "o-a1b2c3d4e5" } }),
    ),
  ],
  ["tls", daily(allow("s3:GetObject", "arn:aws:s3:::a/*", { Bool: { "aws:SecureTransport": "true" } }))],
  [
    "time",
    daily(
      allow("s3:GetObject", "arn:aws:s3:::a/*", {
        DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
      }),
    ),
  ],
  [
    "ssm session tagged",
    daily(
      allow(
        "ssm:StartSession",
        ["arn:aws:ec2:*:111122223333:instance/*", "arn:aws:ssm:*::document/AWS-StartPortForwardingSession"],
        { StringEquals: { "ssm:resourceTag/team": "web" } },
      ),
    ),
  ],
  [
    "ecr",
    ci({
      statements: [
        allow("ecr:GetAuthorizationToken", "*"),
        allow(
          [
            "ecr:PutImage",
            "ecr:InitiateLayerUpload",
            "ecr:UploadLayerPart",
            "ecr:CompleteLayerUpload",
            "ecr:BatchCheckLayerAvailability",
          ],
          "arn:aws:ecr:eu-central-1:111122223333:repository/web",
        ),
      ],
    }),
  ],
  [
    "cloudfront inval",
    ci({
      statements: [
        allow("cloudfront:CreateInvalidation", "arn:aws:cloudfront::111122223333:distribution/E123"),
      ],
    }),
  ],
  [
    "lambda deploy CI own function",
    ci({
      statements: [
        allow(
          ["lambda:UpdateFunctionCode", "lambda:PublishVersion"],
          "arn:aws:lambda:eu-central-1:111122223333:function:site-api",
        ),
      ],
    }),
  ],
  [
    "cn",
    base({
      region: "cn-north-1",
      ciGroups: { deployers: { statements: [allow("s3:PutObject", "arn:aws-cn:s3:::a/*")] } },
    }),
  ],
  [
    "gov",
    base({
      region: "us-gov-west-1",
      ciGroups: { deployers: { statements: [allow("s3:PutObject", "arn:aws-us-gov:s3:::a/*")] } },
    }),
  ],
  [
    "iso",
    base({
      region: "us-iso-east-1",
      ciGroups: { deployers: { statements: [allow("s3:PutObject", "arn:aws-iso:s3:::a/*")] } },
    }),
  ],
  [
    "eusc",
    base({
      region: "eusc-de-east-1",
      ciGroups: { deployers: { statements: [allow("s3:PutObject", "arn:aws-eusc:s3:::a/*")] } },
    }),
  ],
  [
    "PowerUser role w/ boundary",
    base({
      roles: {
        daily: { managedPolicies: ["job-function/ViewOnlyAccess"], permissionsBoundary: "ReadOnlyAccess" },
        admin: adminRole(),
      },
    }),
  ],
  ["only IPv6", base({ allowedNetworks: ["2001:db8:1::/48"] })],
  ["vpcs", base({ allowedVpcs: ["vpc-0a1b2c3d4e5f60718"] })],
  [
    "many nets",
    base({ allowedNetworks: ["203.0.113.0/25", "203.0.113.128/25", "198.51.100.7/32", "2001:db8::/32"] }),
  ],
  [
    "two groups, one guardless",
    base({
      developerGroups: { developers: {}, weak: { guard: { networks: false } } },
      devices: {
        work: { owner: "anna", roles: ["daily", "admin"], groups: ["developers"] },
        home: { owner: "anna", roles: ["daily"], groups: ["developers", "weak"] },
      },
    }),
  ],
  ["mfa off", base({ developerGroups: { developers: { guard: { mfa: false } } } })],
  ["no self reactivation", base({ developerGroups: { developers: { allowSelfReactivation: false } } })],
  [
    "by-group",
    base({
      roleSuffix: "abcd1234",
      roles: { daily: { ...dailyRole(), trust: { devices: "by-group" } }, admin: adminRole() },
    }),
  ],
  [
    "source identity",
    base({ roles: { daily: { ...dailyRole(), trust: { sourceIdentity: true } }, admin: adminRole() } }),
  ],
  [
    "mfa age 12h",
    base({
      roles: {
        daily: { ...dailyRole(), trust: { maxMfaAgeSeconds: 43200 }, maxSessionDuration: 43200 },
        admin: adminRole(),
      },
    }),
  ],
  ["namespace", base({ namespace: "acme" })],
  [
    "names odd",
    base({
      devices: {
        "a.b": { owner: "anna", roles: ["daily", "admin"] },
        ab: { owner: "anna", roles: ["daily"] },
        "a+b=c,d@e_f-g": { owner: "anna", roles: ["daily"] },
      },
    }),
  ],
  [
    "ec2 service role",
    roles({
      web: {
        statements: [allow("s3:GetObject", "arn:aws:s3:::a/*")],
        service: { principal: "ec2.amazonaws.com" },
      },
    }),
  ],
  [
    "lambda edge",
    roles({
      web: {
        statements: [allow("s3:GetObject", "arn:aws:s3:::a/*")],
        service: { principal: "edgelambda.amazonaws.com" },
      },
    }),
  ],
  [
    "states regional",
    roles({
      web: {
        statements: [allow("s3:GetObject", "arn:aws:s3:::a/*")],
        service: { principal: "states.eu-central-1.amazonaws.com" },
      },
    }),
  ],
  ["break glass", base({ breakGlass: { emergency: { owner: "anna", roles: ["admin"] } } })],
  [
    "permission set",
    roles({
      sso: { managedPolicies: ["job-function/ViewOnlyAccess"], permissionSet: { name: "Developers" } },
    }),
  ],
  ["github role deploy", gh({ statements: [allow("s3:PutObject", "arn:aws:s3:::site/*")] })],
  ["plan role", gh({ plansStacks: true })],
  ["marketplace svc", daily(allow("aws-marketplace:ViewSubscriptions", "*"))],
  ["q svc", daily(allow(["q:SendMessage", "bedrock:InvokeModel"], "*"))],
  [
    "s3 accesspoint arn",
    daily(allow("s3:GetObject", "arn:aws:s3:eu-central-1:111122223333:accesspoint/ap/object/*")),
  ],
  [
    "execute-api",
    daily(allow("execute-api:Invoke", "arn:aws:execute-api:eu-central-1:111122223333:abc123/prod/GET/*")),
  ],
  ["rds-db", daily(allow("rds-db:connect", "arn:aws:rds-db:eu-central-1:111122223333:dbuser:db-ABC/reader"))],
  ["elb", daily(allow("elasticloadbalancing:DescribeTags", "*"))],
  ["ssm param", daily(allow("ssm:GetParameter", "arn:aws:ssm:eu-central-1:111122223333:parameter/app/*"))],
  [
    "secrets",
    daily(
      allow(
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:eu-central-1:111122223333:secret:app/*-??????",
      ),
    ),
  ],
  [
    "glue db",
    daily(
      allow("glue:GetTable", [
        "arn:aws:glue:eu-central-1:111122223333:catalog",
        "arn:aws:glue:eu-central-1:111122223333:database/x",
        "arn:aws:glue:eu-central-1:111122223333:table/x/*",
      ]),
    ),
  ],
  [
    "log group",
    daily(allow("logs:GetLogEvents", "arn:aws:logs:eu-central-1:111122223333:log-group:app:log-stream:x")),
  ],
  ["r53", daily(allow("route53:ListResourceRecordSets", "arn:aws:route53:::hostedzone/Z123"))],
  [
    "cfn stack",
    daily(
      allow("cloudformation:DescribeStacks", "arn:aws:cloudformation:eu-central-1:111122223333:stack/app/*"),
    ),
  ],
  ["apigw", daily(allow("apigateway:GET", "arn:aws:apigateway:eu-central-1::/restapis/*"))],
  ["short arn", daily(allow("s3:GetObject", "arn:aws:s3:::*"))],
  ["star arn", daily(allow("lambda:GetFunction", "arn:aws:lambda:*"))],
];

describe("what is safe is not refused", () => {
  test.each(SAFE)("%s", (_what, input) => {
    expect(formatBrokenProofs(proven(input).broken)).toBe("");
  });
});

const OWN = "arn:aws:iam::111122223333:policy/made-boundary";
const WIDE = "arn:aws:iam::111122223333:policy/wide";
const document = (action: string) => ({ Version: "2012-10-17" as const, Statement: [allow(action, "*")] });

describe("delegation with a boundary (iam:PermissionsBoundary)", () => {
  const delegated = (boundaries: readonly string[], documents: Readonly<Record<string, string>> = {}) => ({
    ...daily(
      allow(
        ["iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePolicy"],
        "arn:aws:iam::111122223333:role/made/*",
        { StringEquals: { "iam:PermissionsBoundary": boundaries } },
      ),
    ),
    documents: Object.fromEntries(Object.entries(documents).map(([arn, action]) => [arn, document(action)])),
  });
  test.each<[string, EnvironmentInput, boolean]>([
    ["a narrow policy of AWS", delegated(["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]), true],
    ["AdministratorAccess", delegated(["arn:aws:iam::aws:policy/AdministratorAccess"]), false],
    ["a narrow policy whose document is given", delegated([OWN], { [OWN]: "s3:*" }), true],
    ["a wide one whose document is given", delegated([OWN], { [OWN]: "*" }), false],
    ["one with IAM", delegated([OWN], { [OWN]: "iam:*" }), false],
    ["one that nobody has seen", delegated([OWN]), false],
    ["two narrow ones", delegated([OWN, WIDE], { [OWN]: "s3:*", [WIDE]: "ec2:*" }), true],
    ["a narrow one and a wide one after it", delegated([OWN, WIDE], { [OWN]: "s3:*", [WIDE]: "*" }), false],
    ["a wide one and a narrow one after it", delegated([WIDE, OWN], { [OWN]: "s3:*", [WIDE]: "*" }), false],
  ])("%s", (_what, input, isSafe) => {
    const proofs = proven(input).broken.map(({ proof }) => proof);
    expect([...new Set(proofs)]).toEqual(isSafe ? [] : ["no-privilege-escalation"]);
  });
});
