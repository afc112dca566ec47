import { graphFromPlan } from "../../../src/sources/plan/graph-from-plan";
import { caseFile } from "../case-files";
import { actionsOf, allowing, plan, trusting } from "../terraform-files";

const ROLE = { name: "r", arn: "arn:aws:iam::111122223333:role/r", assume_role_policy: trusting("*") };
const namesOf = (policies: readonly { readonly name: string }[] = []) => policies.map(({ name }) => name);

describe("inline policies of a role", () => {
  test("that are an empty block are none, and refuse no plan", () => {
    const { before, after } = graphFromPlan(caseFile("02-inline-policy-empty-block.json"));
    expect([...before.roles, ...after.roles].flatMap(({ policies }) => policies)).toEqual([]);
    expect(after.unknowns).toEqual([]);
  });

  const dynamic = (before: unknown, after: unknown, more: object = {}) =>
    graphFromPlan(
      plan([
        {
          address: "aws_iam_role.r",
          ...(before === undefined ? {} : { before: { ...ROLE, inline_policy: before } }),
          after: { ...ROLE, ...(after === undefined ? {} : { inline_policy: after }) },
          expressions: { name: { constant_value: "r" } },
          ...more,
        },
      ]),
    ).after.roles[0];
  const admin = [{ name: "admin", policy: allowing("*") }];

  test("that a dynamic block makes are there, though no expression tells of them", () => {
    expect(actionsOf(dynamic(undefined, admin)?.policies ?? [])).toEqual(["*"]);
    expect(actionsOf(dynamic([], admin)?.policies ?? [])).toEqual(["*"]);
  });

  test("that a dynamic block changes are the new ones", () => {
    expect(actionsOf(dynamic([{ name: "admin", policy: allowing("s3:*") }], admin)?.policies ?? [])).toEqual([
      "*",
    ]);
  });

  test("that a dynamic block no longer makes are gone", () => {
    expect(dynamic(admin, [])?.policies).toEqual([]);
  });

  test("that a dynamic block keeps stay, once", () => {
    expect(namesOf(dynamic(admin, admin)?.policies)).toEqual(["admin"]);
  });

  test("that AWS lists for a role without any are those of other resources", () => {
    expect(dynamic(undefined, undefined, { unknown: { inline_policy: true } })?.policies).toEqual([]);
  });

  test("of which a document is known after apply are there, not known", () => {
    const role = dynamic(undefined, [{ name: "admin" }], { unknown: { inline_policy: [{ policy: true }] } });
    expect(role?.policies).toMatchObject([{ document: { unknown: true } }]);
  });
});

describe("a name that the provider makes", () => {
  test("begins with its prefix, also where a name could have been given", () => {
    const { roles } = graphFromPlan(caseFile("17-name-prefix-and-ternary-name.json")).after;
    expect(namesOf(roles)).toEqual(["eks-ctl-\uFFFD", "eks-node-\uFFFD", "seed"]);
    expect(roles.slice(0, 2).map(({ policies }) => namesOf(policies))).toEqual([
      ["AmazonS3FullAccess"],
      ["AmazonS3FullAccess"],
    ]);
  });
});

