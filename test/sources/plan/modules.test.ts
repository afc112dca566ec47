import { graphFromPlan } from "../../../src/sources/plan/graph-from-plan";
import { graphFromState } from "../../../src/sources/state/graph-from-state";
import { ACCOUNT, allowing, type Change, plan, trusting } from "../terraform-files";

const ARN = `arn:aws:iam::${ACCOUNT}`;
const references = (...refs: readonly string[]) => ({ references: refs });

/** A configuration with modules, and a provider that says the account. */
function configuration(rootModule: unknown) {
  return {
    configuration: {
      provider_config: { aws: { expressions: { allowed_account_ids: { constant_value: [ACCOUNT] } } } },
      root_module: rootModule,
    },
  };
}

const resource = (address: string, expressions: unknown) => ({
  address,
  mode: "managed",
  provider_config_key: "aws",
  expressions,
});

const role = (address: string, more: Partial<Change> = {}): Change => ({
  address,
  after: { assume_role_policy: trusting(`${ARN}:root`), max_session_duration: 3600 },
  unknown: { name: true, arn: true },
  ...more,
});

const attachment = (address: string, more: Partial<Change> = {}): Change => ({
  address,
  after: { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  unknown: { role: true },
  ...more,
});

const NAMED = { name: references("random_string.s.result", "random_string.s") };

describe("a plan with modules", () => {
  test("references stay inside their module instance", () => {
    const inModule = (key: string): Change[] => [
      role(`module.team["${key}"].aws_iam_role.r`, { module: `module.team["${key}"]` }),
      attachment(`module.team["${key}"].aws_iam_role_policy_attachment.a`, {
        module: `module.team["${key}"]`,
      }),
    ];
    const module = {
      resources: [
        resource("aws_iam_role.r", NAMED),
        resource("aws_iam_role_policy_attachment.a", {
          role: references("aws_iam_role.r.name", "aws_iam_role.r"),
        }),
      ],
    };
    const { after } = graphFromPlan(
      plan(
        [...inModule("a"), ...inModule("b")],
        configuration({ module_calls: { team: { expressions: {}, module } } }),
      ),
    );
    expect(
      after.roles.map(({ address, policies }) => [address, policies.map(({ attachedBy }) => attachedBy)]),
    ).toEqual([
      ['module.team["a"].aws_iam_role.r', ['module.team["a"].aws_iam_role_policy_attachment.a']],
      ['module.team["b"].aws_iam_role.r', ['module.team["b"].aws_iam_role_policy_attachment.a']],
    ]);
  });

  test("a variable leads to what the caller gave", () => {
    const { after } = graphFromPlan(
      plan(
        [
          role("aws_iam_role.r", { expressions: NAMED }),
          attachment("module.attach.aws_iam_role_policy_attachment.a", { module: "module.attach" }),
        ],
        configuration({
          resources: [resource("aws_iam_role.r", NAMED)],
          module_calls: {
            attach: {
              expressions: { role_name: references("aws_iam_role.r.name", "aws_iam_role.r") },
              module: {
                resources: [
                  resource("aws_iam_role_policy_attachment.a", { role: references("var.role_name") }),
                ],
                variables: { role_name: {} },
              },
            },
          },
        }),
      ),
    );
    expect(after.roles[0]?.policies).toMatchObject([{ name: "AdministratorAccess" }]);
    expect(after.unplaced).toEqual([]);
  });

  test.each([
    ["one instance", "module.roles", "module.roles.name"],
    ["an instance by key", 'module.roles["a"]', 'module.roles["a"].name'],
  ])("an output leads into the module (%s)", (_what, module, reference) => {
    const { after } = graphFromPlan(
      plan(
        [role(`${module}.aws_iam_role.r`, { module }), attachment("aws_iam_role_policy_attachment.a")],
        configuration({
          resources: [resource("aws_iam_role_policy_attachment.a", { role: references(reference, module) })],
          module_calls: {
            roles: {
              expressions: {},
              module: {
                resources: [resource("aws_iam_role.r", NAMED)],
                outputs: { name: { expression: references("aws_iam_role.r.name", "aws_iam_role.r") } },
              },
            },
          },
        }),
      ),
    );
    expect(after.roles[0]?.policies).toMatchObject([{ attachedBy: "aws_iam_role_policy_attachment.a" }]);
  });

  test("each instance refers to the one of the same key", () => {
    const expressions = { role: references("aws_iam_role.r", "each.key") };
    const { after } = graphFromPlan(
      plan([
        role('aws_iam_role.r["a"]', { key: "a", expressions: NAMED }),
        role('aws_iam_role.r["b"]', { key: "b", expressions: NAMED }),
        attachment('aws_iam_role_policy_attachment.a["b"]', { key: "b", expressions }),
      ]),
    );
    expect(after.roles.map(({ policies }) => policies.length)).toEqual([0, 1]);
  });

  test("a key is part of a reference", () => {
    const refs = references('aws_iam_role.r["a"].name', 'aws_iam_role.r["a"]', "aws_iam_role.r");
    const { after } = graphFromPlan(
      plan([
        role('aws_iam_role.r["a"]', { key: "a", expressions: NAMED }),
        role('aws_iam_role.r["b"]', { key: "b", expressions: NAMED }),
        attachment("aws_iam_role_policy_attachment.a", { expressions: { role: refs } }),
      ]),
    );
    expect(after.roles.map(({ policies }) => policies.length)).toEqual([1, 0]);
  });

  test("a reference to one of several without a key is not guessed", () => {
    const { after } = graphFromPlan(
      plan([
        role("aws_iam_role.r[0]", { key: 0, expressions: NAMED }),
        role("aws_iam_role.r[1]", { key: 1, expressions: NAMED }),
        attachment("aws_iam_role_policy_attachment.a", {
          expressions: { role: references("aws_iam_role.r", "var.which") },
        }),
      ]),
    );
    expect(after.roles.map(({ policies }) => policies.length)).toEqual([0, 0]);
    expect(after.unplaced).toHaveLength(1);
  });

  test("modules that refer to each other in a circle end as unknown", () => {
    const { after } = graphFromPlan(
      plan(
        [attachment("module.m.aws_iam_role_policy_attachment.a", { module: "module.m" })],
        configuration({
          module_calls: {
            m: {
              expressions: { role: references("module.m.role", "module.m") },
              module: {
                resources: [resource("aws_iam_role_policy_attachment.a", { role: references("var.role") })],
                outputs: { role: { expression: references("var.role") } },
              },
            },
          },
        }),
      ),
    );
    expect(after.unplaced).toHaveLength(1);
  });
});

describe("a state with modules", () => {
  const user = (address: string, name: string, index?: string) => ({
    address,
    mode: "managed",
    type: "aws_iam_user",
    name: "u",
    ...(index === undefined ? {} : { index }),
    values: { name, arn: `${ARN}:user/${name}` },
  });

  test("resources of nested modules are there with their addresses", () => {
    const values = {
      root_module: {
        child_modules: [
          {
            address: 'module.team["a"]',
            resources: [user('module.team["a"].aws_iam_user.u["x"]', "x", "x")],
            child_modules: [
              {
                address: 'module.team["a"].module.ci',
                resources: [user('module.team["a"].module.ci.aws_iam_user.u', "y")],
              },
            ],
          },
        ],
      },
    };
    expect(graphFromState({ format_version: "1.0", values }).users.map(({ address }) => address)).toEqual([
      'module.team["a"].aws_iam_user.u["x"]',
      'module.team["a"].module.ci.aws_iam_user.u',
    ]);
  });

  test("a state file gives the same addresses", () => {
    const instance = (name: string, index_key?: string) => ({
      ...(index_key === undefined ? {} : { index_key }),
      attributes: { name, arn: `${ARN}:user/${name}` },
    });
    const graph = graphFromState({
      version: 4,
      terraform_version: "1.11.4",
      resources: [
        {
          module: 'module.team["a"]',
          mode: "managed",
          type: "aws_iam_user",
          name: "u",
          instances: [instance("x", "x")],
        },
        { mode: "managed", type: "aws_iam_user", name: "u", instances: [instance("y")] },
        {
          mode: "managed",
          type: "aws_iam_user_policy",
          name: "p",
          instances: [{ attributes: { user: "y", name: "own", policy: allowing("s3:*") } }],
        },
        { mode: "data", type: "aws_iam_user", name: "seen", instances: [instance("z")] },
      ],
    });
    expect(graph.users.map(({ address, policies }) => [address, policies.length])).toEqual([
      ['module.team["a"].aws_iam_user.u["x"]', 0],
      ["aws_iam_user.u", 1],
    ]);
  });

  test("an empty state is an empty account", () => {
    expect(graphFromState({ format_version: "1.0" })).toMatchObject({ users: [], unknowns: [] });
  });
});
