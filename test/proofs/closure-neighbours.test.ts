import type { EnvironmentInput } from "../../src/environment/environment";
import { allow, deny } from "../../src/environment/policy-statement";
import {
  ACCOUNT,
  base,
  brokenOf,
  hygiene,
  iam,
  powerful,
  type Roles,
  report,
  type Statements,
  withCi,
  withDaily,
} from "./declared-base";

/** One line is dangerous, the one beside it is safe: each is the other's mutant. */
type Pair = readonly [what: string, dangerous: Statements, safe: Statements];

const S3_ONLY = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
const bounded = (actions: readonly string[], resource: string, boundary = S3_ONLY) =>
  allow(actions, resource, { StringEquals: { "iam:PermissionsBoundary": boundary } });
const onlyPolicy = (action: string, resource: string, operator: string, policy: string) =>
  allow(action, resource, { [operator]: { "iam:PolicyARN": policy } });
const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const made = iam("user/made/*");

describe("rights that are given", () => {
  test.each<Pair>([
    [
      "to any user of the account",
      [allow("iam:PutUserPolicy", iam("user/*"))],
      [allow("iam:PutUserPolicy", made)],
    ],
    [
      "by a pattern of four parts",
      [allow("iam:PutUserPolicy", "arn:aws:iam::*")],
      [allow("iam:GetUser", "*")],
    ],
    [
      "by a pattern of five parts",
      [allow("iam:PutUserPolicy", `arn:aws:iam::${ACCOUNT}:*`)],
      [allow("iam:PutUserPolicy", "arn:aws:iam::444455556666:*")],
    ],
    [
      "to a name that ends like a device",
      [allow("iam:PutUserPolicy", iam("user/*/home"))],
      [allow("iam:PutUserPolicy", iam("user/*/house"))],
    ],
    [
      "to a name with one letter open",
      [allow("iam:PutUserPolicy", iam("user/baseline/device/h?me"))],
      [allow("iam:PutUserPolicy", iam("user/baseline/device/h?mes"))],
    ],
    ["by an action with a wildcard", [allow("iam:*UserPolicy", "*")], [allow("iam:Get*Policy", "*")]],
    [
      "by all actions but some",
      [{ Effect: "Allow", NotAction: ["s3:*", "lambda:*", "iam:*Role*"], Resource: "*" }],
      [
        {
          Effect: "Allow",
          NotAction: ["s3:*", "lambda:*", "iam:*", "sts:*", "sso:*"],
          Resource: "arn:aws:dynamodb:*:*:table/x",
        },
      ],
    ],
    [
      "to all but some users",
      [{ Effect: "Allow", Action: "iam:PutUserPolicy", NotResource: iam("user/baseline/device/work") }],
      [{ Effect: "Allow", Action: "iam:PutUserPolicy", NotResource: iam("user/baseline/*") }],
    ],
    [
      "from the allowed network",
      [allow("iam:PutUserPolicy", "*", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })],
      [allow("iam:PutUserPolicy", made, { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })],
    ],
    [
      "unless they are denied",
      [allow("iam:PutUserPolicy", "*"), deny("iam:PutUserPolicy", iam("user/baseline/ci/*"))],
      [allow("iam:PutUserPolicy", "*"), deny("iam:*", iam("*"))],
    ],
    [
      "by attaching a policy that holds IAM",
      [onlyPolicy("iam:AttachUserPolicy", "*", "ArnEquals", aws("AdministratorAccess"))],
      [onlyPolicy("iam:AttachUserPolicy", "*", "ArnEquals", aws("ReadOnlyAccess"))],
    ],
    [
      "by attaching any but one policy",
      [onlyPolicy("iam:AttachUserPolicy", "*", "ArnNotEquals", aws("AdministratorAccess"))],
      [onlyPolicy("iam:AttachUserPolicy", "*", "ArnLike", aws("AmazonS3*"))],
    ],
    [
      "by attaching the second of two policies",
      [
        allow("iam:AttachRolePolicy", iam("role/baseline/daily-*"), {
          ArnEquals: { "iam:PolicyARN": [aws("AmazonS3ReadOnlyAccess"), aws("IAMFullAccess")] },
        }),
      ],
      [
        allow("iam:AttachRolePolicy", made, {
          ArnEquals: { "iam:PolicyARN": [aws("AmazonS3ReadOnlyAccess"), aws("AmazonSQSFullAccess")] },
        }),
      ],
    ],
    [
      "by attaching a policy that one writes oneself",
      [
        allow("iam:CreatePolicy", iam("policy/app/*")),
        onlyPolicy("iam:AttachUserPolicy", iam("user/baseline/device/*"), "ArnLike", iam("policy/app/*")),
      ],
      [
        allow("iam:CreatePolicy", iam("policy/other/*")),
        onlyPolicy("iam:AttachUserPolicy", iam("user/baseline/device/*"), "ArnLike", iam("policy/app/*")),
      ],
    ],
    [
      "by attaching a policy that one versions oneself",
      [
        allow("iam:CreatePolicyVersion", iam("policy/app/*")),
        onlyPolicy("iam:AttachUserPolicy", iam("user/baseline/device/*"), "ArnLike", iam("policy/app/*")),
      ],
      [allow("iam:CreatePolicyVersion", iam("policy/app/*"))],
    ],
  ])("%s", (_what, dangerous, safe) => {
    expect(brokenOf(withDaily(dangerous))).toContainEqual(
      expect.stringMatching(/^no-privilege-escalation\/.* role\/daily-/),
    );
    expect(brokenOf(withDaily(safe))).toEqual([]);
  });

  test("to somebody who may do more anyway are nothing gained, unless they are more than that", () => {
    // alice's other device may assume the administrator role, and may read everything now too
    const attach = (policy: string) =>
      withDaily([
        onlyPolicy("iam:AttachUserPolicy", iam("user/baseline/device/work"), "ArnEquals", aws(policy)),
      ]);
    expect(brokenOf(attach("ReadOnlyAccess"))).toEqual([]);
    expect(brokenOf(attach("IAMFullAccess"))).not.toEqual([]);
  });
});

