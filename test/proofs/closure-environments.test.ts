import type { EnvironmentInput } from "../../src/environment/environment";
import { allow } from "../../src/environment/policy-statement";
import { adminRole, dailyRole, planRole } from "../../src/environment/role-presets";
import {
  base,
  brokenOf,
  GITHUB,
  hygiene,
  iam,
  inRegion,
  powerful,
  type RoleInput,
  type Roles,
  report,
  type Statements,
  withCi,
  withDaily,
  withJob,
} from "./declared-base";
import { told } from "./proven";

describe("what holds", () => {
  test.each<[string, EnvironmentInput]>([
    ["the base", base()],
    ["functions, schedules and a state in S3", base(hygiene)],
    [
      "ReadOnlyAccess on a CI group",
      base({ ciGroups: { deployers: { managedPolicies: ["ReadOnlyAccess"] } } }),
    ],
    [
      "ReadOnlyAccess for pull requests",
      withJob({ pullRequest: true }, { managedPolicies: ["ReadOnlyAccess"] }),
    ],
    [
      "wildcards over reading actions of IAM in CI",
      withCi([allow(["iam:Simulate*", "iam:Generate*", "iam:Get*"], "*")]),
    ],
    ["daily and admin in China", inRegion("cn-north-1")],
    ["daily and admin in GovCloud", inRegion("us-gov-west-1")],
    [
      "AWS's pattern for delegation, with a boundary without IAM",
      withDaily([
        allow(["iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:DetachRolePolicy"], "*", {
          StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
        }),
      ]),
    ],
    [
      "attaching one harmless policy to roles of an application",
      withDaily([
        allow("iam:AttachRolePolicy", "*", {
          ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" },
        }),
      ]),
    ],
    [
      "AWSLambda_FullAccess for a protected job",
      withJob({ environment: "prod" }, { managedPolicies: ["AWSLambda_FullAccess"] }),
    ],
    [
      "AmazonECS_FullAccess for a protected job",
      withJob({ environment: "prod" }, { managedPolicies: ["AmazonECS_FullAccess"] }),
    ],
    [
      "a role passed to another service than it trusts",
      withCi(
        [
          allow("iam:PassRole", "*", { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }),
          allow("lambda:CreateFunction", "arn:aws:lambda:eu-central-1:111122223333:function:site-*"),
        ],
        powerful("lambda.amazonaws.com"),
      ),
    ],
    [
      "the plan role for pull requests",
      base({
        roles: {
          daily: dailyRole(),
          admin: adminRole(),
          plan: planRole({ github: { ...GITHUB, pullRequest: true } }),
        },
      }),
    ],
  ])("%s", (_what, input) => {
    expect(brokenOf(input)).toEqual([]);
  });
});

