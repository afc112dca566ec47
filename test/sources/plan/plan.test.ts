import { UNKNOWN_PART } from "../../../src/iam/graph";
import { graphFromPlan } from "../../../src/sources/plan/graph-from-plan";
import { ACCOUNT, actionsOf, allowing, type Change, plan, trusting } from "../terraform-files";

const ARN = `arn:aws:iam::${ACCOUNT}`;
const WORK = { name: "work", path: "/", arn: `${ARN}:user/work`, id: "work" };
const BOT = {
  name: "bot",
  path: "/",
  arn: `${ARN}:role/bot`,
  id: "bot",
  assume_role_policy: trusting(`${ARN}:user/work`),
  max_session_duration: 3600,
};
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const VIEW = { name: "view", path: "/", arn: `${ARN}:policy/view`, policy: allowing("s3:Get*") };

const unchanged = (address: string, values: Readonly<Record<string, unknown>>): Change => ({
  address,
  actions: ["no-op"],
  before: values,
  after: values,
});

const references = (...refs: readonly string[]) => ({ references: refs });

describe("what happens to a resource", () => {
  test.each([
    ["create", { before: null, after: WORK }, [0, 1]],
    ["no-op", { before: WORK, after: WORK }, [1, 1]],
    ["delete", { before: WORK, after: null }, [1, 0]],
    ["forget", { before: WORK, after: null, actions: ["forget"] }, [1, 1]],
    ["create and then delete", { before: WORK, after: WORK, actions: ["create", "delete"] }, [1, 1]],
  ] as const)("%s: users before and after", (_action, change, expected) => {
    const { before, after } = graphFromPlan(plan([{ address: "aws_iam_user.u", ...change }]));
    expect([before.users.length, after.users.length]).toEqual(expected);
  });

  test("what a failed replacement left is there before and not after", () => {
    const { before, after } = graphFromPlan(
      plan([
        unchanged("aws_iam_user.u", WORK),
        {
          address: "aws_iam_user.u",
          before: { ...WORK, name: "old", arn: `${ARN}:user/old` },
          after: null,
          deposed: "ab12",
        },
      ]),
    );
    expect(before.users.map(({ name }) => name)).toEqual(["work", "old"]);
    expect(after.users.map(({ name }) => name)).toEqual(["work"]);
  });

  test("a moved resource has its new address before and after, and the change tells the old one", () => {
    const { before, changes } = graphFromPlan(
      plan([{ ...unchanged("aws_iam_user.new", WORK), previousAddress: "aws_iam_user.old" }]),
    );
    expect(before.users[0]?.address).toBe("aws_iam_user.new");
    expect(changes).toEqual([
      {
        address: "aws_iam_user.new",
        type: "aws_iam_user",
        actions: ["no-op"],
        previousAddress: "aws_iam_user.old",
      },
    ]);
  });

  test("what a targeted plan leaves out is there before and after, and the plan is not complete", () => {
    const values = {
      root_module: {
        resources: [
          { address: "aws_iam_user.u", mode: "managed", type: "aws_iam_user", name: "u", values: WORK },
        ],
      },
    };
    const graphs = graphFromPlan(plan([], { prior_state: { values }, complete: false }));
    expect([graphs.before.users.length, graphs.after.users.length]).toEqual([1, 1]);
    expect(graphs.isComplete).toBe(false);
    expect(graphs.after.unknowns).toMatchObject([{ address: "plan" }]);
  });

  test("deferred changes are told", () => {
    const deferred = [{ reason: "provider_config_unknown", resource_change: { address: "aws_iam_user.u" } }];
    expect(graphFromPlan(plan([], { deferred_changes: deferred })).after.unknowns).toMatchObject([
      { address: "aws_iam_user.u", reason: expect.stringContaining("provider_config_unknown") },
    ]);
  });
});

