import type { AccessGraph } from "../../../src/iam/graph";
import { graphFromPlan } from "../../../src/sources/plan/graph-from-plan";
import { graphFromStack } from "../../../src/sources/stack/graph-from-stack";
import { graphFromState } from "../../../src/sources/state/graph-from-state";
import { actionsOf, allowing, plan, stack, state, trusting } from "../terraform-files";

const WORK = { name: "work", path: "/baseline/device/" };
const BOT = {
  name: "bot",
  assume_role_policy: trusting("arn:aws:iam::111122223333:user/baseline/device/work"),
};
const VIEW = { name: "view", policy: allowing("s3:Get*") };
const VIEW_ARN = "arn:aws:iam::111122223333:policy/view";

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Every shape is read alike from a stack, from a plan that creates it, and from a state. */
const SOURCES: readonly (readonly [string, (resources: Resources) => AccessGraph])[] = [
  ["stack", (resources) => graphFromStack(stack(resources))],
  [
    "plan",
    (resources) =>
      graphFromPlan(plan(Object.entries(resources).map(([address, after]) => ({ address, after })))).after,
  ],
  ["state", (resources) => graphFromState(state(resources), { accountId: "111122223333" })],
];

describe.each(SOURCES)("in a %s", (_source, graphOf) => {
  test("aws_iam_user is a user with path, ARN and tags", () => {
    const { users } = graphOf({
      "aws_iam_user.u": { ...WORK, tags: { owner: "anna" }, force_destroy: true },
    });
    expect(users).toMatchObject([
      {
        kind: "user",
        arn: "arn:aws:iam::111122223333:user/baseline/device/work",
        accountId: "111122223333",
        path: "/baseline/device/",
        tags: { owner: "anna" },
        forceDestroy: true,
        address: "aws_iam_user.u",
      },
    ]);
  });

  test("a user without a path is at the root", () => {
    expect(graphOf({ "aws_iam_user.u": { name: "x" } }).users[0]).toMatchObject({
      path: "/",
      arn: "arn:aws:iam::111122223333:user/x",
    });
  });

  test("aws_iam_role is a role with its trust and its longest session", () => {
    expect(graphOf({ "aws_iam_role.r": { ...BOT, max_session_duration: 7200 } }).roles).toMatchObject([
      {
        arn: "arn:aws:iam::111122223333:role/bot",
        maxSessionDuration: 7200,
        trust: {
          kind: "trust",
          address: "aws_iam_role.r",
          document: {
            Statement: [{ Principal: { AWS: "arn:aws:iam::111122223333:user/baseline/device/work" } }],
          },
        },
      },
    ]);
  });

  test("a role that says nothing of its session has one of an hour", () => {
    expect(graphOf({ "aws_iam_role.r": BOT }).roles[0]?.maxSessionDuration).toBe(3600);
  });

  test("aws_iam_policy is a managed policy, attached or not", () => {
    expect(graphOf({ "aws_iam_policy.p": VIEW }).managedPolicies).toMatchObject([
      { kind: "managed", name: "view", arn: VIEW_ARN, address: "aws_iam_policy.p" },
    ]);
  });

  test.each([
    ["user", { "aws_iam_user.x": { name: "x" } }],
    ["group", { "aws_iam_group.x": { name: "x" } }],
    ["role", { "aws_iam_role.x": { ...BOT, name: "x" } }],
  ] as const)("inline and attached policies of a %s", (kind, resources) => {
    const graph = graphOf({
      ...resources,
      "aws_iam_policy.p": VIEW,
      [`aws_iam_${kind}_policy.i`]: { name: "own", [kind]: "x", policy: allowing("sqs:*") },
      [`aws_iam_${kind}_policy_attachment.a`]: { [kind]: "x", policy_arn: VIEW_ARN },
      [`aws_iam_${kind}_policy_attachment.b`]: {
        [kind]: "x",
        policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
      },
    });
    const [principal] = [...graph.users, ...graph.groups, ...graph.roles];
    expect(principal?.policies).toMatchObject([
      { kind: "inline", name: "own", attachedBy: `aws_iam_${kind}_policy.i` },
      {
        kind: "managed",
        name: "view",
        address: "aws_iam_policy.p",
        attachedBy: `aws_iam_${kind}_policy_attachment.a`,
      },
      { kind: "aws-managed", name: "AdministratorAccess", address: "" },
    ]);
    expect(actionsOf(principal?.policies ?? [])).toEqual(["sqs:*", "s3:Get*", "*"]);
    expect(graph.unknowns).toEqual([]);
  });

  test("aws_iam_policy_attachment attaches to users, groups and roles", () => {
    const { users, groups, roles } = graphOf({
      "aws_iam_user.u": WORK,
      "aws_iam_group.g": { name: "g" },
      "aws_iam_role.r": BOT,
      "aws_iam_policy.p": VIEW,
      "aws_iam_policy_attachment.a": {
        name: "everywhere",
        policy_arn: VIEW_ARN,
        users: ["work"],
        groups: ["g"],
        roles: ["bot"],
      },
    });
    for (const principal of [...users, ...groups, ...roles]) {
      expect(principal.policies).toMatchObject([{ name: "view", attachedBy: "aws_iam_policy_attachment.a" }]);
    }
  });

  test("aws_iam_user_group_membership and aws_iam_group_membership both join, and once", () => {
    const graph = graphOf({
      "aws_iam_user.u": WORK,
      "aws_iam_group.a": { name: "a" },
      "aws_iam_group.b": { name: "b" },
      "aws_iam_user_group_membership.m": { user: "work", groups: ["a"] },
      "aws_iam_group_membership.n": { name: "n", group: "b", users: ["work"] },
      "aws_iam_group_membership.o": { name: "o", group: "a", users: ["work"] },
    });
    expect(graph.users[0]?.groups).toEqual([graph.groups[0], graph.groups[1]]);
    expect(graph.users[0]?.groups[0]).toBe(graph.groups[0]);
  });

  test("inline_policy and managed_policy_arns of a role are its policies", () => {
    const { roles } = graphOf({
      "aws_iam_role.r": {
        ...BOT,
        inline_policy: [{ name: "own", policy: allowing("sns:*") }],
        managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      },
    });
    expect(roles[0]?.policies.map(({ name, attachedBy }) => [name, attachedBy])).toEqual([
      ["AdministratorAccess", "aws_iam_role.r"],
      ["own", "aws_iam_role.r"],
    ]);
  });

  test("an empty inline_policy block, which says that there is none, is none", () => {
    expect(graphOf({ "aws_iam_role.r": { ...BOT, inline_policy: [{}] } }).roles[0]?.policies).toEqual([]);
  });

  test("a policy that a role lists and a resource attaches is there once, by the resource", () => {
    const { roles } = graphOf({
      "aws_iam_role.r": {
        ...BOT,
        managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
        inline_policy: [{ name: "own", policy: allowing("sns:*") }],
      },
      "aws_iam_role_policy_attachment.a": {
        role: "bot",
        policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
      },
      "aws_iam_role_policy.i": { role: "bot", name: "own", policy: allowing("sns:*") },
    });
    expect(roles[0]?.policies.map(({ attachedBy }) => attachedBy)).toEqual([
      "aws_iam_role_policy.i",
      "aws_iam_role_policy_attachment.a",
    ]);
  });

  test.each(["user", "role"] as const)("the permissions boundary of a %s is a policy", (kind) => {
    const boundary = { permissions_boundary: VIEW_ARN };
    const { users, roles } = graphOf({
      "aws_iam_policy.p": VIEW,
      ...(kind === "user"
        ? { "aws_iam_user.u": { ...WORK, ...boundary } }
        : { "aws_iam_role.r": { ...BOT, ...boundary } }),
    });
    expect([...users, ...roles][0]?.permissionsBoundary).toMatchObject({
      name: "view",
      address: "aws_iam_policy.p",
      document: { Statement: [{ Action: "s3:Get*" }] },
    });
  });

  test("a boundary of AWS's own is known, one that is nowhere is unknown, an empty one is none", () => {
    const { users } = graphOf({
      "aws_iam_user.a": { name: "a", permissions_boundary: "arn:aws:iam::aws:policy/AdministratorAccess" },
      "aws_iam_user.b": { name: "b", permissions_boundary: "arn:aws:iam::111122223333:policy/elsewhere" },
      "aws_iam_user.c": { name: "c", permissions_boundary: "" },
    });
    expect(users[0]?.permissionsBoundary?.kind).toBe("aws-managed");
    expect(users[1]?.permissionsBoundary?.document).toMatchObject({ unknown: true });
    expect(users[2]?.permissionsBoundary).toBeUndefined();
  });

  test.each(["user", "group", "role"] as const)(
    "the exclusive attachments of a %s attach what is missing",
    (kind) => {
      const graph = graphOf({
        "aws_iam_user.u": { name: "x" },
        "aws_iam_group.g": { name: "x" },
        "aws_iam_role.r": { ...BOT, name: "x" },
        "aws_iam_policy.p": VIEW,
        [`aws_iam_${kind}_policy_attachments_exclusive.e`]: {
          [`${kind}_name`]: "x",
          policy_arns: [VIEW_ARN],
        },
      });
      const principal = { user: graph.users, group: graph.groups, role: graph.roles }[kind][0];
      expect(principal?.policies).toMatchObject([
        { name: "view", attachedBy: `aws_iam_${kind}_policy_attachments_exclusive.e` },
      ]);
    },
  );

  test("an exclusive list that leaves out what another resource attaches is told as a conflict", () => {
    const { users, unknowns } = graphOf({
      "aws_iam_user.u": WORK,
      "aws_iam_policy.p": VIEW,
      "aws_iam_user_policy_attachment.a": { user: "work", policy_arn: VIEW_ARN },
      "aws_iam_user_policy_attachments_exclusive.e": { user_name: "work", policy_arns: [] },
    });
    expect(users[0]?.policies).toMatchObject([{ name: "view" }]);
    expect(unknowns).toMatchObject([
      {
        address: "aws_iam_user_policy_attachments_exclusive.e.policy_arns",
        reason: expect.stringContaining("aws_iam_user_policy_attachment.a puts"),
      },
    ]);
  });

  test.each(["user", "group", "role"] as const)(
    "the exclusive inline policies of a %s make none: a name without document is unknown",
    (kind) => {
      const graph = graphOf({
        "aws_iam_user.u": { name: "x" },
        "aws_iam_group.g": { name: "x" },
        "aws_iam_role.r": { ...BOT, name: "x" },
        [`aws_iam_${kind}_policy.i`]: { [kind]: "x", name: "own", policy: allowing("sqs:*") },
        [`aws_iam_${kind}_policies_exclusive.e`]: {
          [`${kind}_name`]: "x",
          policy_names: ["own", "elsewhere"],
        },
      });
      const principal = { user: graph.users, group: graph.groups, role: graph.roles }[kind][0];
      expect(principal?.policies).toMatchObject([
        { name: "own", document: { Statement: [{ Action: "sqs:*" }] } },
        { name: "elsewhere", document: { unknown: true } },
      ]);
    },
  );

  test("login profiles and access keys are the user's, and credentials of the graph", () => {
    const { users, credentials } = graphOf({
      "aws_iam_user.u": WORK,
      "aws_iam_user_login_profile.l": { user: "work" },
      "aws_iam_access_key.k": { user: "work" },
      "aws_iam_access_key.old": { user: "work", status: "Inactive" },
    });
    expect(users[0]).toMatchObject({
      loginProfiles: ["aws_iam_user_login_profile.l"],
      accessKeys: [
        { address: "aws_iam_access_key.k", status: "Active" },
        { address: "aws_iam_access_key.old", status: "Inactive" },
      ],
    });
    expect(credentials?.map(({ type }) => type)).toEqual([
      "aws_iam_user_login_profile",
      "aws_iam_access_key",
      "aws_iam_access_key",
    ]);
  });

  test.each([
    ["aws_iam_user_ssh_key", { username: "work", public_key: "ssh-rsa x" }, "Active"],
    ["aws_iam_service_specific_credential", { user_name: "work", service_name: "codecommit" }, "Active"],
    ["aws_iam_signing_certificate", { user_name: "work", status: "Inactive" }, "Inactive"],
    ["aws_iam_virtual_mfa_device", { user_name: "work", virtual_mfa_device_name: "work" }, undefined],
  ])("%s is a credential of its user", (type, body, status) => {
    const { credentials } = graphOf({ "aws_iam_user.u": WORK, [`${type}.c`]: body });
    expect(credentials).toEqual([
      {
        type,
        address: `${type}.c`,
        accountId: "111122223333",
        userName: "work",
        ...(status === undefined ? {} : { status }),
      },
    ]);
  });

  test("aws_iam_server_certificate is a credential of nobody", () => {
    expect(graphOf({ "aws_iam_server_certificate.c": { name: "www" } }).credentials).toMatchObject([
      { type: "aws_iam_server_certificate", userName: "" },
    ]);
  });

  test("aws_iam_instance_profile is the role's", () => {
    const { roles } = graphOf({
      "aws_iam_role.r": BOT,
      "aws_iam_instance_profile.i": { name: "web", role: "bot" },
    });
    expect(roles[0]?.instanceProfiles).toEqual(["web"]);
  });

  test("aws_iam_openid_connect_provider has its host, its audiences and its ARN", () => {
    const { oidcProviders } = graphOf({
      "aws_iam_openid_connect_provider.github": {
        url: "https://token.actions.githubusercontent.com",
        client_id_list: ["sts.amazonaws.com"],
      },
    });
    expect(oidcProviders).toEqual([
      {
        arn: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
        url: "token.actions.githubusercontent.com",
        clientIds: ["sts.amazonaws.com"],
        accountId: "111122223333",
        address: "aws_iam_openid_connect_provider.github",
      },
    ]);
  });

  test("aws_iam_saml_provider has its ARN", () => {
    expect(graphOf({ "aws_iam_saml_provider.s": { name: "corp" } }).samlProviders).toMatchObject([
      { name: "corp", arn: "arn:aws:iam::111122223333:saml-provider/corp" },
    ]);
  });

  test("aws_iam_service_linked_role trusts its service; what AWS attaches to it is unknown", () => {
    const { roles } = graphOf({
      "aws_iam_service_linked_role.s": { aws_service_name: "elasticbeanstalk.amazonaws.com" },
    });
    expect(roles).toMatchObject([
      {
        path: "/aws-service-role/elasticbeanstalk.amazonaws.com/",
        trust: { document: { Statement: [{ Principal: { Service: "elasticbeanstalk.amazonaws.com" } }] } },
        policies: [{ document: { unknown: true } }],
      },
    ]);
  });

  test.each([
    ["aws_iam_account_password_policy", { minimum_password_length: 14 }],
    ["aws_iam_account_alias", { account_alias: "example-team" }],
    ["aws_scheduler_schedule", { name: "n", state: "ENABLED", schedule_expression: "cron(0 0 * * ? *)" }],
    ["aws_scheduler_schedule_group", { name: "n" }],
    ["aws_cloudwatch_event_rule", { name: "n", schedule_expression: "rate(1 day)" }],
    [
      "aws_cloudwatch_event_target",
      { rule: "n", arn: "arn:aws:lambda:eu-central-1:111122223333:function:n" },
    ],
    ["aws_lambda_function", { function_name: "n", reserved_concurrent_executions: 1, timeout: 300 }],
    ["aws_lambda_function_event_invoke_config", { function_name: "n", maximum_retry_attempts: 2 }],
    ["aws_lambda_permission", { function_name: "n", action: "lambda:InvokeFunction", principal: "*" }],
    ["aws_cloudwatch_metric_alarm", { alarm_name: "n", threshold: 1, treat_missing_data: "breaching" }],
    ["aws_cloudwatch_log_group", { name: "n", retention_in_days: 365 }],
    ["aws_cloudwatch_log_metric_filter", { name: "n", pattern: "ERROR", log_group_name: "g" }],
    ["aws_sqs_queue", { name: "n", message_retention_seconds: 1209600 }],
    ["aws_sns_topic", { name: "n", kms_master_key_id: "alias/n" }],
    ["aws_sns_topic_subscription", { topic_arn: "arn:x", protocol: "email", endpoint: "x@example.com" }],
  ])("%s is a safeguard with what a reviewer looks at", (type, body) => {
    expect(graphOf({ [`${type}.s`]: body }).safeguards).toMatchObject([
      { type, address: `${type}.s`, attributes: body },
    ]);
  });

  test("a type of the IAM family that is not modelled is told, one of another family is not", () => {
    const { unknowns } = graphOf({
      "aws_iam_new_thing.x": { name: "x" },
      "aws_s3_bucket.b": { bucket: "b" },
    });
    expect(unknowns).toMatchObject([{ address: "aws_iam_new_thing.x" }]);
  });

  test("a policy for a principal that is elsewhere is unplaced and told", () => {
    const { unplaced, unknowns } = graphOf({
      "aws_iam_policy.p": VIEW,
      "aws_iam_group_policy_attachment.a": { group: "elsewhere", policy_arn: VIEW_ARN },
    });
    expect(unplaced).toMatchObject([
      { kind: "policy", principalKind: "group", principalName: "elsewhere", policy: { name: "view" } },
    ]);
    expect(unknowns).toMatchObject([
      {
        address: "aws_iam_group_policy_attachment.a.group",
        reason: "group elsewhere is not in this source",
      },
    ]);
  });

  test("a policy that is elsewhere is attached with a document that is not known", () => {
    const { users } = graphOf({
      "aws_iam_user.u": WORK,
      "aws_iam_user_policy_attachment.a": {
        user: "work",
        policy_arn: "arn:aws:iam::111122223333:policy/elsewhere",
      },
    });
    expect(users[0]?.policies).toMatchObject([
      {
        kind: "managed",
        name: "elsewhere",
        document: { unknown: true, address: "aws_iam_user_policy_attachment.a.policy_arn" },
      },
    ]);
  });

  test("the member of a group that is elsewhere carries policies that are not known", () => {
    const { users, unplaced } = graphOf({
      "aws_iam_user.u": WORK,
      "aws_iam_user_group_membership.m": { user: "work", groups: ["elsewhere"] },
    });
    expect(users[0]?.policies).toMatchObject([
      { name: "policies of group elsewhere", document: { unknown: true } },
    ]);
    expect(unplaced).toMatchObject([{ kind: "membership", userName: "work", groupName: "elsewhere" }]);
  });
});