describe("ways up through a role of people", () => {
  test.each<[string, Statements, string]>([
    ["a policy of any user", [allow("iam:PutUserPolicy", "*")], "iam:PutUserPolicy"],
    [
      "a policy of a device",
      [allow("iam:AttachUserPolicy", iam("user/baseline/device/*"))],
      "iam:AttachUserPolicy",
    ],
    [
      "a policy of the developers",
      [allow("iam:PutGroupPolicy", iam("group/baseline/developers"))],
      "iam:PutGroupPolicy",
    ],
    ["a policy of any group", [allow("iam:AttachGroupPolicy", "*")], "iam:AttachGroupPolicy"],
    [
      "a version of a policy of the baseline",
      [allow("iam:CreatePolicyVersion", iam("policy/baseline/*"))],
      "iam:CreatePolicyVersion",
    ],
    [
      "rights for CI users, and their keys",
      [allow(["iam:AttachUserPolicy", "iam:CreateAccessKey"], iam("user/baseline/ci/*"))],
      "iam:AttachUserPolicy+iam:CreateAccessKey",
    ],
    [
      "rights for a CI group, and keys of its users",
      [
        allow("iam:PutGroupPolicy", iam("group/baseline/deployers")),
        allow("iam:CreateAccessKey", iam("user/baseline/ci/*")),
      ],
      "iam:PutGroupPolicy+iam:CreateAccessKey",
    ],
    ["Identity Center", [allow("sso:CreateAccountAssignment", "*")], "sso:CreateAccountAssignment"],
    ["root of a member account", [allow("sts:AssumeRoot", "*")], "sts:AssumeRoot"],
    ["a delegation request", [allow("iam:AcceptDelegationRequest", "*")], "iam:AcceptDelegationRequest"],
  ])("%s", (_what, statements, method) => {
    expect(brokenOf(withDaily(statements))).toContain(
      `no-privilege-escalation/${method} role/daily-(unknown)`,
    );
  });

  const service: Roles = {
    worker: {
      service: { principal: "lambda.amazonaws.com" },
      statements: [allow("s3:GetObject", "arn:aws:s3:::octo/*")],
    },
  };
  test.each<[string, Statements, string]>([
    [
      "a service role's policies and trust",
      [allow(["iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"], iam("role/baseline/worker-*"))],
      "iam:AttachRolePolicy+iam:UpdateAssumeRolePolicy",
    ],
    [
      "a service role's policies, and Lambda",
      [
        allow(["iam:PutRolePolicy", "iam:PassRole"], iam("role/baseline/worker-*")),
        allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "*"),
      ],
      "iam:PutRolePolicy+iam:PassRole+lambda:CreateFunction",
    ],
  ])("%s", (_what, statements, method) => {
    expect(brokenOf(withDaily(statements, service))).toContain(
      `no-privilege-escalation/${method} role/daily-(unknown)`,
    );
  });

  test("a boundary that may be rewritten is none", () => {
    const builder = {
      statements: [allow("iam:*", "*")],
      permissionsBoundary: [allow(["s3:*", "iam:CreatePolicyVersion"], "*")],
    };
    const input = base({
      devices: {
        work: { owner: "alice", roles: ["daily", "admin", "builder"] },
        home: { owner: "alice", roles: ["daily"] },
      },
      roles: { daily: dailyRole(), admin: adminRole(), builder },
    });
    expect(brokenOf(input).filter((one) => one.endsWith("role/builder-(unknown)"))).toContain(
      "no-privilege-escalation/iam:CreatePolicyVersion role/builder-(unknown)",
    );
  });
});