describe("values that are known after apply", () => {
  test("ARNs are computed from name, path and account", () => {
    const { after } = graphFromPlan(
      plan([
        { address: "aws_iam_user.u", after: { name: "x", path: "/p/" }, unknown: { arn: true, id: true } },
      ]),
    );
    expect(after.users[0]?.arn).toBe(`${ARN}:user/p/x`);
  });

  test("the account comes from other ARNs where no provider says it", () => {
    const changes = [
      unchanged("aws_iam_user.known", { ...WORK, arn: "arn:aws:iam::444455556666:user/work" }),
      { address: "aws_iam_user.new", after: { name: "x" }, unknown: { arn: true } },
    ];
    const { after } = graphFromPlan(plan(changes, { configuration: {} }));
    expect(after.users[1]?.arn).toBe("arn:aws:iam::444455556666:user/x");
  });

  test("the account can be given, and is unknown and told otherwise", () => {
    const changes = [{ address: "aws_iam_user.u", after: { name: "x" }, unknown: { arn: true } }];
    const bare = plan(changes, { configuration: {} });
    expect(graphFromPlan(bare, { accountId: "444455556666" }).after.users[0]?.accountId).toBe("444455556666");
    const { users, unknowns } = graphFromPlan(bare).after;
    expect(users[0]?.accountId).toBe(UNKNOWN_PART);
    expect(unknowns).toMatchObject([{ address: "account" }]);
  });

  test("the account of a provider can be a variable", () => {
    const provider = { aws: { expressions: { allowed_account_ids: references("var.accounts") } } };
    const { after } = graphFromPlan(
      plan([{ address: "aws_iam_user.u", after: { name: "x" }, unknown: { arn: true } }], {
        configuration: { provider_config: provider, root_module: {} },
        variables: { accounts: { value: ["444455556666"] } },
      }),
    );
    expect(after.users[0]?.accountId).toBe("444455556666");
  });

  const hclRole = (name: string): Change => ({
    address: `aws_iam_role.${name}`,
    after: { assume_role_policy: BOT.assume_role_policy, max_session_duration: 3600 },
    unknown: { name: true, arn: true, id: true, inline_policy: true, managed_policy_arns: true },
    expressions: {
      name: references("random_string.suffix.result", "random_string.suffix"),
      assume_role_policy: { constant_value: BOT.assume_role_policy },
    },
  });

  test("a name of HCL that is not known is one unknown part, with what it hangs on", () => {
    const { after } = graphFromPlan(plan([hclRole("daily")]));
    expect(after.roles).toMatchObject([
      { name: UNKNOWN_PART, arn: `${ARN}:role/${UNKNOWN_PART}`, policies: [] },
    ]);
    expect(after.unknowns).toMatchObject([
      { address: "aws_iam_role.daily.name", reason: "known after apply: random_string.suffix.result" },
    ]);
  });

  test("attachments find the role of HCL that they refer to, although no name is known", () => {
    const attachment = (address: string, role: string, arn: string): Change => ({
      address,
      after: { policy_arn: arn },
      unknown: { role: true, id: true },
      expressions: {
        role: references(`aws_iam_role.${role}.name`, `aws_iam_role.${role}`),
        policy_arn: { constant_value: arn },
      },
    });
    const { after } = graphFromPlan(
      plan([
        hclRole("daily"),
        hclRole("admin"),
        attachment("aws_iam_role_policy_attachment.a", "admin", ADMIN),
      ]),
    );
    expect(after.roles.map(({ policies }) => policies.map(({ name }) => name))).toEqual([
      [],
      ["AdministratorAccess"],
    ]);
    expect(after.unplaced).toEqual([]);
  });

  test("a policy that is made by the same plan is found by the reference to its ARN", () => {
    const { after } = graphFromPlan(
      plan([
        { address: "aws_iam_user.u", after: WORK },
        {
          address: "aws_iam_policy.p",
          after: { name: "view", policy: allowing("s3:Get*") },
          unknown: { arn: true },
        },
        {
          address: "aws_iam_user_policy_attachment.a",
          after: { user: "work" },
          unknown: { policy_arn: true },
          expressions: { policy_arn: references("aws_iam_policy.p.arn", "aws_iam_policy.p") },
        },
      ]),
    );
    expect(actionsOf(after.users[0]?.policies ?? [])).toEqual(["s3:Get*"]);
    expect(after.unknowns).toEqual([]);
  });

  test("a reference that is not to a name, an id or an ARN stays unknown", () => {
    const { after } = graphFromPlan(
      plan([
        { address: "aws_iam_user.u", after: WORK },
        {
          address: "aws_iam_user_policy_attachment.a",
          after: { user: "work" },
          unknown: { policy_arn: true },
          expressions: { policy_arn: references("aws_iam_user.u.name", "aws_iam_user.u") },
        },
      ]),
    );
    expect(after.users[0]?.policies).toMatchObject([
      { document: { unknown: true, reason: "known after apply: aws_iam_user.u.name" } },
    ]);
  });

  test("an attachment to a principal that is not known is unplaced and told", () => {
    const { after } = graphFromPlan(
      plan([
        {
          address: "aws_iam_role_policy_attachment.a",
          after: { policy_arn: ADMIN },
          unknown: { role: true },
          expressions: { role: references("local.role") },
        },
      ]),
    );
    expect(after.unplaced).toMatchObject([
      { principalName: UNKNOWN_PART, policy: { name: "AdministratorAccess" } },
    ]);
    expect(after.unknowns).toMatchObject([
      {
        address: "aws_iam_role_policy_attachment.a.role",
        reason: "which role it is: known after apply: local.role",
      },
    ]);
  });

  test("a document of HCL that is not known is unknown with all that it hangs on", () => {
    const { after } = graphFromPlan(
      plan([
        {
          address: "aws_iam_policy.p",
          after: { name: "p" },
          unknown: { policy: true, arn: true },
          expressions: {
            policy: references(
              "aws_s3_bucket.b.arn",
              "aws_s3_bucket.b",
              "aws_kms_key.k.arn",
              "aws_kms_key.k",
            ),
          },
        },
      ]),
    );
    expect(after.managedPolicies[0]?.document).toMatchObject({
      unknown: true,
      address: "aws_iam_policy.p.policy",
      reason: "known after apply: aws_s3_bucket.b.arn, aws_kms_key.k.arn",
    });
  });

  test("a document is not taken for the ARN that is its only reference", () => {
    const { after } = graphFromPlan(
      plan([
        {
          address: "aws_iam_policy.p",
          after: { name: "p" },
          unknown: { policy: true },
          expressions: { policy: references("aws_iam_user.u.arn", "aws_iam_user.u") },
        },
        { address: "aws_iam_user.u", after: WORK },
      ]),
    );
    expect(after.managedPolicies[0]?.document).toMatchObject({ unknown: true });
  });

  test("a document of a JSON configuration is known but for its unknown parts", () => {
    const { after } = graphFromPlan(
      plan([
        {
          address: "aws_iam_policy.p",
          after: { name: "p" },
          unknown: { policy: true, arn: true },
          expressions: {
            policy: {
              constant_value: allowing("s3:*").replace(
                '"*"',
                () => '"${aws_s3_bucket.b.arn}/$${aws:username}"',
              ),
              references: ["aws_s3_bucket.b.arn", "aws_s3_bucket.b"],
            },
          },
        },
      ]),
    );
    expect(after.managedPolicies[0]?.document).toHaveProperty(
      "Statement.0.Resource",
      `${UNKNOWN_PART}/\${aws:username}`,
    );
  });

  const dataDocument = (statement: unknown, unknown: unknown, expressions: unknown): Change => ({
    address: "data.aws_iam_policy_document.d",
    actions: ["read"],
    after: { statement: [statement], version: null },
    unknown: { json: true, id: true, statement: [unknown] },
    expressions: { statement: [expressions] } as Readonly<Record<string, unknown>>,
  });

  const usingDocument: Change = {
    address: "aws_iam_role.r",
    after: { name: "r", max_session_duration: 3600 },
    unknown: { assume_role_policy: true, arn: true },
    expressions: {
      assume_role_policy: references("data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"),
    },
  };

  test("a policy document that is read during apply is written from its planned statements", () => {
    const { after } = graphFromPlan(
      plan([
        { address: "aws_iam_user.u", after: { name: "new" }, unknown: { arn: true } },
        dataDocument(
          {
            actions: ["sts:AssumeRole"],
            effect: null,
            principals: [{ type: "AWS", identifiers: [`${ARN}:user/work`, null] }],
            resources: null,
            sid: null,
          },
          { actions: [false], principals: [{ identifiers: [false, true] }] },
          {
            actions: { constant_value: ["sts:AssumeRole"] },
            principals: [
              {
                type: { constant_value: "AWS" },
                identifiers: references("aws_iam_user.u.arn", "aws_iam_user.u"),
              },
            ],
          },
        ),
        usingDocument,
      ]),
    );
    expect(after.roles[0]?.trust.document).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: [`${ARN}:user/work`, `${ARN}:user/new`] },
          Action: "sts:AssumeRole",
        },
      ],
    });
  });

  test("a list of which the plan knows a part keeps what it knows, and an unknown part for the rest", () => {
    const { after } = graphFromPlan(
      plan([
        dataDocument(
          { actions: ["s3:*"], resources: ["arn:aws:s3:::known", null] },
          { resources: [false, true] },
          { resources: references("aws_s3_bucket.b.arn", "aws_s3_bucket.b") },
        ),
        usingDocument,
      ]),
    );
    expect(after.roles[0]?.trust.document).toHaveProperty("Statement.0.Resource", [
      "arn:aws:s3:::known",
      UNKNOWN_PART,
    ]);
  });

  test("a list of HCL that is not known at all is unknown, whatever it refers to", () => {
    const { after } = graphFromPlan(
      plan([
        { address: "aws_iam_user.u", after: WORK },
        { address: "aws_iam_policy.p", after: VIEW },
        {
          address: "aws_iam_user_policy_attachments_exclusive.e",
          after: { user_name: "work" },
          unknown: { policy_arns: true },
          expressions: { policy_arns: references("aws_iam_policy.p.arn", "aws_iam_policy.p") },
        },
      ]),
    );
    expect(after.users[0]?.policies).toMatchObject([{ document: { unknown: true } }]);
  });

  test("a membership whose group is not known leaves the user with policies that are not known", () => {
    const { after } = graphFromPlan(
      plan([
        { address: "aws_iam_user.u", after: WORK },
        {
          address: "aws_iam_user_group_membership.m",
          after: { user: "work", groups: [null] },
          unknown: { groups: [true] },
          expressions: { groups: references("local.group") },
        },
      ]),
    );
    expect(after.users[0]?.policies).toMatchObject([{ document: { unknown: true } }]);
    expect(after.unknowns).toMatchObject([{ address: "aws_iam_user_group_membership.m.groups" }]);
  });

  test("a computed attribute that was known and will not be is unknown, not absent", () => {
    const { after } = graphFromPlan(
      plan([
        {
          address: "aws_lambda_function.f",
          before: { function_name: "f", source_code_hash: "abc=" },
          after: { function_name: "f" },
          unknown: { source_code_hash: true },
          expressions: { function_name: { constant_value: "f" } },
        },
      ]),
    );
    expect(after.safeguards[0]?.attributes).toMatchObject({ source_code_hash: { unknown: true } });
  });
});