describe("principals that are made", () => {
  const app = iam("role/app/*");
  test.each<Pair>([
    [
      "users with keys, under a boundary or not",
      [allow(["iam:CreateUser", "iam:CreateAccessKey", "iam:AttachUserPolicy"], made)],
      [bounded(["iam:CreateUser", "iam:AttachUserPolicy"], made), allow("iam:CreateAccessKey", made)],
    ],
    [
      "users without rights",
      [allow(["iam:CreateUser", "iam:CreateAccessKey", "iam:PutUserPolicy"], made)],
      [allow(["iam:CreateUser", "iam:CreateAccessKey"], made)],
    ],
    [
      "roles under AWS's form with a Deny",
      [
        allow(["iam:CreateRole", "iam:PutRolePolicy", "iam:DeleteRolePermissionsBoundary"], app),
        deny(["iam:CreateRole", "iam:PutRolePolicy"], "*", {
          StringNotEquals: { "iam:PermissionsBoundary": S3_ONLY },
        }),
      ],
      [
        allow(["iam:CreateRole", "iam:PutRolePolicy"], app),
        deny(["iam:CreateRole", "iam:PutRolePolicy"], "*", {
          StringNotEquals: { "iam:PermissionsBoundary": S3_ONLY },
        }),
      ],
    ],
    [
      "roles under a boundary that holds IAM or none",
      [bounded(["iam:CreateRole", "iam:PutRolePolicy"], app, aws("AdministratorAccess"))],
      [bounded(["iam:CreateRole", "iam:PutRolePolicy"], app, aws("PowerUserAccess"))],
    ],
    ["roles alone", [allow(["iam:CreateRole", "iam:AttachRolePolicy"], app)], [allow("iam:CreateRole", app)]],
  ])("%s", (_what, dangerous, safe) => {
    expect(brokenOf(withDaily(dangerous))).not.toEqual([]);
    expect(brokenOf(withDaily(safe))).toEqual([]);
  });
});

describe("principals that are become", () => {
  test.each<Pair>([
    [
      "by a key of another device",
      [allow("iam:CreateAccessKey", iam("user/baseline/device/work"))],
      [allow("iam:CreateAccessKey", iam("user/baseline/device/home"))],
    ],
    [
      "by a password",
      [allow("iam:CreateLoginProfile", "*")],
      [allow("iam:CreateLoginProfile", iam("user/baseline/ci/*"))],
    ],
    [
      "by a trust policy",
      [allow("iam:UpdateAssumeRolePolicy", iam("role/baseline/admin-*"))],
      [allow("iam:UpdateAssumeRolePolicy", iam("role/app/*"))],
    ],
    [
      "by Identity Center, where the policy means it",
      [allow("sso:*", "*")],
      [{ Effect: "Allow", NotAction: ["iam:*", "organizations:*", "s3:*"], Resource: "*" }],
    ],
  ])("%s", (_what, dangerous, safe) => {
    expect(brokenOf(withDaily(dangerous))).not.toEqual([]);
    expect(brokenOf(withDaily(safe))).toEqual([]);
  });
});