describe("what Terraform puts off", () => {
  const file = caseFile("20-deferred-admin-attachment.json");
  const { after, isComplete } = graphFromPlan({ ...file, complete: false });

  test("is told with what is known of it", () => {
    expect(isComplete).toBe(false);
    expect(after.unknowns).toContainEqual(
      expect.objectContaining({
        address: "aws_iam_role_policy_attachment.x[*]",
        reason: expect.stringMatching(
          /resource_config_unknown.*create, policy_arn = "arn:aws:iam::aws:policy\/AdministratorAccess", role = "app"/,
        ),
      }),
    );
  });

  test("may come to whom it names: what that role may do is not known", () => {
    expect(after.roles[0]?.policies).toMatchObject([{ document: { unknown: true } }]);
  });

  const deferred = (type: string, values: object, unknown: object = {}) =>
    graphFromPlan(
      plan(
        [
          { address: "aws_iam_user.u", after: { name: "u" } },
          { address: "aws_iam_group.g", after: { name: "g" } },
        ],
        {
          deferred_changes: [
            {
              reason: "instance_count_unknown",
              resource_change: {
                address: `${type}.x[*]`,
                type,
                name: "x",
                mode: "managed",
                change: { actions: ["create"], before: null, after: values, after_unknown: unknown },
              },
            },
          ],
        },
      ),
    ).after;

  test.each([
    ["aws_iam_user_policy", { user: "u", name: "p", policy: allowing("*") }],
    [
      "aws_iam_policy_attachment",
      { users: ["u"], policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    ["aws_iam_user_group_membership", { user: "u", groups: ["g"] }],
    ["aws_iam_group_membership", { group: "g", users: ["u"] }],
  ])("is not known of the user whom %s names", (type, values) => {
    expect(deferred(type, values).users[0]?.policies).toMatchObject([{ document: { unknown: true } }]);
  });

  test("is told where whom it names is not known either", () => {
    const graph = deferred("aws_iam_user_policy", { name: "p" }, { user: true });
    expect(graph.users[0]?.policies).toEqual([]);
    expect(graph.unknowns).toMatchObject([{ address: "aws_iam_user_policy.x[*]" }]);
  });
});

test("code that runs in the apply is told, by whom it is started", () => {
  const { unknowns } = graphFromPlan(caseFile("10-action-invocations.json")).after;
  expect(unknowns).toMatchObject([
    { address: "action.aws_lambda_invoke.x", reason: expect.stringContaining("aws_iam_role.app") },
    { address: "action.local_command.y", reason: expect.stringContaining("whoever applies") },
  ]);
});

describe.each(["11-forget-then-create.json", "11b-create-then-forget.json"])("%s", (name) => {
  test("leaves the old role in the account beside the new one", () => {
    const { after } = graphFromPlan(caseFile(name));
    expect(after.roles.map(({ name: role, address }) => [role, address])).toEqual([
      ["app", "aws_iam_role.app (forgotten)"],
      ["app-v2", "aws_iam_role.app"],
    ]);
  });
});

describe("formats of old and new versions", () => {
  test("drift that Terraform 1.0.0 writes without addresses is read", () => {
    const graphs = graphFromPlan(caseFile("19-terraform-1.0.0-drift-without-address.json"));
    expect(namesOf(graphs.recorded().roles)).toEqual(["app"]);
  });

  test("an address is made of module, type, name and key", () => {
    const drift = {
      mode: "managed",
      type: "aws_iam_user",
      name: "u",
      index: "a",
      module_address: "module.m[0]",
      change: { actions: ["update"], before: { name: "was" }, after: { name: "is" } },
    };
    const { users } = graphFromPlan(plan([], { resource_drift: [drift] })).recorded();
    expect(users.map(({ address }) => address)).toEqual(['module.m[0].aws_iam_user.u["a"]']);
  });

  test("Terraform 0.x is refused by its name", () => {
    expect(() => graphFromPlan(caseFile("19b-terraform-0.12-prior-state-addresses.json"))).toThrow(
      /Terraform 1\.0 or later, or OpenTofu, got "0\.12\.\d+"/,
    );
  });

  test.each(["1.0.0", "1.4.6", "1.14.0", "1.15.0-alpha20251203", "1.6.0", "1.12.0-dev"])(
    "Terraform or OpenTofu %s is read",
    (version) => {
      expect(graphFromPlan(plan([], { terraform_version: version })).terraformVersion).toBe(version);
    },
  );
});

describe("a plan without changes of resources", () => {
  const role = {
    address: "aws_iam_role.r",
    mode: "managed",
    type: "aws_iam_role",
    name: "r",
    values: ROLE,
  };
  const of = (resources: readonly object[], more: object = {}) =>
    graphFromPlan({
      format_version: "1.2",
      planned_values: {},
      prior_state: { values: { root_module: { resources } } },
      ...more,
    }).isRefreshOnly;

  test("is no plan of -refresh-only where the stack has no resources", () => {
    expect(graphFromPlan(caseFile("24-no-resources.json")).isRefreshOnly).toBe(false);
    expect(of([])).toBe(false);
    expect(of([{ ...role, mode: "data" }])).toBe(false);
  });

  test("is one where there are resources, of which nothing is said", () => {
    expect(of([role])).toBe(true);
  });

  test("is one where something drifted", () => {
    const change = { actions: ["update"], before: ROLE, after: ROLE };
    expect(of([], { resource_drift: [{ ...role, change }] })).toBe(true);
  });
});