describe("policies that nothing in the plan attaches", () => {
  const listing = {
    ...BOT,
    managed_policy_arns: [ADMIN],
    inline_policy: [{ name: "own", policy: allowing("s3:*") }],
  };
  const configured = { name: { constant_value: "bot" } };
  const roleChange: Change = { ...unchanged("aws_iam_role.r", listing), expressions: configured };
  const names = (graph: { roles: readonly { policies: readonly { name: string }[] }[] }) =>
    graph.roles[0]?.policies.map(({ name }) => name);

  test("what a role carries by somebody else's hand stays", () => {
    const { before, after } = graphFromPlan(plan([roleChange]));
    expect(names(before)).toEqual(["AdministratorAccess", "own"]);
    expect(names(after)).toEqual(["AdministratorAccess", "own"]);
  });

  test("what a deleted resource attached goes, although the role's own list still has it", () => {
    const { after } = graphFromPlan(
      plan([
        roleChange,
        {
          address: "aws_iam_role_policy_attachment.a",
          before: { role: "bot", policy_arn: ADMIN },
          after: null,
        },
        {
          address: "aws_iam_role_policy.i",
          before: { role: "bot", name: "own", policy: allowing("s3:*") },
          after: null,
        },
      ]),
    );
    expect(names(after)).toEqual([]);
  });

  test("exclusive lists take it away", () => {
    const { after } = graphFromPlan(
      plan([
        roleChange,
        {
          address: "aws_iam_role_policy_attachments_exclusive.e",
          after: { role_name: "bot", policy_arns: [] },
        },
        { address: "aws_iam_role_policies_exclusive.e", after: { role_name: "bot", policy_names: [] } },
      ]),
    );
    expect(names(after)).toEqual([]);
  });

  test("a list that the role's configuration sets decides", () => {
    const { after } = graphFromPlan(
      plan([
        {
          address: "aws_iam_role.r",
          before: listing,
          after: {
            ...listing,
            managed_policy_arns: [],
            inline_policy: [{ name: "own", policy: allowing("sqs:*") }],
          },
          expressions: {
            ...configured,
            managed_policy_arns: { constant_value: [] },
            inline_policy: [{ name: { constant_value: "own" } }],
          },
        },
      ]),
    );
    expect(actionsOf(after.roles[0]?.policies ?? [])).toEqual(["sqs:*"]);
  });

  test("a role that is replaced keeps nothing", () => {
    const { after } = graphFromPlan(
      plan([
        {
          address: "aws_iam_role.r",
          actions: ["delete", "create"],
          before: listing,
          after: BOT,
          expressions: configured,
        },
      ]),
    );
    expect(names(after)).toEqual([]);
  });

  test("deleting an exclusive list leaves what it attached", () => {
    const { after } = graphFromPlan(
      plan([
        unchanged("aws_iam_user.u", WORK),
        {
          address: "aws_iam_user_policy_attachments_exclusive.e",
          before: { user_name: "work", policy_arns: [ADMIN] },
          after: null,
        },
      ]),
    );
    expect(after.users[0]?.policies).toMatchObject([{ name: "AdministratorAccess" }]);
  });

  test("emptying an exclusive list detaches what it attached", () => {
    const { after } = graphFromPlan(
      plan([
        unchanged("aws_iam_user.u", WORK),
        {
          address: "aws_iam_user_policy_attachments_exclusive.e",
          before: { user_name: "work", policy_arns: [ADMIN] },
          after: { user_name: "work", policy_arns: [] },
        },
      ]),
    );
    expect(after.users[0]?.policies).toEqual([]);
  });
});