describe("roles that are passed", () => {
  const to = (service: string, role = iam("role/baseline/worker-*")) =>
    allow("iam:PassRole", role, { StringEquals: { "iam:PassedToService": service } });
  const site = `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:site-*`;
  const create = allow("lambda:CreateFunction", site);
  const strong = powerful("lambda.amazonaws.com");
  const weak: Roles = {
    worker: { service: { principal: "lambda.amazonaws.com" }, statements: [allow("s3:GetObject", "*")] },
  };

  test.each<[string, Statements, Roles]>([
    ["a role that holds nothing", [to("lambda.amazonaws.com"), create], weak],
    [
      "a role that does not trust the service",
      [to("ecs-tasks.amazonaws.com"), allow("ecs:RunTask", "*")],
      strong,
    ],
    [
      "a role for what only reads",
      [to("lambda.amazonaws.com"), allow(["lambda:Get*", "lambda:List*"], "*")],
      strong,
    ],
    ["a role for what only ends", [to("lambda.amazonaws.com"), allow("lambda:DeleteFunction", site)], strong],
    ["a role for what only tags", [to("lambda.amazonaws.com"), allow("lambda:TagResource", site)], strong],
    ["a role, and nothing else", [allow("iam:PassRole", "*")], strong],
    ["other roles", [to("lambda.amazonaws.com", iam("role/app/*")), create], strong],
    ["another service's work", [allow("ecs:RunTask", "*")], strong],
  ])("leads nowhere: %s", (_what, statements, roles) => {
    expect(brokenOf(withCi(statements, roles))).toEqual([]);
  });

  test.each([
    ["opensearchservice", "es:*"],
    ["vmie", "ec2:*"],
    ["spotfleet", "ec2:*"],
    ["vpc-flow-logs", "ec2:*"],
    ["replicator.lambda", "lambda:*"],
    ["ops.emr-serverless", "emr-serverless:*"],
    ["export.rds", "rds:*"],
    ["scheduler.redshift", "redshift:*"],
    ["malware-protection-plan.guardduty", "guardduty:*"],
    ["mediaconvert", "mediaconvert:*"],
    ["databrew", "databrew:*"],
    ["iotanalytics", "iotanalytics:*"],
  ])("leads up, whatever the service's actions are called: %s by %s", (service, actions) => {
    const statements = [allow("iam:PassRole", iam("role/baseline/worker-*")), allow(actions, "*")];
    const found = brokenOf(withCi(statements, powerful(`${service}.amazonaws.com`)));
    expect(found).toContainEqual(expect.stringMatching(/^no-privilege-escalation\/iam:PassRole\+/));
  });

  test.each<[string, Statements]>([
    ["any role to a service that the policy names", [to("lambda.amazonaws.com", "*"), create]],
    ["roles that the policy names", [allow("iam:PassRole", iam("role/app/*")), create]],
    ["one role", [allow("iam:PassRole", iam("role/app/lambda")), create]],
  ])("are told as not known, and refused no more than AWS's own policies: %s", (_what, statements) => {
    const { broken, declared } = report(withCi(statements));
    expect(broken).toEqual([]);
    expect(declared.map(({ message }) => message)).toContainEqual(
      expect.stringContaining("not known: any role of the account that trusts lambda.amazonaws.com"),
    );
  });
});