describe("a role that is passed, whatever the service's API is called", () => {
  test.each([
    ["glue", ["glue:UpdateJob", "glue:CreateTrigger"], "iam:PassRole+glue:UpdateJob+glue:CreateTrigger"],
    [
      "glue",
      ["glue:CreateSession", "glue:RunStatement"],
      "iam:PassRole+glue:CreateSession+glue:RunStatement",
    ],
    ["ecs-tasks", ["ecs:StartTask"], "iam:PassRole+ecs:StartTask"],
    [
      "ecs-tasks",
      ["ecs:RegisterTaskDefinition", "ecs:UpdateService"],
      "iam:PassRole+ecs:RegisterTaskDefinition+ecs:UpdateService",
    ],
    [
      "sagemaker",
      ["sagemaker:CreateHyperParameterTuningJob"],
      "iam:PassRole+sagemaker:CreateHyperParameterTuningJob",
    ],
    ["states", ["states:UpdateStateMachine"], "iam:PassRole+states:UpdateStateMachine"],
    ["states", ["states:TestState"], "iam:PassRole+states:TestState"],
    ["scheduler", ["scheduler:UpdateSchedule"], "iam:PassRole+scheduler:UpdateSchedule"],
    ["events", ["events:PutRule", "events:PutTargets"], "iam:PassRole+events:PutRule+events:PutTargets"],
    ["ec2", ["autoscaling:UpdateAutoScalingGroup"], "iam:PassRole+autoscaling:UpdateAutoScalingGroup"],
    ["codepipeline", ["codepipeline:CreatePipeline"], "iam:PassRole+codepipeline:CreatePipeline"],
    ["cloudformation", ["cloudformation:UpdateStackSet"], "iam:PassRole+cloudformation:UpdateStackSet"],
    ["lambda", ["lambda:CreateFunctionUrlConfig"], "iam:PassRole+lambda:CreateFunctionUrlConfig"],
    [
      "elasticbeanstalk",
      ["elasticbeanstalk:CreateEnvironment"],
      "iam:PassRole+elasticbeanstalk:CreateEnvironment",
    ],
    ["rolesanywhere", ["rolesanywhere:CreateTrustAnchor"], "rolesanywhere:CreateTrustAnchor"],
    ["braket", ["braket:CreateJob"], "iam:PassRole+braket:CreateJob"],
    ["codedeploy", ["codedeploy:CreateDeployment"], "iam:PassRole+codedeploy:CreateDeployment"],
    ["emr-serverless", ["emr-serverless:StartJobRun"], "iam:PassRole+emr-serverless:StartJobRun"],
    [
      "gamelift",
      ["gamelift:CreateBuild", "gamelift:CreateFleet"],
      "iam:PassRole+gamelift:CreateBuild+gamelift:CreateFleet",
    ],
    ["ec2", ["imagebuilder:CreateImage"], "iam:PassRole+imagebuilder:CreateImage"],
    [
      "kinesisanalytics",
      ["kinesisanalytics:CreateApplication"],
      "iam:PassRole+kinesisanalytics:CreateApplication",
    ],
    ["omics", ["omics:StartRun"], "iam:PassRole+omics:StartRun"],
    ["amplify", ["amplify:CreateApp"], "iam:PassRole+amplify:CreateApp"],
    ["ssm", ["ssm:CreateAssociation"], "iam:PassRole+ssm:CreateAssociation"],
    ["mediaconvert", ["mediaconvert:CreateJob"], "iam:PassRole+mediaconvert:CreateJob"],
  ])("%s with %j", (service, actions, method) => {
    const statements = [allow("iam:PassRole", iam("role/baseline/worker-*")), allow(actions, "*")];
    expect(brokenOf(withCi(statements, powerful(`${service}.amazonaws.com`)))).toContain(
      `no-privilege-escalation/${method} user/octo.site`,
    );
    // quiet without the role to pass
    expect(brokenOf(withCi(statements)).filter((one) => one.endsWith("user/octo.site"))).toEqual([]);
  });

  test.each([
    ["ec2", ["ec2-instance-connect:SendSerialConsoleSSHPublicKey"]],
    ["ec2", ["ssm:ResumeSession"]],
    ["ec2", ["ssm:CreateAssociation"]],
    ["ec2", ["ssm:UpdateDocument"]],
    ["states", ["states:UpdateStateMachine", "states:StartExecution"]],
    ["batch", ["batch:SubmitJob"]],
    ["codedeploy", ["codedeploy:CreateDeployment"]],
    ["sagemaker", ["sagemaker:UpdateNotebookInstanceLifecycleConfig"]],
  ])("what runs as %s already takes code by %j", (service, actions) => {
    const found = brokenOf(withCi([allow(actions, "*")], powerful(`${service}.amazonaws.com`)));
    expect(found.filter((one) => one.startsWith("no-privilege-escalation/"))).not.toEqual([]);
  });

  test.each(["arn:aws:lambda:*", "arn:aws:lambda:eu-central-1:*", "arn:aws:lambda:*:*:function:*", "*"])(
    "a function's code on %s",
    (resource) => {
      const found = brokenOf(
        withCi([allow("lambda:UpdateFunctionCode", resource)], powerful("lambda.amazonaws.com")),
      );
      expect(found).toContain("no-privilege-escalation/lambda:UpdateFunctionCode user/octo.site");
    },
  );

  test.each<[string, Statements]>([
    ["cloudformation", [allow("iam:PassRole", "*"), allow("cloudformation:*", "*")]],
    ["any service's create call", [allow("iam:PassRole", "*"), allow("glue:CreateJob", "*")]],
  ])("roles that nobody declares are not known: %s", (_what, statements) => {
    const { broken } = report(withCi(statements));
    expect(told(broken)).toEqual(["passed-roles-are-known user/octo.site"]);
    expect(broken[0]?.unknowns).toEqual([expect.stringMatching(/^any role of the account that trusts /)]);
  });
});

