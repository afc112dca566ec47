import { environmentFromPlan } from "../../src/review/environment-from-plan";
import { reviewEnvironment } from "../../src/review/review";
import { type Change, plan, policy, widened } from "./builders";

const user = {
  name: "home",
  path: "/baseline/device/",
  arn: "arn:aws:iam::111122223333:user/baseline/device/home",
  tags: {},
};

function told(changes: readonly Change[], more: Record<string, unknown> = {}): readonly string[] {
  const { findings } = reviewEnvironment(environmentFromPlan(plan(changes, more), { file: "plan.json" }));
  return findings.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`);
}

const root = (module: Record<string, unknown>) => ({ configuration: { root_module: module } });

describe("what only a plan says", () => {
  test.each<readonly [string, readonly Change[], string]>([
    [
      "a user is replaced",
      [{ type: "aws_iam_user", name: "home", before: user, after: user, actions: ["delete", "create"] }],
      "high identity-replaced aws_iam_user.home",
    ],
    [
      "a user is deleted",
      [{ type: "aws_iam_user", name: "home", before: user, after: null }],
      "high identity-destroyed aws_iam_user.home",
    ],
    [
      "a user is forgotten",
      [{ type: "aws_iam_user", name: "home", before: user, after: null, actions: ["forget"] }],
      "medium resource-forgotten aws_iam_user.home",
    ],
    [
      "a policy is not known until apply",
      [
        {
          ...widened("p"),
          after: { name: "p", path: "/", arn: "arn:aws:iam::111122223333:policy/p" },
          afterUnknown: { policy: true },
        },
      ],
      "high policy-unknown aws_iam_policy.p",
    ],
    [
      "a key is made",
      [
        { type: "aws_iam_user", name: "home", before: user, after: user, actions: ["no-op"] },
        { type: "aws_iam_access_key", name: "k", before: null, after: { user: "home", status: "Active" } },
      ],
      "critical credential-created aws_iam_access_key.k",
    ],
    [
      "a key is made anew",
      [
        {
          type: "aws_iam_access_key",
          name: "k",
          before: { user: "home", status: "Active" },
          after: { user: "home", status: "Active" },
          actions: ["create", "delete"],
        },
      ],
      "critical credential-created aws_iam_access_key.k",
    ],
  ])("%s", (_name, changes, expected) => {
    expect(told(changes)).toContain(expected);
  });

  test("a data source that runs a program", () => {
    const data = { address: "data.external.x", mode: "data", type: "external", name: "x", expressions: {} };
    expect(told([], root({ resources: [data] }))).toEqual(["critical code-in-plan data.external.x"]);
  });

  test("a provisioner in a module from elsewhere", () => {
    const resource = {
      address: "null_resource.x",
      mode: "managed",
      type: "null_resource",
      name: "x",
      provisioners: [{ type: "local-exec" }],
    };
    const call = { source: "git::https://example.com/x", module: { resources: [resource] } };
    expect(told([], root({ module_calls: { x: call } }))).toEqual([
      "high provisioner module.x.null_resource.x",
      "medium foreign-module module.x",
    ]);
  });

  test("a plan that is targeted is not taken as whole", () => {
    const { unknown } = reviewEnvironment(
      environmentFromPlan(plan([], { complete: false }), { file: "plan.json" }),
    );
    expect(unknown.join("\n")).toMatch(/not complete/);
  });
});

describe("nothing is raised", () => {
  test("where a resource only moves", () => {
    const values = policy("p", [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }]);
    const moved = plan([
      { type: "aws_iam_policy", name: "new", before: values, after: values, actions: ["no-op"] },
    ]);
    const [change] = moved["resource_changes"] as Record<string, unknown>[];
    if (change !== undefined) change["previous_address"] = "aws_iam_policy.old";
    const { findings, notes } = reviewEnvironment(environmentFromPlan(moved, { file: "plan.json" }));
    expect([findings, notes]).toEqual([[], []]);
  });

  test("where a data source asks the account", () => {
    const data = {
      address: "data.aws_caller_identity.x",
      mode: "data",
      type: "aws_caller_identity",
      name: "x",
    };
    expect(told([], root({ resources: [data] }))).toEqual([]);
  });
});