describe("the baseline's own machinery", () => {
  const lambda = `arn:aws:lambda:eu-central-1:${ACCOUNT}:function`;
  const deactivate = `${lambda}:baseline-deactivate-access-keys`;
  const state = "arn:aws:s3:::octo-state";

  test.each([
    ["s3:PutObject", `${state}/base/identity.tfstate`],
    ["s3:DeleteObjectVersion", `${state}/*`],
    ["s3:PutLifecycleConfiguration", state],
    ["s3:PutBucketVersioning", "*"],
    ["s3:PutObjectAcl", `${state}/*`],
    ["s3:*", "arn:aws:s3:::octo-*"],
    ["lambda:UpdateFunctionConfiguration", deactivate],
    ["lambda:DeleteFunction", `${lambda}:baseline-audit-credential-report`],
    ["lambda:PutFunctionConcurrency", deactivate],
    ["lambda:AddPermission", deactivate],
    ["lambda:UpdateFunctionCode", "arn:aws:lambda:*"],
    ["scheduler:DeleteScheduleGroup", "*"],
    ["sns:SetTopicAttributes", "*"],
    ["sns:Subscribe", "*"],
    ["sns:SetSubscriptionAttributes", "*"],
    ["logs:DeleteLogStream", "*"],
    ["logs:PutRetentionPolicy", "*"],
    ["cloudwatch:PutMetricAlarm", "*"],
    ["cloudwatch:SetAlarmState", "*"],
    ["sqs:PurgeQueue", "*"],
    ["sqs:SetQueueAttributes", "*"],
  ])("is out of reach of CI and of people: %s on %s", (action, resource) => {
    const statements = [allow(action, resource)];
    expect(brokenOf(withCi(statements, {}, hygiene))).toContain("machinery-is-untouched user/octo.site");
    expect(brokenOf(withDaily(statements, {}, hygiene))).toContain(
      "machinery-is-untouched role/daily-(unknown)",
    );
  });

  test.each([
    ["s3:PutObject", "arn:aws:s3:::octo-state-backup/*"],
    ["s3:GetObject", "*"],
    ["s3:CreateBucket", "*"],
    ["lambda:InvokeFunction", "*"],
    ["lambda:CreateFunction", "*"],
    ["lambda:PublishLayerVersion", "*"],
    ["lambda:UpdateFunctionCode", `${lambda}:site-*`],
    ["sqs:SendMessage", "*"],
    ["logs:CreateLogGroup", "*"],
    ["logs:PutLogEvents", "*"],
    ["cloudwatch:PutMetricData", "*"],
    ["cloudwatch:PutDashboard", "*"],
    ["scheduler:CreateSchedule", `arn:aws:scheduler:eu-central-1:${ACCOUNT}:schedule/site/*`],
    ["ecs:UpdateService", "*"],
    ["ecr:PutImage", "*"],
    ["cloudfront:CreateInvalidation", "*"],
    ["codebuild:StartBuild", "*"],
    ["ssm:SendCommand", "*"],
    ["iam:CreateServiceLinkedRole", "*"],
    ["iam:SimulatePrincipalPolicy", "*"],
  ])("is no reason to refuse %s on %s", (action, resource) => {
    expect(brokenOf(withCi([allow(action, resource)], {}, hygiene))).toEqual([]);
  });

  test.each([
    "iam:DeleteGroupPolicy",
    "iam:DetachGroupPolicy",
    "iam:DeletePolicyVersion",
    "iam:DeleteGroup",
    "iam:UpdateGroup",
    "iam:RemoveUserFromGroup",
    "iam:DeleteRole",
    "iam:DetachRolePolicy",
    "iam:UpdateRole",
    "iam:DeleteOpenIDConnectProvider",
    "iam:RemoveClientIDFromOpenIDConnectProvider",
  ])("in IAM is for administrators alone: %s", (action) => {
    expect(brokenOf(withDaily([allow(action, "*")], {}, hygiene))).toContain(
      "machinery-is-untouched role/daily-(unknown)",
    );
    const elsewhere = [":user/", ":group/", ":role/", ":policy/", ":oidc-provider/"].map(
      (type) => `arn:aws:iam::${ACCOUNT}${type}app/*`,
    );
    expect(brokenOf(withDaily([allow(action, elsewhere)], {}, hygiene))).toEqual([]);
  });
});

describe("policies of AWS that read", () => {
  test.each([
    "SecurityAudit",
    "job-function/ViewOnlyAccess",
    "job-function/SupportUser",
    "IAMReadOnlyAccess",
    "AWSBillingReadOnlyAccess",
    "AmazonEC2ContainerRegistryPullOnly",
    "AWSOrganizationsReadOnlyAccess",
    "CloudWatchLogsReadOnlyAccess",
    "AWSSSOReadOnly",
    "AmazonSSMReadOnlyAccess",
  ])("are for everybody: %s", (name) => {
    const input: EnvironmentInput = base({
      ciGroups: { deployers: { managedPolicies: [name] } },
      ...hygiene,
    });
    expect(brokenOf(input)).toEqual([]);
  });
});