describe("the baseline's own machinery", () => {
  const fn = "arn:aws:lambda:eu-central-1:111122223333:function:baseline-deactivate-access-keys";
  test.each<[string, Statements]>([
    ["the state", [allow("s3:PutObject", "arn:aws:s3:::octo-state/*")]],
    ["the state's lock", [allow("s3:DeleteObject", "arn:aws:s3:::octo-state/base/identity.tfstate.tflock")]],
    ["the state's bucket", [allow("s3:PutBucketPolicy", "arn:aws:s3:::octo-*")]],
    ["the function's code", [allow("lambda:UpdateFunctionCode", fn)]],
    ["any function's code", [allow("lambda:UpdateFunctionCode", "arn:aws:lambda:*:*:function:*")]],
    ["the schedule", [allow("scheduler:UpdateSchedule", "*")]],
    ["the schedule's end", [allow("scheduler:DeleteSchedule", "*")]],
    ["the topic's subscriptions", [allow("sns:Unsubscribe", "*")]],
    ["the log", [allow("logs:DeleteLogGroup", "*")]],
    ["the alarms", [allow("cloudwatch:DisableAlarmActions", "*")]],
    ["the function's role", [allow("iam:PassRole", iam("role/baseline/baseline-deactivate-access-keys"))]],
  ])("is not changed by CI: %s", (_what, statements) => {
    const found = brokenOf(withCi(statements, {}, hygiene));
    expect(found.filter((one) => one === "machinery-is-untouched user/octo.site")).toHaveLength(1);
  });

  test.each<[string, Statements]>([
    ["the state", [allow("s3:PutObject", "arn:aws:s3:::octo-state/base/*")]],
    ["the guard on the group", [allow("iam:DetachGroupPolicy", iam("group/baseline/developers"))]],
    ["a trust policy", [allow("iam:DeleteRole", iam("role/baseline/*"))]],
    ["the identity provider", [allow("iam:DeleteOpenIDConnectProvider", "*")]],
  ])("is not changed by people below administrator: %s", (_what, statements) => {
    expect(brokenOf(withDaily(statements, {}, hygiene))).toContain(
      "machinery-is-untouched role/daily-(unknown)",
    );
  });

  test.each<[string, Statements]>([
    ["another bucket", [allow("s3:PutObject", "arn:aws:s3:::octo-statements/*")]],
    ["reading the state", [allow("s3:GetObject", "arn:aws:s3:::octo-state/*")]],
    ["another function", [allow("lambda:UpdateFunctionCode", fn.replace(/baseline-.*/, "site-api"))]],
    ["telling the topic", [allow("sns:Publish", "*")]],
  ])("is not changed by %s", (_what, statements) => {
    expect(brokenOf(withCi(statements, {}, hygiene))).toEqual([]);
  });
});

describe("jobs of pull requests", () => {
  test.each<[string, Statements]>([
    ["write objects", [allow("s3:PutObject", "arn:aws:s3:::octo-site/*")]],
    ["change functions", [allow("lambda:UpdateFunctionCode", "*")]],
    ["tag", [allow("ec2:CreateTags", "*")]],
    ["do everything but IAM", [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }]],
  ])("do not %s", (_what, statements) => {
    const found = brokenOf(withJob({ pullRequest: true }, { statements: statements ?? [] }));
    expect(found).toContain("pull-requests-only-read role/job-(unknown)");
    expect(brokenOf(withJob({ environment: "prod" }, { statements: statements ?? [] }))).not.toContain(
      "pull-requests-only-read role/job-(unknown)",
    );
  });
});

describe("a policy whose document is not known", () => {
  const arn = iam("policy/team/Shared");
  const withShared = (difference: Partial<RoleInput> = {}, rest: Partial<EnvironmentInput> = {}) =>
    base({
      roles: { daily: dailyRole({ managedPolicies: [arn], ...difference }), admin: adminRole() },
      ...rest,
    });
  const subject = `role/daily-(unknown) ${arn}`;

  test("is told by its name, and by nothing else", () => {
    expect(brokenOf(withShared())).toEqual([`policy-is-known ${subject}`]);
    expect(report(withShared()).broken[0]?.message).toContain(`the document of ${arn}`);
    expect(brokenOf(base({ ciGroups: { deployers: { managedPolicies: [arn] } } }))).toEqual([
      `policy-is-known group/deployers ${arn}`,
    ]);
  });

  test("an exception is bound to that unknown: what is added beside it is broken again", () => {
    const accepted = [
      { finding: "policy-is-known", subject, reason: "reviewed by the team", expires: "2027-01-01" },
    ];
    expect(brokenOf(withShared({}, { accepted }))).toEqual([]);
    const everything = withShared({ statements: [allow("*", "*")] }, { accepted });
    expect(brokenOf(everything)).toContain("administrator-paths role/daily-(unknown)");
  });

  test("may be given: then it is judged", () => {
    const given = (statement: NonNullable<Statements>[number]) =>
      withShared({}, { documents: { [arn]: { Statement: [statement] } } });
    expect(brokenOf(given(allow("s3:GetObject", "*")))).toEqual([]);
    expect(brokenOf(given(allow("*", "*")))).toContain("administrator-paths role/daily-(unknown)");
  });
});
